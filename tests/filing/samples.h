#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "codec/cose_key.h"
#include "codec/json.h"
#include "crypto/secret_key.h"
#include "crypto/sha256.h"
#include "crypto/vkey.h"
#include "filing/check.h"
#include "filing/draft.h"

/// Keys, parties, objects and filings that are the same in every run, for tests and golden files.
namespace comity::samples {

inline constexpr std::string_view kOrigin = "example.org/comity";
inline constexpr std::string_view kTime = "2026-01-02T03:04:05.678Z";
inline constexpr UnixSeconds kIssued{1'767'323'045};
inline constexpr std::string_view kClear =
    "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487";
inline constexpr std::string_view kGreen =
    "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb";
inline constexpr std::string_view kAmber =
    "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421";
inline constexpr std::string_view kRed = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1";

/// The key whose seed or scalar is `number` 32 times.
inline crypto::SecretKey key(std::uint8_t number,
                             crypto::Algorithm algorithm = crypto::Algorithm::ed25519) {
  const Bytes seed(crypto::Secret::kSize, std::byte{number});
  return crypto::SecretKey::from(algorithm, crypto::Secret(seed)).value();
}

inline codec::KeyId kid(const crypto::SecretKey& key) { return codec::key_id(key.public_key()); }

/// Knows these keys and no other.
inline filing::FindKey find_among(std::vector<crypto::PublicKey> keys) {
  return [keys = std::move(keys)](const codec::KeyId& kid) -> Result<crypto::PublicKey> {
    for (const auto& known : keys)
      if (codec::key_id(known) == kid) return known;
    return refuse("key-unknown", "No such key.");
  };
}

/// The n-th salt is the beginning of SHA-256("salt " || n in decimal), n from 0.
inline filing::MakeSalt salts() {
  return [number = 0]() mutable {
    const auto hash = crypto::sha256(as_bytes("salt " + std::to_string(number++)));
    filing::Salt salt;
    std::copy_n(hash.begin(), salt.size(), salt.begin());
    return salt;
  };
}

inline std::string uuid(int number) {
  const std::string digits = std::to_string(number);
  return "00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
}
inline std::string party(int number) { return "identity--" + uuid(number); }

/// A note about party 1; `more` is further members, such as `,"revoked":true`.
inline std::string note(int number, std::string_view more = "", std::string_view modified = kTime,
                        int creator = 1) {
  return R"({"type":"note","spec_version":"2.1","id":"note--)" + uuid(number) + R"(","created":")" +
         std::string(kTime) + R"(","modified":")" + std::string(modified) +
         R"(","created_by_ref":")" + party(creator) + R"(","content":"n","object_refs":[")" +
         party(1) + R"("])" + std::string(more) + "}";
}

inline std::string marked(std::string_view marking) {
  return R"(,"object_marking_refs":[")" + std::string(marking) + R"("])";
}

/// The member `extensions` with Comity's own; `members` are those of the extension.
inline std::string extension(std::string_view kind, std::string_view members) {
  return R"(,"extensions":{")" + std::string(filing::kExtensionId) +
         R"(":{"extension_type":"property-extension","kind":")" + std::string(kind) + R"(")" +
         std::string(members) + "}}";
}

inline filing::DraftItem open_to_all(std::string_view object) { return {to_bytes(object), {}, {}}; }
inline filing::DraftItem for_readers(std::string_view object, std::vector<std::string> readers) {
  return {to_bytes(object), filing::DraftItem::Audience::readers, std::move(readers)};
}
inline filing::DraftItem sealed(std::string_view object) {
  return {to_bytes(object), filing::DraftItem::Audience::nobody, {}};
}

inline filing::Claims claims(std::string subject = party(1)) {
  return {party(1), std::move(subject), {std::string(kOrigin)}, kIssued};
}

/// Signs whatever manifest and parts are given, as no honest party would.
inline Bytes assemble(ByteView manifest, std::span<const filing::StoredPart> parts,
                      const crypto::SecretKey& signer = key(1)) {
  const auto payload = crypto::sha256(manifest);
  const auto entry =
      filing::sign_statement(filing::StatementKind::filing, claims(), payload, signer).value();
  return filing::write_envelope(entry, manifest, parts);
}

/// A public, a marked public, a hidden item for two parties, one for all, and a sealed one.
inline std::vector<filing::DraftItem> mixed_items() {
  return {open_to_all(note(1)), open_to_all(note(2, marked(kClear) + R"(,"revoked":true)")),
          for_readers(note(3, marked(kAmber)), {party(3), party(2)}),
          for_readers(note(4, marked(kGreen)), {}), sealed(note(5, marked(kRed)))};
}

inline Bytes mixed_filing() {
  return filing::sign_filing(mixed_items(), claims(), key(1), salts()).value().filing;
}

/// The four objects of `docs/formats/charter.md`, Founding: party 1 as registrar with the given
/// key, key 8 as the log's and key 9 as the receipts'.
inline std::vector<filing::DraftItem> founding_items(const crypto::SecretKey& signer) {
  const std::string id = to_base64url(kid(signer).view());
  const auto encoded = [](const crypto::SecretKey& of) {
    return to_base64url(codec::write_cose_key(of.public_key()));
  };
  const std::string proof_text =
      "comity key proof v1\n" + std::string(kOrigin) + "\n" + party(1) + "\n" + id + "\n";
  const std::string proof = to_base64url(signer.sign(as_bytes(proof_text)));
  const std::string vkey = crypto::print(crypto::make_vkey(kOrigin, key(8).public_key()).value());
  const std::string identity =
      R"({"type":"identity","spec_version":"2.1","id":")" + party(1) + R"(","created":")" +
      std::string(kTime) + R"(","modified":")" + std::string(kTime) + R"(","created_by_ref":")" +
      party(1) +
      R"(","name":"Registrar","identity_class":"organization","labels":["comity:civil-society"])" +
      extension("party", R"(,"group":"civil-society")") + "}";
  const std::string charter = R"(,"origin":")" + std::string(kOrigin) + R"(","registrar":")" +
                              party(1) + R"(","vkey":")" + vkey + R"(","receipt_key":")" +
                              encoded(key(9)) +
                              R"(","admission":{"by":"registrar"},"tenure_days":30)";
  const std::string key_note = R"(,"party":")" + party(1) + R"(","action":"add","kid":")" + id +
                               R"(","key":")" + encoded(signer) + R"(","proof":")" + proof + R"(")";
  const std::string admission = R"(,"party":")" + party(1) +
                                R"(","decision":"admit","group":"civil-society","kid":")" + id +
                                R"(")";
  return {open_to_all(identity), open_to_all(note(11, extension("charter", charter))),
          open_to_all(note(12, extension("key", key_note))),
          open_to_all(note(13, extension("admission", admission)))};
}

inline Bytes founding_filing() {
  return filing::sign_filing(founding_items(key(1)), claims(), key(1), salts()).value().filing;
}

}  // namespace comity::samples
