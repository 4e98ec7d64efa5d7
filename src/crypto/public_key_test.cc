#include "crypto/public_key.h"

#include "crypto/secret_key.h"

namespace comity::crypto {
namespace {

TEST(PublicKey, NamesOfAlgorithmsAreInverse) {
  for (const Algorithm algorithm : {Algorithm::ed25519, Algorithm::es256})
    EXPECT_EQ(algorithm_named(name_of(algorithm)), algorithm);
  EXPECT_EQ(algorithm_named("ES256").error().code(), "algorithm-unknown");
}

TEST(PublicKey, BytesAreInverse) {
  for (const Algorithm algorithm : {Algorithm::ed25519, Algorithm::es256}) {
    const PublicKey key = SecretKey::generate(algorithm).public_key();
    EXPECT_EQ(PublicKey::from(algorithm, key.bytes()), key);
    Bytes longer = to_bytes(key.bytes());
    longer.push_back({});
    EXPECT_EQ(PublicKey::from(algorithm, longer).error().code(), "public-key-malformed");
    const ByteView shorter = key.bytes().first(key.bytes().size() - 1);
    EXPECT_EQ(PublicKey::from(algorithm, shorter).error().code(), "public-key-malformed");
  }
}

TEST(PublicKey, PointOffTheCurveIsRefused) {
  Bytes bytes = to_bytes(SecretKey::generate(Algorithm::es256).public_key().bytes());
  bytes.back() ^= std::byte{1};
  EXPECT_EQ(PublicKey::from(Algorithm::es256, bytes).error().code(), "public-key-malformed");
}

TEST(PublicKey, KeysOfTwoAlgorithmsDiffer) {
  const PublicKey ed25519 = SecretKey::generate(Algorithm::ed25519).public_key();
  const PublicKey es256 = SecretKey::generate(Algorithm::es256).public_key();
  EXPECT_NE(ed25519, es256);
  const auto signature = std::array<std::byte, 64>{};
  EXPECT_FALSE(verify(ed25519, {}, signature));
  EXPECT_FALSE(verify(es256, {}, signature));
}

}  // namespace
}  // namespace comity::crypto
