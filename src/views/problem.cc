#include "views/problem.h"

#include <nlohmann/json.hpp>

#include "base/bytes.h"
#include "codec/cbor.h"
#include "views/status.h"

namespace comity::views {
namespace {

// The keys of RFC 9290 section 2.
constexpr std::int64_t kTitle = -1;
constexpr std::int64_t kDetail = -2;
constexpr std::int64_t kResponseCode = -4;

std::string utf8_of(const std::string& text) { return is_utf8(text) ? text : "(not UTF-8)"; }

}  // namespace

std::string detail_of(const Error& error) {
  if (const Refusal* refusal = error.refusal()) return utf8_of(refusal->sentence);
  return status_of(error) == 503
             ? "The registry has more to do than it can at the moment; ask again after a pause."
             : "Something failed at the registry, and nothing was decided about the request; ask "
               "again after a pause, which is safe.";
}

Response status_response(unsigned status) {
  Response response{.status = status, .fields = {}, .body = {}};
  if (const unsigned seconds = retry_after(status); seconds > 0)
    response.fields.add("retry-after", std::to_string(seconds));
  return response;
}

Response problem(const Error& error) {
  Response response = status_response(status_of(error));
  const nlohmann::ordered_json json{{"type", "about:blank"},
                                    {"title", phrase_of(response.status)},
                                    {"status", response.status},
                                    {"detail", detail_of(error)},
                                    {"code", error.code()}};
  response.fields.add("content-type", "application/problem+json");
  response.fields.add("cache-control", "no-store");
  response.body = json.dump() + "\n";
  return response;
}

Response concise_problem(const Error& error) {
  Response response = status_response(status_of(error));
  Bytes bytes;
  codec::CborWriter cbor(bytes);
  cbor.write_map(3);
  cbor.write_int(kTitle);
  cbor.write_text(error.code());
  cbor.write_int(kDetail);
  cbor.write_text(detail_of(error));
  cbor.write_int(kResponseCode);
  cbor.write_uint(response.status);
  response.fields.add("content-type", "application/concise-problem-details+cbor");
  response.fields.add("cache-control", "no-store");
  response.body = std::string(as_text(bytes));
  return response;
}

}  // namespace comity::views
