#include "crypto/secret_key.h"

#include <utility>

namespace comity::crypto {

SecretKey::SecretKey(Secret secret, const PublicKey& public_key)
    : secret_(std::move(secret)), public_key_(public_key) {}

SecretKey SecretKey::generate(Algorithm algorithm) {
  auto key = from(algorithm, algorithm == Algorithm::ed25519 ? Secret::random() : es256_generate());
  COMITY_ASSERT(key.has_value());
  return std::move(*key);
}

Result<SecretKey> SecretKey::from(Algorithm algorithm, Secret secret) {
  if (algorithm == Algorithm::ed25519) {
    const PublicKey key = PublicKey::from(ed25519_public_key(secret));
    return SecretKey(std::move(secret), key);
  }
  COMITY_TRY(const Es256Key point, es256_public_key(secret));
  COMITY_TRY(const PublicKey key, PublicKey::from(point));
  return SecretKey(std::move(secret), key);
}

Signature SecretKey::sign(ByteView message) const {
  return algorithm() == Algorithm::ed25519
             ? ed25519_sign(secret_, public_key_.as_ed25519(), message)
             : es256_sign(secret_, public_key_.as_es256(), message);
}

}  // namespace comity::crypto
