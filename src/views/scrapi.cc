#include "views/scrapi.h"

#include <array>
#include <utility>

#include "codec/cbor.h"
#include "codec/cose_key.h"
#include "crypto/decimal.h"
#include "views/accept.h"
#include "views/problem.h"

namespace comity::views {
namespace {

constexpr std::string_view kCose = "application/cose";
constexpr std::string_view kCbor = "application/cbor";
/// C2SP tlog-proof has no media type of its own.
constexpr std::string_view kProofText = "text/plain; charset=utf-8";
constexpr std::string_view kEntries = "/entries";
constexpr std::string_view kKeys = "/.well-known/scitt-keys";

// RFC 9052 section 7.1.
constexpr std::int64_t kKid = 2;
constexpr std::int64_t kAlg = 3;
constexpr std::int64_t kEdDsa = -8;
constexpr std::int64_t kEs256 = -7;

Response cose_response(unsigned status, const Bytes& receipt, std::string location) {
  Response response{.status = status, .fields = {}, .body = std::string(as_text(receipt))};
  response.fields.add("content-type", std::string(kCose));
  response.fields.add("cache-control", "no-cache");
  response.fields.add("location", std::move(location));
  return response;
}

Response proof_response(std::string proof, std::string location) {
  Response response{.status = 200, .fields = {}, .body = std::move(proof)};
  response.fields.add("content-type", std::string(kProofText));
  response.fields.add("cache-control", "no-cache");
  response.fields.add("location", std::move(location));
  return response;
}

Result<Response> cbor_response(const Bytes& bytes) {
  Response response{.status = 200, .fields = {}, .body = std::string(as_text(bytes))};
  response.fields.add("content-type", std::string(kCbor));
  response.fields.add("cache-control", "public, max-age=3600");
  return response;
}

std::string location_of(const std::string& base_url, std::uint64_t index) {
  return base_url + std::string(kEntries) + "/" + std::to_string(index);
}

void post_entry(const ScrapiParts& parts, const Call& call, const Answer& answer) {
  const auto type = parse_media_type(call.request.fields.find("content-type").value_or(""));
  if (!type || !type->is(kCose))
    return answer(
        refuse("media-type-unknown", "A filing is sent with Content-Type: application/cose."));
  parts.registration.file(call.request.body,
                          [answer, base_url = parts.base_url](Result<Filed> filed) -> void {
                            if (!filed) return answer(std::unexpected<Error>(filed.error()));
                            const bool is_new = !filed->registered.already_filed;
                            answer(cose_response(is_new ? 201 : 200, filed->receipt.cose,
                                                 location_of(base_url, filed->registered.index)));
                          });
}

Result<Response> get_entry(const ScrapiParts& parts, const Call& call) {
  const auto index = crypto::parse_decimal(call.captures[0]);
  const auto published = parts.checkpoint.newest();
  if (!index || *index >= crypto::count(published->head.size))
    return refuse("entry-out-of-range",
                  "The log has no such entry; an entry's id is its index, a whole number below the "
                  "log's size.");
  COMITY_TRY(const auto receipt, parts.receipts.issue({.head = published->head,
                                                       .checkpoint_note = published->note,
                                                       .time = std::nullopt},
                                                      *index));
  // Whoever names neither gets the form that SCRAPI has.
  constexpr std::array<std::string_view, 2> kForms{kCose, kProofText};
  const std::size_t form = choose(call.request.fields.find("accept"), kForms).value_or(0);
  const std::string location = location_of(parts.base_url, *index);
  Response response = kForms.at(form) == kProofText ? proof_response(receipt.tlog_proof, location)
                                                    : cose_response(200, receipt.cose, location);
  response.fields.add("vary", "Accept");
  return response;
}

}  // namespace

Bytes write_served_key(const crypto::PublicKey& key) {
  const Bytes plain = codec::write_cose_key(key);
  const bool is_ec2 = key.algorithm() == crypto::Algorithm::es256;
  // The key type comes first, then kid and alg, then what is left, whose labels are negative.
  constexpr std::size_t kHead = 1;
  constexpr std::size_t kKeyType = 2;
  Bytes served;
  codec::CborWriter writer(served);
  writer.write_map(is_ec2 ? 6 : 5);
  writer.write_item(ByteView(plain).subspan(kHead, kKeyType));
  writer.write_int(kKid);
  writer.write_bytes(codec::key_id(key).view());
  writer.write_int(kAlg);
  writer.write_int(is_ec2 ? kEs256 : kEdDsa);
  writer.write_item(ByteView(plain).subspan(kHead + kKeyType));
  return served;
}

void add_scrapi(Router& router, const ScrapiParts& parts) {
  router.errors_under(std::string(kEntries), concise_problem);
  router.errors_under(std::string(kKeys), concise_problem);
  router.add_async(Method::post, kEntries, [parts](const Call& call, const Answer& answer) {
    post_entry(parts, call, answer);
  });
  router.add(Method::get, "/entries/{id}",
             [parts](const Call& call) { return get_entry(parts, call); });
  const Bytes key = write_served_key(parts.receipt_key);
  router.add(Method::get, kKeys, [key](const Call&) {
    Bytes set;
    codec::CborWriter writer(set);
    writer.write_array(1);
    writer.write_item(key);
    return cbor_response(set);
  });
  router.add(Method::get, "/.well-known/scitt-keys/{kid}",
             [key, kid = to_base64url(codec::key_id(parts.receipt_key).view())](
                 const Call& call) -> Result<Response> {
               if (call.captures[0] == kid) return cbor_response(key);
               return refuse("scitt-key-unknown",
                             "No key of this kid signs receipts here; a kid is the key's COSE "
                             "thumbprint in base64url.");
             });
}

}  // namespace comity::views
