#include "filing/statement.h"

#include <algorithm>

#include "base/limits.h"
#include "codec/cbor.h"
#include "codec/cose.h"
#include "crypto/sha256.h"
#include "filing/manifest.h"

#include "tests/crypto/random_key.h"
#include "tests/filing/samples.h"
#include "tests/random_bytes.h"

namespace comity::filing {
namespace {

using samples::key;

const ByteView kPayload = as_bytes("01234567890123456789012345678901");

Bytes signed_by(const crypto::SecretKey& signer, const Claims& claims = samples::claims()) {
  return sign_statement(StatementKind::filing, claims, kPayload, signer).value();
}

/// A statement whose header says what `statement` says, whether or not it may.
Bytes raw(const Statement& statement, ByteView unprotected = codec::empty_map()) {
  const Bytes header = write_header(statement);
  const auto signature = key(1).sign(codec::sig_structure(header, statement.payload));
  return codec::write_sign1({header, unprotected, statement.payload, signature});
}

Statement good_statement() {
  static const Bytes bytes = signed_by(key(1));
  return parse_statement(bytes).value();
}

std::string code_of_statement(ByteView bytes) {
  const auto statement = parse_statement(bytes);
  return statement ? "read" : statement.error().code();
}

TEST(Statement, SaysWhatItsSignerSaid) {
  for (const auto algorithm : {crypto::Algorithm::ed25519, crypto::Algorithm::es256}) {
    const auto signer = key(3, algorithm);
    const Claims claims{
        samples::party(7), "about this", {"b.example/x", "a.example"}, samples::kIssued};
    const Bytes bytes = signed_by(signer, claims);
    const auto statement = parse_statement(bytes);
    ASSERT_TRUE(statement) << statement.error().sentence();
    EXPECT_EQ(statement->kind, StatementKind::filing);
    EXPECT_EQ(statement->algorithm, algorithm == crypto::Algorithm::ed25519 ? -8 : -7);
    EXPECT_EQ(statement->kid, samples::kid(signer));
    EXPECT_EQ(statement->issuer, claims.issuer);
    EXPECT_EQ(statement->subject, claims.subject);
    EXPECT_EQ(statement->audience, (std::vector<std::string_view>{"a.example", "b.example/x"}));
    EXPECT_EQ(statement->issued_at, claims.issued_at);
    EXPECT_TRUE(equal(statement->payload, kPayload));
    EXPECT_EQ(statement->key, crypto::digest_of<StatementTag>(
                                  codec::sig_structure(statement->protected_header, kPayload)));
    EXPECT_TRUE(statement->is_addressed_to("a.example"));
    EXPECT_FALSE(statement->is_addressed_to("a.exampl"));
    EXPECT_TRUE(verify_statement(*statement, signer.public_key()));
    EXPECT_TRUE(equal(write_header(*statement), statement->protected_header));
  }
}

TEST(Statement, IsSmallWhateverItCarries) { EXPECT_LT(signed_by(key(1)).size(), 350U); }

TEST(Statement, EveryFlippedBitIsRefused) {
  for (const auto algorithm : {crypto::Algorithm::ed25519, crypto::Algorithm::es256}) {
    const auto signer = key(3, algorithm);
    Bytes bytes = signed_by(signer);
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
      const auto mask = std::byte{static_cast<unsigned char>(1U << bit % 8)};
      bytes[bit / 8] ^= mask;
      const auto statement = parse_statement(bytes);
      EXPECT_FALSE(statement && verify_statement(*statement, signer.public_key())) << bit;
      bytes[bit / 8] ^= mask;
    }
    for (std::size_t size = 0; size < bytes.size(); ++size)
      EXPECT_FALSE(parse_statement(ByteView(bytes).first(size))) << size;
  }
}

TEST(Statement, IsVerifiedWithTheKeyThatItNamesOnly) {
  const Bytes bytes = signed_by(key(1));
  const auto statement = parse_statement(bytes).value();
  EXPECT_EQ(verify_statement(statement, key(2).public_key()).error().code(),
            "signature-key-mismatch");
  Statement es256 = statement;
  es256.algorithm = -7;
  EXPECT_EQ(verify_statement(es256, key(1).public_key()).error().code(), "signature-key-mismatch");
  Bytes forged = bytes;
  forged.back() ^= std::byte{1};
  EXPECT_EQ(verify_statement(parse_statement(forged).value(), key(1).public_key()).error().code(),
            "signature-invalid");
}

TEST(Statement, AcceptsTheOtherNumberOfEd25519) {
  Statement statement = good_statement();
  statement.algorithm = -19;
  const Bytes bytes = raw(statement);
  const auto read = parse_statement(bytes);
  ASSERT_TRUE(read) << read.error().sentence();
  EXPECT_EQ(read->algorithm, -19);
  EXPECT_TRUE(verify_statement(*read, key(1).public_key()));
}

TEST(Statement, RefusesClaimsThatAreNotInTheFormat) {
  using Change = void (*)(Statement&);
  static const std::string kLong(limits::kNameBytes + 1, 'a');
  const std::vector<Change> changes{
      [](Statement& s) { s.issuer = "identity--x"; },
      [](Statement& s) { s.issuer = ""; },
      [](Statement& s) { s.subject = ""; },
      [](Statement& s) { s.subject = kLong; },
      [](Statement& s) { s.audience = {"a b"}; },
      [](Statement& s) { s.audience = {"a+b"}; },
      [](Statement& s) { s.audience = {""}; },
      [](Statement& s) { s.audience = {kLong}; },
      [](Statement& s) { s.audience = {"b", "a"}; },
      [](Statement& s) { s.audience = {"a", "a"}; },
      [](Statement& s) { s.audience = {}; },
      [](Statement& s) { s.audience.assign(17, "a"); },
      [](Statement& s) { s.issued_at = UnixSeconds{-1}; },
      [](Statement& s) { s.issued_at = UnixSeconds{count(kLastSecond) + 1}; },
      [](Statement& s) { s.payload = s.payload.first(31); },
      [](Statement& s) { s.kind = StatementKind::control; },  // its subject isn't the origin
  };
  for (std::size_t i = 0; i < changes.size(); ++i) {
    Statement statement = good_statement();
    changes[i](statement);
    EXPECT_EQ(code_of_statement(raw(statement)), "statement-malformed") << i;
  }
}

TEST(Statement, RefusesAnythingInTheUnprotectedHeader) {
  const Bytes one_member{std::byte{0xa1}, std::byte{0x01}, std::byte{0x01}};
  EXPECT_EQ(code_of_statement(raw(good_statement(), one_member)), "statement-malformed");
}

TEST(Statement, RefusesADetachedPayload) {
  const Statement statement = good_statement();
  const Bytes bytes = codec::write_sign1(
      {statement.protected_header, codec::empty_map(), std::nullopt, statement.signature});
  EXPECT_EQ(code_of_statement(bytes), "statement-malformed");
}

TEST(Statement, RefusesMoreThan8192Bytes) {
  EXPECT_EQ(code_of_statement(Bytes(limits::kStatementBytes + 1)), "statement-too-large");
  const auto refused = sign_statement(
      StatementKind::control, samples::claims(std::string(samples::kOrigin)), Bytes(8000), key(1));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code(), "statement-too-large");
}

