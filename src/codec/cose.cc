#include "codec/cose.h"

#include <array>

#include "codec/cbor.h"

namespace comity::codec {
namespace {

constexpr std::int64_t kAlgorithmLabel = 1;
constexpr std::int64_t kCriticalLabel = 2;
constexpr std::size_t kParts = 4;

Result<CoseAlgorithm> known_algorithm(CborReader& reader) {
  COMITY_TRY(const auto kind, reader.peek());
  if (kind == CborKind::kUnsigned || kind == CborKind::kNegative) {
    COMITY_TRY(const auto number, reader.read_int());
    for (const auto known : {CoseAlgorithm::es256, CoseAlgorithm::eddsa, CoseAlgorithm::ed25519})
      if (number == static_cast<std::int64_t>(known)) return known;
  }
  return refuse("cose-algorithm-unknown",
                "The COSE algorithm is not known here; sign with EdDSA (-8) or ES256 (-7).");
}

/// Labels are integers or text (RFC 9052 section 1.5); all that is neither, or too big for us, is
/// walked over like any other item.
Result<std::optional<std::int64_t>> read_label(CborReader& reader) {
  CborReader ahead = reader;
  COMITY_CHECK(reader.read_item());
  const auto number = ahead.read_int();
  return number ? std::optional(*number) : std::nullopt;
}

Result<void> check_fit(CoseAlgorithm algorithm, const crypto::PublicKey& key) {
  const bool is_es256 = algorithm == CoseAlgorithm::es256;
  if (is_es256 != (key.algorithm() == crypto::Algorithm::es256))
    return refuse("cose-algorithm-mismatch",
                  "The COSE algorithm in the header is not one of the key; Ed25519 keys sign with "
                  "-8, P-256 keys with -7.");
  return {};
}

}  // namespace

CoseAlgorithm cose_algorithm_of(const crypto::PublicKey& key) {
  return key.algorithm() == crypto::Algorithm::es256 ? CoseAlgorithm::es256 : CoseAlgorithm::eddsa;
}

Result<CoseAlgorithm> read_algorithm(ByteView header) {
  std::optional<CoseAlgorithm> algorithm;
  if (!header.empty()) {  // RFC 9052 section 3: no bytes stand for an empty map.
    COMITY_CHECK(check_deterministic(header));
    CborReader reader(header);
    COMITY_TRY(const auto pairs, reader.read_map());
    for (std::size_t i = 0; i < pairs; ++i) {
      COMITY_TRY(const auto label, read_label(reader));
      if (label == kCriticalLabel)
        return refuse("cose-critical-header",
                      "The COSE header lists critical parameters; none are understood here.");
      if (label == kAlgorithmLabel) {
        COMITY_TRY(algorithm, known_algorithm(reader));
      } else {
        COMITY_CHECK(reader.read_item());
      }
    }
  }
  if (!algorithm)
    return refuse("cose-algorithm-missing", "The protected COSE header names no algorithm.");
  return *algorithm;
}

ByteView empty_map() {
  static constexpr std::array kEmptyMap{std::byte{0xa0}};
  return kEmptyMap;
}

Result<Sign1> parse_sign1(ByteView bytes) {
  CborReader reader(bytes);
  Sign1 message;
  COMITY_CHECK(reader.read_tag(kSign1Tag));
  COMITY_CHECK(reader.read_array(kParts));
  COMITY_TRY(message.header, reader.read_bytes());
  COMITY_CHECK(read_algorithm(message.header));
  CborReader unprotected = reader;
  COMITY_TRY(message.unprotected, reader.read_item());
  COMITY_CHECK(unprotected.read_map());
  COMITY_TRY(const auto payload, reader.peek());
  if (payload == CborKind::kNull) {
    COMITY_CHECK(reader.read_null());
  } else {
    COMITY_TRY(message.payload, reader.read_bytes());
  }
  COMITY_TRY(message.signature, reader.read_bytes());
  COMITY_CHECK(reader.end());
  if (message.signature.size() != sizeof(crypto::Signature))
    return refuse("cose-signature-size", "The COSE signature must have 64 bytes.");
  return message;
}

Bytes write_sign1(const Sign1& message) {
  constexpr std::size_t kHeads = 24;
  Bytes bytes;
  CborWriter writer(bytes);
  writer.reserve(kHeads + message.header.size() + message.unprotected.size() +
                 message.payload.value_or(ByteView()).size() + message.signature.size());
  writer.write_tag(kSign1Tag);
  writer.write_array(kParts);
  writer.write_bytes(message.header);
  writer.write_item(message.unprotected);
  if (message.payload) {
    writer.write_bytes(*message.payload);
  } else {
    writer.write_null();
  }
  writer.write_bytes(message.signature);
  return bytes;
}

Bytes sig_structure(ByteView header, ByteView payload) {
  constexpr std::size_t kHeads = 32;
  Bytes bytes;
  CborWriter writer(bytes);
  writer.reserve(kHeads + header.size() + payload.size());
  writer.write_array(kParts);
  writer.write_text("Signature1");
  writer.write_bytes(header);
  writer.write_bytes({});
  writer.write_bytes(payload);
  return bytes;
}

Result<crypto::Signature> sign(const crypto::SecretKey& key, ByteView header, ByteView payload) {
  COMITY_TRY(const auto algorithm, read_algorithm(header));
  COMITY_CHECK(check_fit(algorithm, key.public_key()));
  return key.sign(sig_structure(header, payload));
}

Result<void> verify(const Sign1& message, ByteView payload, const crypto::PublicKey& key) {
  COMITY_TRY(const auto algorithm, read_algorithm(message.header));
  COMITY_CHECK(check_fit(algorithm, key));
  if (!crypto::verify(key, sig_structure(message.header, payload), message.signature))
    return refuse("cose-signature-invalid",
                  "The COSE signature is not that of the key over these bytes.");
  return {};
}

}  // namespace comity::codec
