#include "filing/statement.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "base/limits.h"
#include "codec/cbor.h"
#include "codec/cose.h"
#include "crypto/sha256.h"
#include "filing/manifest.h"

namespace comity::filing {
namespace {

// Labels of the protected header (RFC 9052 section 3.1, RFC 9597, RFC 9995) and of CWT claims
// (RFC 8392 section 4).
constexpr std::int64_t kAlgorithmLabel = 1;
constexpr std::int64_t kContentTypeLabel = 3;
constexpr std::int64_t kKeyIdLabel = 4;
constexpr std::int64_t kClaimsLabel = 15;
constexpr std::int64_t kPayloadHashLabel = 258;
constexpr std::int64_t kPreimageTypeLabel = 259;
constexpr std::int64_t kIssuer = 1;
constexpr std::int64_t kSubject = 2;
constexpr std::int64_t kAudience = 3;
constexpr std::int64_t kIssuedAt = 6;

constexpr std::int64_t kSha256Algorithm = -16;
constexpr std::string_view kManifestType = "application/vnd.comity.manifest+cbor";
constexpr std::string_view kControlType = "application/vnd.comity.control+cbor";

std::unexpected<Error> malformed_statement(std::string sentence) {
  return refuse("statement-malformed", std::move(sentence));
}

Result<void> read_audience(codec::CborReader& reader, Statement& statement) {
  COMITY_TRY(const auto kind, reader.peek());
  std::size_t count = 1;
  if (kind == codec::CborKind::kArray) {
    COMITY_TRY(count, reader.read_array());
    if (count < 2 || count > limits::kAudiences)
      return malformed_statement("A statement's `aud` is one origin, or an array of 2 to 16.");
  }
  statement.audience.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    COMITY_TRY(const auto origin, reader.read_text());
    statement.audience.push_back(origin);
  }
  return {};
}

Result<void> read_claims(codec::CborReader& reader, Statement& statement) {
  COMITY_TRY(auto claims, codec::CborMap::open(reader));
  COMITY_CHECK(claims.expect_key(kIssuer));
  COMITY_TRY(statement.issuer, reader.read_text());
  COMITY_CHECK(claims.expect_key(kSubject));
  COMITY_TRY(statement.subject, reader.read_text());
  COMITY_CHECK(claims.expect_key(kAudience));
  COMITY_CHECK(read_audience(reader, statement));
  COMITY_CHECK(claims.expect_key(kIssuedAt));
  COMITY_TRY(const auto seconds, reader.read_int());
  statement.issued_at = UnixSeconds{seconds};
  return claims.end();
}

/// The two members that make a filing's statement a hash envelope.
Result<void> read_hash_envelope(codec::CborReader& reader, codec::CborMap& header) {
  COMITY_CHECK(header.expect_key(kPayloadHashLabel));
  COMITY_TRY(const auto hash, reader.read_int());
  if (hash != kSha256Algorithm)
    return malformed_statement("A statement's payload-hash-alg (258) must be SHA-256 (-16).");
  COMITY_CHECK(header.expect_key(kPreimageTypeLabel));
  COMITY_TRY(const auto type, reader.read_text());
  if (type != kManifestType)
    return malformed_statement("A statement's preimage content type (259) must be " +
                               std::string(kManifestType) + ".");
  return {};
}

Result<void> read_header(Statement& statement) {
  codec::CborReader reader(statement.protected_header);
  COMITY_TRY(auto header, codec::CborMap::open(reader));
  COMITY_CHECK(header.expect_key(kAlgorithmLabel));
  COMITY_TRY(statement.algorithm, reader.read_int());
  if (header.left() == 0) return malformed_statement("The statement's header names no key.");
  COMITY_TRY(auto label, header.next_key());
  if (label == kContentTypeLabel) {
    COMITY_TRY(const auto type, reader.read_text());
    if (type != kControlType)
      return malformed_statement("A statement's content type (3), where it has one, must be " +
                                 std::string(kControlType) + ".");
    statement.kind = StatementKind::control;
    if (header.left() == 0) return malformed_statement("The statement's header names no key.");
    COMITY_TRY(label, header.next_key());
  }
  if (label != kKeyIdLabel) return malformed_statement("The statement's header names no key.");
  COMITY_TRY(const auto kid, reader.read_bytes(codec::KeyId::kSize));
  statement.kid = codec::KeyId::from(kid);
  COMITY_CHECK(header.expect_key(kClaimsLabel));
  COMITY_CHECK(read_claims(reader, statement));
  if (statement.kind == StatementKind::filing) COMITY_CHECK(read_hash_envelope(reader, header));
  COMITY_CHECK(header.end());
  return reader.end();
}

/// What the grammar alone doesn't say of the members.
Result<void> check_meaning(const Statement& statement) {
  if (!is_party_id(statement.issuer))
    return malformed_statement(
        "A statement's `iss` must be `identity--` and a UUID in lower case.");
  if (statement.subject.empty() || statement.subject.size() > limits::kNameBytes ||
      !is_utf8(statement.subject))
    return malformed_statement("A statement's `sub` must be 1 to 256 bytes of UTF-8.");
  const auto& audience = statement.audience;
  if (audience.empty() || audience.size() > limits::kAudiences ||
      !std::all_of(audience.begin(), audience.end(), is_origin))
    return malformed_statement(
        "A statement's `aud` must be 1 to 16 origins, such as example.org/comity.");
  if (std::adjacent_find(audience.begin(), audience.end(), std::greater_equal<>()) !=
      audience.end())
    return malformed_statement("The origins of a statement's `aud` must ascend, no two alike.");
  if (count(statement.issued_at) < 0 || statement.issued_at > kLastSecond)
    return malformed_statement(
        "A statement's `iat` must be seconds since 1970, up to the year 9999.");
  if (statement.kind == StatementKind::filing)
    return statement.payload.size() == ManifestDigest::kSize
               ? Result<void>{}
               : malformed_statement("A filing's payload must be the SHA-256 of its manifest.");
  if (audience.size() != 1 || statement.subject != audience[0])
    return malformed_statement(
        "A control statement's `sub` and `aud` must both be the log's origin.");
  return {};
}

}  // namespace