/// The good statement with one header, written by hand, in place of its own.
std::string code_with_header(std::string_view hex) {
  const Statement statement = good_statement();
  const Bytes header = from_hex(hex).value();
  return code_of_statement(
      codec::write_sign1({header, codec::empty_map(), statement.payload, statement.signature}));
}

TEST(Statement, RefusesHeadersWithOtherMembers) {
  const std::string header = to_hex(good_statement().protected_header);
  const std::string rest = header.substr(2);
  ASSERT_EQ(code_with_header(header), "read");
  EXPECT_EQ(code_with_header("a0"), "cose-algorithm-missing");
  EXPECT_EQ(code_with_header("a10127"), "statement-malformed");        // no key
  EXPECT_EQ(code_with_header("a20127186401"), "statement-malformed");  // another label
  EXPECT_EQ(code_with_header("a201270361"
                             "61"),
            "statement-malformed");  // another content type
  EXPECT_EQ(code_with_header("a601270201" + rest.substr(4)), "cose-critical-header");
  // One more member at the end: 260.
  EXPECT_EQ(code_with_header("a6" + rest + "19010400"), "cbor-unexpected");
  // Another hash algorithm: 258: -43 in place of -16.
  std::string other_hash = header;
  other_hash.replace(other_hash.find("1901022f"), 8, "190102382a");
  EXPECT_EQ(code_with_header(other_hash), "statement-malformed");
  // Another preimage type.
  std::string other_type = header;
  other_type.replace(other_type.size() - 2, 2, "73");
  EXPECT_EQ(code_with_header(other_type), "statement-malformed");
}

