#include "views/health.h"

namespace comity::views {
namespace {

Response text_response(unsigned status, std::string text) {
  Response response{.status = status, .fields = {}, .body = std::move(text)};
  response.fields.add("content-type", "text/plain; charset=utf-8");
  response.fields.add("cache-control", "no-store");
  return response;
}

}  // namespace

void add_health(Router& router, const HealthParts& parts) {
  router.add_at_once(Method::get, "/healthz",
                     [](const Call&) -> Result<Response> { return text_response(200, "ok\n"); });
  router.add_at_once(Method::get, "/readyz",
                     [ready = parts.ready](const Call&) -> Result<Response> {
                       const auto result = ready();
                       return result ? text_response(200, "ready\n")
                                     : text_response(503, result.error().sentence() + "\n");
                     });
  router.add(Method::get, "/metrics", [&metrics = parts.metrics](const Call&) -> Result<Response> {
    Response response = text_response(200, metrics.print());
    response.fields = {};
    response.fields.add("content-type", "text/plain; version=0.0.4; charset=utf-8");
    response.fields.add("cache-control", "no-store");
    return response;
  });
}

}  // namespace comity::views
