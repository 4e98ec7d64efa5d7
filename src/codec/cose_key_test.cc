#include "codec/cose_key.h"

#include "crypto/secret_key.h"

#include "tests/codec/hex.h"
#include "tests/crypto/random_key.h"
#include "tests/random_bytes.h"

namespace comity::codec {
namespace {

std::string code_of_key(std::string_view text) {
  const auto key = parse_cose_key(hex(text));
  return key ? "" : key.error().code();
}

constexpr std::string_view kX = "65eda5a12577c2bae829437fe338701a10aaa375e1bb5b5de108de439c08551d";
constexpr std::string_view kY = "1e52ed75701163f7f9e40ddf9f341b3dc9ba860af7e0ca7ca7e9eecd0084d19c";

std::string ec2(std::string_view before_x, std::string_view between, std::string_view after = "") {
  return std::string(before_x) + "5820" + std::string(kX) + std::string(between) + "5820" +
         std::string(kY) + std::string(after);
}

TEST(CoseKey, Rfc9679Example) {
  // RFC 9679 section 6: the key, its required members as encoded there, and their SHA-256.
  const std::string encoded = ec2("a40102200121", "22");
  const auto key = parse_cose_key(hex(encoded)).value();
  EXPECT_EQ(key.algorithm(), crypto::Algorithm::es256);
  EXPECT_EQ(to_hex(key.bytes()), std::string(kX) + std::string(kY));
  EXPECT_EQ(to_hex(write_cose_key(key)), encoded);
  EXPECT_EQ(to_hex(key_id(key).view()),
            "496bd8afadf307e5b08c64b0421bf9dc01528a344a43bda88fadd1669da253ec");
}

TEST(CoseKey, Ed25519HasThreeMembers) {
  // The public key of RFC 8032 section 7.1, test 1.
  const std::string encoded =
      "a3010120062158"
      "20d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
  const auto key = parse_cose_key(hex(encoded)).value();
  EXPECT_EQ(key.algorithm(), crypto::Algorithm::ed25519);
  EXPECT_EQ(to_hex(write_cose_key(key)), encoded);
}

TEST(CoseKey, OnlyTheExactForm) {
  const std::string x = "5820" + std::string(kX);
  EXPECT_EQ(code_of_key(ec2("a40102200121", "22", "00")), "cbor-trailing-bytes");
  EXPECT_EQ(code_of_key(ec2("a501020258200000000000000000000000000000000000000000000000000000000000"
                            "0000000000200121",
                            "22")),
            "cbor-unexpected");                                                  // a kid
  EXPECT_EQ(code_of_key(ec2("a50102200121", "22", "2301")), "cbor-unexpected");  // another member
  EXPECT_EQ(code_of_key("a301022001"
                        "21" +
                        x),
            "cbor-unexpected");  // no y
  EXPECT_EQ(code_of_key("a3010120062158"
                        "1f" +
                        std::string(62, '0')),
            "cbor-unexpected");
  EXPECT_EQ(code_of_key("a201012006"), "cbor-unexpected");  // no x
  EXPECT_EQ(code_of_key("a301012004"
                        "21" +
                        x),
            "cose-key-unsupported");  // X25519
  EXPECT_EQ(code_of_key("a301012001"
                        "21" +
                        x),
            "cose-key-unsupported");                                          // OKP with P-256
  EXPECT_EQ(code_of_key(ec2("a40102200221", "22")), "cose-key-unsupported");  // P-384
  EXPECT_EQ(code_of_key("a1010420"), "cose-key-unsupported");                 // symmetric
  EXPECT_EQ(code_of_key("a3200601012158"), "cbor-unexpected");  // members in another order
  EXPECT_EQ(code_of_key("a3010120062158"), "cbor-malformed");
  EXPECT_EQ(code_of_key("80"), "cbor-unexpected");
  std::string off_curve = ec2("a40102200121", "22");
  off_curve.back() = 'd';
  EXPECT_EQ(code_of_key(off_curve), "public-key-malformed");
}

TEST(CoseKey, GeneratedKeysComeBack) {
  for (const auto algorithm : {crypto::Algorithm::ed25519, crypto::Algorithm::es256}) {
    for (int i = 0; i < 10; ++i) {
      const auto key = crypto::SecretKey::generate(algorithm).public_key();
      const Bytes encoded = write_cose_key(key);
      EXPECT_EQ(parse_cose_key(encoded).value(), key);
      for (std::size_t size = 0; size < encoded.size(); ++size)
        EXPECT_FALSE(parse_cose_key(ByteView(encoded).first(size)));
    }
  }
}

RC_GTEST_PROP(CoseKey, ParsingIsTheInverseOfWriting, ()) {
  const crypto::PublicKey key = crypto::random_key().public_key();
  const auto again = parse_cose_key(write_cose_key(key));
  RC_ASSERT(again.has_value());
  RC_ASSERT(*again == key);
}

RC_GTEST_PROP(CoseKey, AFlippedBitIsRefusedOrGivesAnotherKey, ()) {
  const Bytes flipped = with_flipped_bit(write_cose_key(crypto::random_key().public_key()));
  const auto other = parse_cose_key(flipped);
  if (other) RC_ASSERT(write_cose_key(*other) == flipped);
}

}  // namespace
}  // namespace comity::codec