TEST(Statement, SigningRefusesWhatReadingWould) {
  Claims claims = samples::claims();
  claims.subject = "\xff";
  EXPECT_EQ(sign_statement(StatementKind::filing, claims, kPayload, key(1)).error().code(),
            "statement-malformed");
  claims = samples::claims();
  claims.audience = {"a", "a"};
  EXPECT_EQ(sign_statement(StatementKind::filing, claims, kPayload, key(1)).error().code(),
            "statement-malformed");
  EXPECT_EQ(
      sign_statement(StatementKind::control, samples::claims(), kPayload, key(1)).error().code(),
      "statement-malformed");
}

TEST(Statement, OriginIsPrintableWithoutSpaceAndPlus) {
  EXPECT_TRUE(is_origin("example.org/comity"));
  EXPECT_TRUE(is_origin(std::string(limits::kNameBytes, '~')));
  for (const auto& bad :
       {std::string(), std::string(limits::kNameBytes + 1, 'a'), std::string("a b"),
        std::string("a+b"), std::string("a\n"), std::string("\xc3\xa9"), std::string("\x7f")})
    EXPECT_FALSE(is_origin(bad)) << bad;
}

/// Claims that a statement of that kind may make.
Claims random_claims(StatementKind kind) {
  const auto word = rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange(',', '~')));
  const auto origins = kind == StatementKind::control ? 1 : *rc::gen::inRange<std::size_t>(1, 17);
  auto audience = *rc::gen::container<std::vector<std::string>>(origins, word);
  std::ranges::sort(audience);
  const auto twice = std::ranges::unique(audience);
  audience.erase(twice.begin(), twice.end());
  return {.issuer = samples::party(*rc::gen::nonNegative<int>()),
          .subject = kind == StatementKind::control ? audience.front() : *word,
          .audience = audience,
          .issued_at = UnixSeconds{*rc::gen::inRange<std::int64_t>(0, count(kLastSecond) + 1)}};
}

/// A statement that RapidCheck draws, and what it says.
struct RandomStatement {
  StatementKind kind = *rc::gen::element(StatementKind::filing, StatementKind::control);
  crypto::SecretKey signer = crypto::random_key();
  Claims claims = random_claims(kind);
  Bytes payload =
      drawn_bytes(kind == StatementKind::filing ? ManifestDigest::kSize
                                                : *rc::gen::inRange<std::size_t>(0, 99));
  Bytes bytes = sign_statement(kind, claims, payload, signer).value();
};

RC_GTEST_PROP(Statement, SaysWhatAnySignerSaid, ()) {
  const RandomStatement drawn;
  const auto statement = parse_statement(drawn.bytes);
  RC_ASSERT(statement.has_value());
  RC_ASSERT(statement->kind == drawn.kind);
  RC_ASSERT(statement->kid == samples::kid(drawn.signer));
  RC_ASSERT(statement->issuer == drawn.claims.issuer);
  RC_ASSERT(statement->subject == drawn.claims.subject);
  RC_ASSERT(std::ranges::equal(statement->audience, drawn.claims.audience));
  RC_ASSERT(statement->issued_at == drawn.claims.issued_at);
  RC_ASSERT(equal(statement->payload, drawn.payload));
  RC_ASSERT(equal(write_header(*statement), statement->protected_header));
  RC_ASSERT(verify_statement(*statement, drawn.signer.public_key()).has_value());
}

RC_GTEST_PROP(Statement, AnyFlippedBitOfAnyStatementIsRefused, ()) {
  const RandomStatement drawn;
  const Bytes flipped = with_flipped_bit(drawn.bytes);
  const auto statement = parse_statement(flipped);
  if (!statement) return;
  RC_ASSERT_FALSE(verify_statement(*statement, drawn.signer.public_key()).has_value());
}

}  // namespace
}  // namespace comity::filing
