#pragma once

#include <rapidcheck.h>

#include "crypto/secret_key.h"

#include "tests/random_bytes.h"

namespace comity::crypto {

/// A signing key that RapidCheck draws, so that its seed gives the same one again.
inline SecretKey random_key(Algorithm algorithm) {
  Bytes secret = drawn_bytes(Secret::kSize);
  secret.front() = std::byte{1};  // not zero, and below the order of P-256, whatever follows
  return SecretKey::from(algorithm, Secret(secret)).value();
}
inline SecretKey random_key() {
  return random_key(*rc::gen::element(Algorithm::ed25519, Algorithm::es256));
}

}  // namespace comity::crypto
