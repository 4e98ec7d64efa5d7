#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/bytes.h"
#include "base/error.h"
#include "crypto/ed25519.h"
#include "crypto/es256.h"

namespace comity::crypto {

enum class Algorithm : std::uint8_t { ed25519, es256 };

/// "ed25519" or "es256", as key files and the command line write it.
[[nodiscard]] std::string_view name_of(Algorithm algorithm);
/// Its inverse; refuses `algorithm-unknown`.
[[nodiscard]] Result<Algorithm> algorithm_named(std::string_view name);

/// Both algorithms have signatures of 64 bytes.
using Signature = std::array<std::byte, 64>;

/// A verification key of one algorithm. An ES256 key is on the curve; whether an Ed25519 key is a
/// usable point is decided when it verifies something (see ed25519.h).
class PublicKey {
 public:
  /// A key that verifies nothing: all zeros is a point of small order, which ed25519_verify
  /// refuses.
  PublicKey() = default;
  /// Ed25519: 32 bytes; ES256: x || y, 64 bytes. Refuses `public-key-malformed` on another size,
  /// and an ES256 point that is not on the curve.
  [[nodiscard]] static Result<PublicKey> from(Algorithm algorithm, ByteView bytes);
  [[nodiscard]] static PublicKey from(const Ed25519Key& key);
  /// Refuses `public-key-malformed` where the point is not on the curve.
  [[nodiscard]] static Result<PublicKey> from(const Es256Key& key);

  [[nodiscard]] Algorithm algorithm() const { return algorithm_; }
  /// 32 or 64 bytes; lives as long as the key.
  [[nodiscard]] ByteView bytes() const;

  /// REQUIRES: algorithm() == Algorithm::ed25519
  [[nodiscard]] Ed25519Key as_ed25519() const;
  /// REQUIRES: algorithm() == Algorithm::es256
  [[nodiscard]] Es256Key as_es256() const;

  auto operator<=>(const PublicKey&) const = default;

 private:
  Algorithm algorithm_ = Algorithm::ed25519;
  std::array<std::byte, 64> bytes_{};  // zeros after the 32 of an Ed25519 key
};

/// Whether the signature over the message is the key's; see ed25519_verify and es256_verify for
/// what exactly is refused. Pure; any thread.
[[nodiscard]] bool verify(const PublicKey& key, ByteView message, ByteView signature);

}  // namespace comity::crypto
