#pragma once

#include "base/bytes.h"
#include "base/error.h"
#include "crypto/public_key.h"
#include "crypto/secret.h"

namespace comity::crypto {

/// A signing key of one algorithm: the secret, wiped at the end, and its public key. Moves, never
/// copies. Signing is const and may run on several threads.
class SecretKey {
 public:
  [[nodiscard]] static SecretKey generate(Algorithm algorithm);
  /// An Ed25519 seed or a P-256 scalar; refuses `secret-key-out-of-range` for a scalar that is
  /// zero or not below the order of the curve.
  [[nodiscard]] static Result<SecretKey> from(Algorithm algorithm, Secret secret);

  [[nodiscard]] const PublicKey& public_key() const { return public_key_; }
  [[nodiscard]] Algorithm algorithm() const { return public_key_.algorithm(); }
  [[nodiscard]] Signature sign(ByteView message) const;

  /// For key files.
  [[nodiscard]] const Secret& secret() const { return secret_; }

 private:
  SecretKey(Secret secret, const PublicKey& public_key);

  Secret secret_;
  PublicKey public_key_;
};

}  // namespace comity::crypto
