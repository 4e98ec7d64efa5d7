#include "crypto/secret_key.h"

namespace comity::crypto {
namespace {

/// Calls `f` with the bytes and each one of their bits flipped.
template <class F>
void for_each_flip(ByteView bytes, F f) {
  Bytes flipped = to_bytes(bytes);
  for (std::size_t bit = 0; bit < flipped.size() * 8; ++bit) {
    const auto mask = static_cast<std::byte>(1U << bit % 8);
    flipped[bit / 8] ^= mask;
    f(flipped);
    flipped[bit / 8] ^= mask;
  }
}

TEST(SecretKey, AnyFlippedBitIsRefused) {
  const std::string message = "who holds whom responsible";
  for (const Algorithm algorithm : {Algorithm::ed25519, Algorithm::es256}) {
    const SecretKey key = SecretKey::generate(algorithm);
    const Signature signature = key.sign(as_bytes(message));
    ASSERT_TRUE(verify(key.public_key(), as_bytes(message), signature));
    for_each_flip(signature, [&](ByteView flipped) {
      EXPECT_FALSE(verify(key.public_key(), as_bytes(message), flipped));
    });
    for_each_flip(as_bytes(message), [&](ByteView flipped) {
      EXPECT_FALSE(verify(key.public_key(), flipped, signature));
    });
    for_each_flip(key.public_key().bytes(), [&](ByteView flipped) {
      const auto other = PublicKey::from(algorithm, flipped);
      EXPECT_FALSE(other && verify(*other, as_bytes(message), signature));
    });
  }
}

RC_GTEST_PROP(SecretKey, SignsAnyMessage, (const std::string& message)) {
  static const SecretKey ed25519 = SecretKey::generate(Algorithm::ed25519);
  static const SecretKey es256 = SecretKey::generate(Algorithm::es256);
  for (const SecretKey* key : {&ed25519, &es256}) {
    const Signature signature = key->sign(as_bytes(message));
    RC_ASSERT(verify(key->public_key(), as_bytes(message), signature));
    RC_ASSERT(!verify(key->public_key(), as_bytes(message + "."), signature));
  }
}

TEST(SecretKey, TheSecretMakesTheSameKey) {
  for (const Algorithm algorithm : {Algorithm::ed25519, Algorithm::es256}) {
    const SecretKey key = SecretKey::generate(algorithm);
    const auto again = SecretKey::from(algorithm, Secret(key.secret().reveal()));
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(again->public_key(), key.public_key());
  }
  EXPECT_EQ(SecretKey::from(Algorithm::es256, Secret()).error().code(), "secret-key-out-of-range");
}

}  // namespace
}  // namespace comity::crypto
