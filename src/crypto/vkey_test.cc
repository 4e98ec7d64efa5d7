#include "crypto/vkey.h"

#include "crypto/secret_key.h"

#include "tests/random_bytes.h"

namespace comity::crypto {
namespace {

// golang.org/x/mod v0.20.0, sumdb/note/note_test.go, TestNewVerifier.
const std::string kPeter = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

std::string vkey_code(const std::string& text) {
  const auto vkey = parse_vkey(text);
  return vkey ? "ok" : vkey.error().code();
}

TEST(Vkey, GoExample) {
  const auto vkey = parse_vkey(kPeter);
  ASSERT_TRUE(vkey.has_value());
  EXPECT_EQ(vkey->name, "PeterNeumann");
  EXPECT_EQ(vkey->id(), NoteKeyId{0xc74f20a3});
  EXPECT_EQ(print(*vkey), kPeter);
  EXPECT_EQ(make_vkey("PeterNeumann", vkey->key), *vkey);
}

// The same manglings as in Go's test.
TEST(Vkey, EveryPartAndEveryFlippedBitIsRefused) {
  for (std::size_t i = 0; i < kPeter.size(); ++i)
    for (std::size_t size = 0; size < kPeter.size() - i; ++size)
      EXPECT_NE(vkey_code(kPeter.substr(i, size)), "ok");
  for (std::size_t i = 1; i < kPeter.size(); ++i) EXPECT_NE(vkey_code(kPeter.substr(i)), "ok");
  std::string flipped = kPeter;
  for (std::size_t bit = 0; bit < kPeter.size() * 8; ++bit) {
    flipped[bit / 8] = static_cast<char>(kPeter[bit / 8] ^ (1 << bit % 8));
    EXPECT_NE(vkey_code(flipped), "ok") << flipped;
    flipped[bit / 8] = kPeter[bit / 8];
  }
}

TEST(Vkey, Refusals) {
  // Wrong length of key and unknown type, key ids adjusted: Go's TestNewVerifier.
  EXPECT_EQ(vkey_code("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=="),
            "vkey-malformed");
  EXPECT_EQ(vkey_code("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"),
            "vkey-type-unsupported");
  EXPECT_EQ(vkey_code("PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"),
            "vkey-malformed");
  EXPECT_EQ(vkey_code("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"),
            "vkey-id-mismatch");
  EXPECT_EQ(vkey_code("+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"),
            "key-name-malformed");
  EXPECT_EQ(vkey_code("PeterNeumann+c74f20a3+"), "vkey-malformed");
  EXPECT_EQ(vkey_code("PeterNeumann+c74f20a3"), "vkey-malformed");
  EXPECT_EQ(vkey_code("PeterNeumann"), "vkey-malformed");
  const SecretKey es256 = SecretKey::generate(Algorithm::es256);
  EXPECT_EQ(make_vkey("log", es256.public_key()).error().code(), "vkey-type-unsupported");
}

// C2SP signed-note: no Unicode space (White_Space of the Unicode character database), no plus.
TEST(Vkey, KeyNames) {
  for (const char* name : {"a", "example.com/log", "d\u00e9p\u00f4t", "\u2014", "a-b_c:d"})
    EXPECT_TRUE(check_key_name(name).has_value()) << name;
  EXPECT_TRUE(check_key_name(std::string(256, 'a')).has_value());
  EXPECT_FALSE(check_key_name(std::string(257, 'a')).has_value());
  for (const char* name :
       {"", "a b", " a", "a+b", "a\tb", "a\nb", "a\x1f", "a\u0085", "a\u00a0b", "\u1680", "a\u2000",
        "a\u200a", "a\u2028", "a\u2029", "\u202f", "a\u205f", "a\u3000", "a\xff", "\xc0\xaf"})
    EXPECT_FALSE(check_key_name(name).has_value()) << name;
}

Vkey random_vkey() {
  const auto name = *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange('-', 'z')));
  Ed25519Key bytes;
  for (std::byte& byte : bytes) byte = static_cast<std::byte>(*rc::gen::inRange(0, 256));
  return make_vkey(name, PublicKey::from(bytes)).value();
}

RC_GTEST_PROP(Vkey, ParseIsTheInverseOfPrint, ()) {
  const Vkey vkey = random_vkey();
  const auto again = parse_vkey(print(vkey));
  RC_ASSERT(again.has_value());
  RC_ASSERT(*again == vkey);
}

// The key id says what name and key must be.
RC_GTEST_PROP(Vkey, AnyFlippedBitOfAnyKeyIsRefused, ()) {
  RC_ASSERT(vkey_code(with_flipped_bit(print(random_vkey()))) != "ok");
}

}  // namespace
}  // namespace comity::crypto
