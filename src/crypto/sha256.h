#pragma once

#include <array>
#include <cstddef>
#include <initializer_list>

#include <openssl/sha.h>

#include "base/bytes.h"

namespace comity::crypto {

/// SHA-256 (FIPS 180-4) of bytes that come in pieces. A value: copying it copies the state, so a
/// common beginning can be hashed once. One thread at a time.
class Sha256 {
 public:
  Sha256();

  Sha256& update(ByteView bytes);
  Sha256& update(std::byte byte) { return update(ByteView(&byte, 1)); }

  /// The hash of all that was given. The hasher must not be used afterwards.
  [[nodiscard]] std::array<std::byte, 32> finish();

 private:
  SHA256_CTX state_;
};

/// The hash of the parts, one after the other, nothing between them.
[[nodiscard]] std::array<std::byte, 32> sha256(std::initializer_list<ByteView> parts);
[[nodiscard]] std::array<std::byte, 32> sha256(ByteView bytes);

/// The same as a digest of its own kind: `digest_of<ObjectTag>({salt, bytes})`.
template <class Tag>
[[nodiscard]] Digest<Tag> digest_of(std::initializer_list<ByteView> parts) {
  return Digest<Tag>{sha256(parts)};
}
template <class Tag>
[[nodiscard]] Digest<Tag> digest_of(ByteView bytes) {
  return Digest<Tag>{sha256(bytes)};
}

}  // namespace comity::crypto
