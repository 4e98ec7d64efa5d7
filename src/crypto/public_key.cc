#include "crypto/public_key.h"

#include <algorithm>
#include <cstring>

namespace comity::crypto {

std::string_view name_of(Algorithm algorithm) {
  return algorithm == Algorithm::ed25519 ? "ed25519" : "es256";
}

Result<Algorithm> algorithm_named(std::string_view name) {
  if (name == "ed25519") return Algorithm::ed25519;
  if (name == "es256") return Algorithm::es256;
  return refuse("algorithm-unknown",
                "The signature algorithm is not known; use \"ed25519\" or \"es256\".");
}

Result<PublicKey> PublicKey::from(Algorithm algorithm, ByteView bytes) {
  const std::size_t size = algorithm == Algorithm::ed25519 ? 32 : 64;
  if (bytes.size() != size)
    return refuse("public-key-malformed",
                  "The public key has the wrong size; an Ed25519 key has 32 bytes, an ES256 key 64 "
                  "(x, then y).");
  PublicKey key;
  key.algorithm_ = algorithm;
  std::copy(bytes.begin(), bytes.end(), key.bytes_.begin());
  if (algorithm == Algorithm::es256 && !es256_is_on_curve(key.as_es256()))
    return refuse("public-key-malformed",
                  "The ES256 public key is not a point of the curve P-256; export the key again.");
  return key;
}

PublicKey PublicKey::from(const Ed25519Key& bytes) {
  PublicKey key;
  std::copy(bytes.begin(), bytes.end(), key.bytes_.begin());
  return key;
}

Result<PublicKey> PublicKey::from(const Es256Key& point) {
  std::array<std::byte, 64> bytes;
  std::copy(point.x.begin(), point.x.end(), bytes.begin());
  std::copy(point.y.begin(), point.y.end(), bytes.begin() + 32);
  return from(Algorithm::es256, bytes);
}

ByteView PublicKey::bytes() const {
  return ByteView(bytes_).first(algorithm_ == Algorithm::ed25519 ? 32 : 64);
}

Ed25519Key PublicKey::as_ed25519() const {
  COMITY_ASSERT(algorithm_ == Algorithm::ed25519);
  Ed25519Key key;
  std::memcpy(key.data(), bytes_.data(), key.size());
  return key;
}

Es256Key PublicKey::as_es256() const {
  COMITY_ASSERT(algorithm_ == Algorithm::es256);
  Es256Key key;
  std::memcpy(key.x.data(), bytes_.data(), 32);
  std::memcpy(key.y.data(), bytes_.data() + 32, 32);
  return key;
}

bool verify(const PublicKey& key, ByteView message, ByteView signature) {
  return key.algorithm() == Algorithm::ed25519
             ? ed25519_verify(key.as_ed25519(), message, signature)
             : es256_verify(key.as_es256(), message, signature);
}

}  // namespace comity::crypto
