#include "views/filings.h"

#include <nlohmann/json.hpp>

#include "views/accept.h"

namespace comity::views {
namespace {

using Json = nlohmann::ordered_json;

Response json_response(unsigned status, const Json& json) {
  Response response{.status = status, .fields = {}, .body = json.dump() + "\n"};
  response.fields.add("content-type", "application/json");
  response.fields.add("cache-control", "no-store");
  return response;
}

Result<void> check_type(const Request& request) {
  const auto type = parse_media_type(request.fields.find("content-type").value_or(""));
  if (type && type->is("application/cose")) return {};
  return refuse("media-type-unknown", "A filing is sent with Content-Type: application/cose.");
}

Response filed_response(const Filed& filed, const std::string& base_url) {
  const auto& [registered, receipt] = filed;
  Response response = json_response(registered.already_filed ? 200 : 201,
                                    {{"index", registered.index},
                                     {"already_filed", registered.already_filed},
                                     {"size", crypto::count(registered.head.size)},
                                     {"time", to_rfc3339(registered.time)},
                                     {"checkpoint", registered.checkpoint_note},
                                     {"receipt", to_base64(receipt.cose)},
                                     {"tlog_proof", to_base64(as_bytes(receipt.tlog_proof))}});
  response.fields.add("location", base_url + "/entries/" + std::to_string(registered.index));
  return response;
}

Response checked_response(const filing::CheckedFiling& checked) {
  Json items = Json::array();
  for (const auto& it : checked.items()) {
    Json item{{"digest", to_hex(it.item.digest.view())}};
    if (it.head) item["id"] = it.head->id;
    item["sealed"] = it.absent();
    items.push_back(std::move(item));
  }
  const filing::Statement& statement = checked.statement();
  return json_response(200, {{"checked", true},
                             {"issuer", statement.issuer},
                             {"subject", statement.subject},
                             {"issued_at", to_rfc3339(statement.issued_at)},
                             {"items", std::move(items)}});
}

}  // namespace

void add_filings(Router& router, const FilingsParts& parts) {
  router.add_async(
      Method::post, "/api/v1/filings", [parts](const Call& call, const Answer& answer) -> void {
        if (auto type = check_type(call.request); !type)
          return answer(std::unexpected<Error>(std::move(type).error()));
        parts.registration.file(call.request.body,
                                [answer, base_url = parts.base_url](Result<Filed> filed) -> void {
                                  if (!filed) return answer(std::unexpected<Error>(filed.error()));
                                  answer(filed_response(*filed, base_url));
                                });
      });
  router.add(Method::post, "/api/v1/filings:check", [parts](const Call& call) -> Result<Response> {
    COMITY_CHECK(check_type(call.request));
    COMITY_TRY(const auto checked, parts.registration.check(call.request.body));
    return checked_response(checked);
  });
}

}  // namespace comity::views
