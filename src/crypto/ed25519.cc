#include "crypto/ed25519.h"

#include <cstring>

#include <sodium.h>

#include "crypto/random.h"
#include "crypto/unsigned_bytes.h"

namespace comity::crypto {

Ed25519Key ed25519_public_key(const Secret& seed) {
  start_sodium();
  Ed25519Key key;
  std::array<std::byte, crypto_sign_SECRETKEYBYTES> expanded;
  crypto_sign_seed_keypair(into(key), into(expanded), raw(seed.reveal()));
  wipe(expanded);
  return key;
}

Ed25519Signature ed25519_sign(const Secret& seed, const Ed25519Key& key, ByteView message) {
  start_sodium();
  // libsodium's secret key is the seed with the public key after it.
  std::array<std::byte, crypto_sign_SECRETKEYBYTES> expanded;
  std::memcpy(expanded.data(), seed.reveal().data(), Secret::kSize);
  std::memcpy(expanded.data() + Secret::kSize, key.data(), key.size());
  Ed25519Signature signature;
  crypto_sign_detached(into(signature), nullptr, raw(message), message.size(), raw(expanded));
  wipe(expanded);
  return signature;
}

bool ed25519_verify(const Ed25519Key& key, ByteView message, ByteView signature) {
  start_sodium();
  if (signature.size() != crypto_sign_BYTES) return false;
  return crypto_sign_verify_detached(raw(signature), raw(message), message.size(), raw(key)) == 0;
}

}  // namespace comity::crypto
