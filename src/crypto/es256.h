#pragma once

#include <array>
#include <compare>
#include <cstddef>

#include "base/bytes.h"
#include "base/error.h"
#include "crypto/secret.h"

/// ES256: ECDSA on P-256 with SHA-256 (FIPS 186-5; RFC 9053 section 2.1), by OpenSSL.
namespace comity::crypto {

/// A point of the curve, not at infinity; each coordinate big-endian in 32 bytes.
struct Es256Key {
  std::array<std::byte, 32> x{};
  std::array<std::byte, 32> y{};

  auto operator<=>(const Es256Key&) const = default;
};

/// r || s, each big-endian in 32 bytes (RFC 9053 section 2.1).
using Es256Signature = std::array<std::byte, 64>;

/// Whether x and y are both below the field's prime and stand on the curve.
[[nodiscard]] bool es256_is_on_curve(const Es256Key& key);

/// A fresh scalar, uniform in [1, n-1].
[[nodiscard]] Secret es256_generate();

/// The public point of a scalar. Refuses `secret-key-out-of-range` outside [1, n-1].
[[nodiscard]] Result<Es256Key> es256_public_key(const Secret& scalar);

/// Not deterministic: the nonce is random. REQUIRES: key is the point of the scalar.
[[nodiscard]] Es256Signature es256_sign(const Secret& scalar, const Es256Key& key,
                                        ByteView message);

/// The signature must be 64 bytes with r and s in [1, n-1]. A high s is accepted, as ECDSA allows:
/// so who holds a signature can make a second one, and nothing may rely on there being only one.
/// A key that is not on the curve verifies nothing.
[[nodiscard]] bool es256_verify(const Es256Key& key, ByteView message, ByteView signature);

}  // namespace comity::crypto
