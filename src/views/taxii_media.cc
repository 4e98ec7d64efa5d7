#include "views/taxii_media.h"

#include <array>

#include <nlohmann/json.hpp>

#include "views/accept.h"
#include "views/problem.h"
#include "views/status.h"

namespace comity::views {

Response taxii_response(std::string json) {
  Response response{.status = 200, .fields = {}, .body = std::move(json)};
  response.fields.add("content-type", std::string(kTaxiiType));
  response.fields.add("vary", "accept");
  // Without it a cache may keep what is erased or put on hold since.
  response.fields.add("cache-control", "no-cache");
  return response;
}

Response taxii_error(const Error& error) {
  Response response = status_response(status_of(error));
  const nlohmann::ordered_json json{{"title", phrase_of(response.status)},
                                    {"description", detail_of(error)},
                                    {"error_code", error.code()},
                                    {"http_status", std::to_string(response.status)}};
  response.fields.add("content-type", std::string(kTaxiiType));
  response.fields.add("cache-control", "no-store");
  response.body = json.dump() + "\n";
  return response;
}

Result<void> check_taxii_accept(const Request& request) {
  constexpr std::array<std::string_view, 1> kOffered{kTaxiiType};
  if (choose(request.fields.find("accept"), kOffered)) return {};
  return refuse(
      "media-type-unacceptable",
      "Answers here are application/taxii+json;version=2.1; name it in the Accept field.");
}

Result<void> check_taxii_content(const Request& request) {
  const auto type = parse_media_type(request.fields.find("content-type").value_or(""));
  const bool taxii = type && type->is("application/taxii+json");
  if (taxii && type->parameter("version").value_or("2.1") == "2.1") return {};
  return refuse("media-type-unknown",
                "What is posted here must be application/taxii+json;version=2.1, and its "
                "Content-Type say so.");
}

}  // namespace comity::views
