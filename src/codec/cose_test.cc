#include "codec/cose.h"

#include "codec/cbor.h"
#include "codec/cose_key.h"

#include "tests/codec/hex.h"
#include "tests/crypto/random_key.h"
#include "tests/random_bytes.h"

namespace comity::codec {
namespace {

// The examples are from https://github.com/cose-wg/Examples, each in the file named beside it.

/// The P-256 key of sign1-tests and ecdsa-examples ("kid": "11").
crypto::PublicKey p256() {
  Bytes point = from_base64url("usWxHK2PmfnHKwXPS54m0kTcGJ90UiglWiGahtagnv8").value();
  append(point, from_base64url("IBOL-C3BttVivg-lSreASjpkttcsz-1rb7btKLv8EX4").value());
  return crypto::PublicKey::from(crypto::Algorithm::es256, point).value();
}

/// The key of eddsa-examples, that of RFC 8032 section 7.1, test 1.
crypto::SecretKey ed25519_secret() {
  const Bytes seed = hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
  return crypto::SecretKey::from(crypto::Algorithm::ed25519, crypto::Secret(seed)).value();
}

/// Parses and verifies an attached message; the code of the refusal, if any.
std::string code_of(ByteView bytes, const crypto::PublicKey& key) {
  const auto message = parse_sign1(bytes);
  if (!message) return message.error().code();
  const auto verified = verify(*message, message->payload.value_or(ByteView()), key);
  return verified ? "" : verified.error().code();
}

constexpr std::string_view kContent = "54546869732069732074686520636F6E74656E742E";
constexpr std::string_view kR = "EAE868ECC176883766C5DC5BA5B8DCA25DAB3C2E56A551CE5705B793914348E1";
constexpr std::string_view kS = "72727F48461FABBBA2E343492DDECAC3983686250BC68E9F1A7A07D41225B59F";
constexpr std::string_view kS2 = "9F43D6C6BA654472DA301B645B293C9BA939295B97C4BDB847782BFF384C5794";
constexpr std::string_view kEdSignature =
    "7142FD2FF96D56DB85BEE905A76BA1D0B7321A95C8C4D3607C5781932B7AFB87"
    "11497DFA751BF40B58B3BCC32300B1487F3DB34085EEF013BF08F4A44D6FEF0D";

Bytes example(std::string_view headers, std::string_view r, std::string_view s,
              std::string_view content = kContent) {
  std::string text(headers);
  for (const std::string_view part : {content, std::string_view("5840"), r, s}) text += part;
  return hex(text);
}

TEST(Cose, EcdsaSig01) {
  const Bytes bytes = example("D28445A201260300A104423131", kR, kS);
  const auto message = parse_sign1(bytes).value();
  EXPECT_EQ(to_hex(message.header), "a201260300");
  EXPECT_EQ(to_hex(message.unprotected), "a104423131");
  EXPECT_EQ(as_text(*message.payload), "This is the content.");
  EXPECT_EQ(to_hex(sig_structure(message.header, *message.payload)),
            "846a5369676e61747572653145a2012603004054546869732069732074686520636f6e74656e742e");
  EXPECT_EQ(read_algorithm(message.header).value(), CoseAlgorithm::es256);
  EXPECT_EQ(code_of(bytes, p256()), "");
  EXPECT_EQ(write_sign1(message), bytes);
}

TEST(Cose, EddsaSig01) {
  const Bytes bytes = example("D28445A201270300A104423131", kEdSignature, "");
  const crypto::SecretKey key = ed25519_secret();
  EXPECT_EQ(code_of(bytes, key.public_key()), "");
  // Ed25519 is deterministic: we sign the same.
  const auto message = parse_sign1(bytes).value();
  const auto signature = sign(key, message.header, *message.payload).value();
  EXPECT_EQ(to_hex(std::as_bytes(std::span(signature))), to_hex(message.signature));
}

TEST(Cose, Sign1Tests) {
  struct Case {
    const char* file;
    Bytes bytes;
    const char* code;
  };
  const Case cases[] = {
      // Valid COSE, but the algorithm isn't protected (and an empty map is encoded), an external
      // part is signed, the tag is missing, the algorithm is not ours: we take none of these.
      {"sign-pass-01",
       example("D28441A0A20126044231"
               "31",
               kR, "1A02E5F0344BF2D4EE5C7FD75A68A9F5E0B3CC1F1FC1409C189566586FF9D610"),
       "cose-algorithm-missing"},
      {"sign-pass-02",
       example("D28443A10126A104423131", kR,
               "55388B10C4F1B59A6733EAB416870A945111A4B2FBDBEF33A77234B1DEFF2F9B"),
       "cose-signature-invalid"},
      {"sign-pass-03", example("8443A10126A104423131", kR, kS2), "cbor-unexpected"},
      {"ecdsa-sig-02",
       hex("D28444A1013822A1044450333834" + std::string(kContent) + "5860" + std::string(192, '0')),
       "cose-algorithm-unknown"},
      {"sign-fail-01", example("D903E68443A10126A104423131", kR, kS2), "cbor-unexpected"},
      {"sign-fail-02",
       example("D28443A10126A104423131", kR, kS2, "54546869732069732074686520636F6E74656E742F"),
       "cose-signature-invalid"},
      {"sign-fail-03", example("D28445A1013903E6A104423131", kR, kS2), "cose-algorithm-unknown"},
      {"sign-fail-04", example("D2844AA10167756E6B6E6F776EA104423131", kR, kS2),
       "cose-algorithm-unknown"},
      {"sign-fail-06", example("D28445A201260300A104423131", kR, kS2), "cose-signature-invalid"},
      {"sign-fail-07", example("D28443A10126A104423131", kR, kS), "cose-signature-invalid"},
      // What sign-fail-02, 03, 04 and 06 were made from.
      {"unchanged", example("D28443A10126A104423131", kR, kS2), ""},
  };
  for (const Case& c : cases) EXPECT_EQ(code_of(c.bytes, p256()), c.code) << c.file;
}

TEST(Cose, StrictAboutForm) {
  const auto key = ed25519_secret().public_key();
  const auto ed = [&](std::string_view headers, std::string_view content = kContent) {
    return code_of(example(headers, kEdSignature, "", content), key);
  };
  EXPECT_EQ(ed("D28445A201270300A104423131"), "");
  EXPECT_EQ(ed("D28440A0"), "cose-algorithm-missing");
  EXPECT_EQ(ed("D28445A203000127A0"), "cbor-not-deterministic");  // header out of order
  EXPECT_EQ(ed("D28446A20127030000A0"), "cbor-trailing-bytes");   // bytes after the header
  EXPECT_EQ(ed("D284450127030001A0"), "cbor-trailing-bytes");
  EXPECT_EQ(ed("D2844127A0"), "cbor-unexpected");  // the header is no map
  EXPECT_EQ(ed("D28446A20127028104A0"), "cose-critical-header");
  EXPECT_EQ(ed("D28443A10126A0"), "cose-algorithm-mismatch");  // ES256, an Ed25519 key
  EXPECT_EQ(ed("D28445A20127030080"), "cbor-unexpected");      // the unprotected is no map
  EXPECT_EQ(ed("D28445A201270300A2044004"
               "40"),
            "cbor-duplicate-key");
  EXPECT_EQ(ed("D28545A201270300A0"), "cbor-unexpected");               // five parts
  EXPECT_EQ(ed("D28445A201270300A0", "00"), "cbor-unexpected");         // payload a number
  EXPECT_EQ(ed("D28445A201270300A0", "F6"), "cose-signature-invalid");  // detached
  Bytes bytes = example("D28445A201270300A0", kEdSignature, "");
  bytes.push_back(std::byte{0});
  EXPECT_EQ(code_of(bytes, key), "cbor-trailing-bytes");
  EXPECT_EQ(code_of(hex("D28443A10127A040"
                        "5801"
                        "00"),
                    key),
            "cbor-not-deterministic");
  EXPECT_EQ(code_of(hex("D28443A10127A040"
                        "4100"),
                    key),
            "cose-signature-size");
  EXPECT_EQ(code_of(example("D28445A201270300A104423131", kEdSignature, ""), p256()),
            "cose-algorithm-mismatch");
}

TEST(Cose, AlgorithmsFitTheirKeys) {
  const crypto::SecretKey ed = ed25519_secret();
  const auto es = crypto::SecretKey::generate(crypto::Algorithm::es256);
  EXPECT_EQ(cose_algorithm_of(ed.public_key()), CoseAlgorithm::eddsa);
  EXPECT_EQ(cose_algorithm_of(es.public_key()), CoseAlgorithm::es256);
  for (const char* header : {"a10127", "a10132"}) {  // -8 and -19 are the same to us
    EXPECT_TRUE(sign(ed, hex(header), {}));
    EXPECT_EQ(sign(es, hex(header), {}).error().code(), "cose-algorithm-mismatch");
  }
  EXPECT_TRUE(sign(es, hex("a10126"), {}));
  EXPECT_EQ(sign(ed, hex("a10126"), {}).error().code(), "cose-algorithm-mismatch");
  EXPECT_EQ(sign(ed, hex("a0"), {}).error().code(), "cose-algorithm-missing");
}

Bytes signed_message(const crypto::SecretKey& key, ByteView payload) {
  const Bytes header =
      hex(key.algorithm() == crypto::Algorithm::es256 ? "a201260442abcd" : "a201270442abcd");
  const auto signature = sign(key, header, payload).value();
  return write_sign1({.header = header,
                      .unprotected = empty_map(),
                      .payload = payload,
                      .signature = std::as_bytes(std::span(signature))});
}

TEST(Cose, AnyFlippedBitIsRefused) {
  for (const auto algorithm : {crypto::Algorithm::ed25519, crypto::Algorithm::es256}) {
    const auto key = crypto::SecretKey::generate(algorithm);
    Bytes bytes = signed_message(key, as_bytes("payload"));
    ASSERT_EQ(code_of(bytes, key.public_key()), "");
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
      bytes[bit / 8] ^= std::byte{1} << bit % 8;
      EXPECT_NE(code_of(bytes, key.public_key()), "") << bit;
      bytes[bit / 8] ^= std::byte{1} << bit % 8;
    }
  }
}

RC_GTEST_PROP(Cose, WrittenIsReadTheSame, (const std::string& payload)) {
  const crypto::SecretKey key = ed25519_secret();
  const Bytes bytes = signed_message(key, as_bytes(payload));
  const auto message = parse_sign1(bytes);
  RC_ASSERT(message.has_value());
  RC_ASSERT(as_text(*message->payload) == payload);
  RC_ASSERT(write_sign1(*message) == bytes);
  RC_ASSERT(code_of(bytes, key.public_key()).empty());
}

RC_GTEST_PROP(Cose, AnyFlippedBitOfAnyMessageIsRefused, (const std::string& payload)) {
  const crypto::SecretKey key = crypto::random_key();
  const Bytes bytes = signed_message(key, as_bytes(payload));
  RC_ASSERT(code_of(with_flipped_bit(bytes), key.public_key()) != "");
}

}  // namespace
}  // namespace comity::codec
