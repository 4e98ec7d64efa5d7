#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace comity {

using Bytes = std::vector<std::byte>;
using ByteView = std::span<const std::byte>;

/// The bytes of a string, unchanged. The view lives as long as the string.
[[nodiscard]] inline ByteView as_bytes(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

/// The same bytes as characters; not checked to be UTF-8.
[[nodiscard]] inline std::string_view as_text(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

[[nodiscard]] inline Bytes to_bytes(ByteView view) { return {view.begin(), view.end()}; }
[[nodiscard]] inline Bytes to_bytes(std::string_view text) { return to_bytes(as_bytes(text)); }

inline void append(Bytes& to, ByteView more) { to.insert(to.end(), more.begin(), more.end()); }
inline void append(Bytes& to, std::string_view more) { append(to, as_bytes(more)); }

[[nodiscard]] inline bool equal(ByteView a, ByteView b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size()) == 0);
}

/// Appends an unsigned integer, most significant byte first.
template <class Integer>
void append_big_endian(Bytes& to, Integer value) {
  for (std::size_t i = sizeof(Integer); i-- > 0;)
    to.push_back(static_cast<std::byte>(static_cast<std::uint64_t>(value) >> (8 * i)));
}

/// REQUIRES: from.size() >= sizeof(Integer)
template <class Integer>
[[nodiscard]] Integer big_endian(ByteView from) {
  COMITY_ASSERT(from.size() >= sizeof(Integer));
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < sizeof(Integer); ++i)
    value = value << 8 | std::to_integer<std::uint64_t>(from[i]);
  return static_cast<Integer>(value);
}

/// A SHA-256 value of one kind. `Tag` names what was hashed, so that two kinds neither compare
/// nor convert.
template <class Tag>
struct Digest {
  static constexpr std::size_t kSize = 32;

  std::array<std::byte, kSize> bytes{};

  /// REQUIRES: view.size() == 32
  [[nodiscard]] static Digest from(ByteView view) {
    COMITY_ASSERT(view.size() == kSize);
    Digest digest;
    std::memcpy(digest.bytes.data(), view.data(), kSize);
    return digest;
  }
  [[nodiscard]] ByteView view() const { return bytes; }

  auto operator<=>(const Digest&) const = default;
};

/// For unordered containers: the digest is uniform already.
struct DigestHash {
  template <class Tag>
  std::size_t operator()(const Digest<Tag>& digest) const {
    std::size_t value = 0;
    std::memcpy(&value, digest.bytes.data(), sizeof value);
    return value;
  }
};

/// Lower-case hexadecimal.
[[nodiscard]] std::string to_hex(ByteView bytes);
/// Both cases; refuses `hex-malformed` on odd length or another character.
[[nodiscard]] Result<Bytes> from_hex(std::string_view text);

/// Standard base64 with padding (RFC 4648 section 4).
[[nodiscard]] std::string to_base64(ByteView bytes);
/// Strict: refuses `base64-malformed` on a foreign character, a missing or surplus pad, or unused
/// bits that are not zero, so that each value has exactly one text.
[[nodiscard]] Result<Bytes> from_base64(std::string_view text);

/// URL-safe base64 without padding (RFC 4648 section 5), and its equally strict inverse.
[[nodiscard]] std::string to_base64url(ByteView bytes);
[[nodiscard]] Result<Bytes> from_base64url(std::string_view text);

/// Whether the text is well-formed UTF-8 (no overlong form, no surrogate, at most U+10FFFF).
[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace comity