bool Statement::is_addressed_to(std::string_view origin) const {
  return std::find(audience.begin(), audience.end(), origin) != audience.end();
}

Result<Statement> parse_statement(ByteView bytes) {
  if (bytes.size() > limits::kStatementBytes)
    return refuse("statement-too-large", "The signed statement is larger than 8,192 bytes.");
  COMITY_TRY(const auto message, codec::parse_sign1(bytes));
  if (!equal(message.unprotected, codec::empty_map()))
    return malformed_statement("A statement's unprotected header must be empty.");
  if (!message.payload) return malformed_statement("A statement must carry its payload.");
  Statement statement;
  statement.protected_header = message.header;
  statement.payload = *message.payload;
  statement.signature = message.signature;
  COMITY_CHECK(read_header(statement));
  COMITY_CHECK(check_meaning(statement));
  statement.key = crypto::digest_of<StatementTag>(
      codec::sig_structure(statement.protected_header, statement.payload));
  return statement;
}

Result<OwnedStatement> OwnedStatement::parse(Bytes bytes) {
  OwnedStatement owned;
  owned.bytes_ = std::move(bytes);
  COMITY_TRY(owned.statement_, parse_statement(owned.bytes_));
  owned.leaf_ = crypto::leaf_hash(owned.bytes_);
  return owned;
}

Bytes write_header(const Statement& statement) {
  constexpr std::size_t kUsualBytes = 512;
  const bool is_control = statement.kind == StatementKind::control;
  Bytes bytes;
  codec::CborWriter writer(bytes);
  writer.reserve(kUsualBytes);
  writer.write_map(is_control ? 4 : 5);
  writer.write_int(kAlgorithmLabel);
  writer.write_int(statement.algorithm);
  if (is_control) {
    writer.write_int(kContentTypeLabel);
    writer.write_text(kControlType);
  }
  writer.write_int(kKeyIdLabel);
  writer.write_bytes(statement.kid.view());
  writer.write_int(kClaimsLabel);
  writer.write_map(4);
  writer.write_int(kIssuer);
  writer.write_text(statement.issuer);
  writer.write_int(kSubject);
  writer.write_text(statement.subject);
  writer.write_int(kAudience);
  if (statement.audience.size() != 1) writer.write_array(statement.audience.size());
  for (const auto origin : statement.audience) writer.write_text(origin);
  writer.write_int(kIssuedAt);
  writer.write_int(count(statement.issued_at));
  if (!is_control) {
    writer.write_int(kPayloadHashLabel);
    writer.write_int(kSha256Algorithm);
    writer.write_int(kPreimageTypeLabel);
    writer.write_text(kManifestType);
  }
  return bytes;
}

Result<void> verify_statement(const Statement& statement, const crypto::PublicKey& key) {
  const bool is_es256 =
      statement.algorithm == static_cast<std::int64_t>(codec::CoseAlgorithm::es256);
  if (codec::key_id(key) != statement.kid ||
      is_es256 != (key.algorithm() == crypto::Algorithm::es256))
    return refuse("signature-key-mismatch",
                  "The statement names another key or algorithm than the one to verify it with.");
  if (!crypto::verify(key, codec::sig_structure(statement.protected_header, statement.payload),
                      statement.signature))
    return refuse("signature-invalid",
                  "The signature is not that of the statement's key; sign the same bytes again.");
  return {};
}

Result<Bytes> sign_statement(StatementKind kind, const Claims& claims, ByteView payload,
                             const crypto::SecretKey& key) {
  Statement statement;
  statement.kind = kind;
  statement.algorithm = static_cast<std::int64_t>(codec::cose_algorithm_of(key.public_key()));
  statement.kid = codec::key_id(key.public_key());
  statement.issuer = claims.issuer;
  statement.subject = claims.subject;
  statement.audience.assign(claims.audience.begin(), claims.audience.end());
  std::sort(statement.audience.begin(), statement.audience.end());
  statement.issued_at = claims.issued_at;
  statement.payload = payload;
  COMITY_CHECK(check_meaning(statement));
  const Bytes header = write_header(statement);
  const auto signature = key.sign(codec::sig_structure(header, payload));
  Bytes bytes = codec::write_sign1({header, codec::empty_map(), payload, signature});
  if (bytes.size() > limits::kStatementBytes)
    return refuse("statement-too-large", "The signed statement is larger than 8,192 bytes.");
  return bytes;
}

bool is_origin(std::string_view text) {
  return !text.empty() && text.size() <= limits::kNameBytes &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return c > ' ' && c <= '~' && c != '+'; });
}

}  // namespace comity::filing
