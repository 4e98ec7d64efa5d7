#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>

#include "base/bytes.h"

namespace comity::crypto {

/// 32 secret bytes: an Ed25519 seed or a P-256 scalar. Moves, never copies; the memory is wiped
/// when it is moved from or destroyed. Nothing prints or compares it.
class Secret {
 public:
  static constexpr std::size_t kSize = 32;

  Secret() = default;
  /// REQUIRES: bytes.size() == 32. The caller wipes its own copy.
  explicit Secret(ByteView bytes);
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret();

  [[nodiscard]] static Secret random();

  /// Lives as long as the secret; whoever copies it wipes the copy.
  [[nodiscard]] ByteView reveal() const { return bytes_; }
  [[nodiscard]] std::span<std::byte> fill() { return bytes_; }

 private:
  std::array<std::byte, kSize> bytes_{};
};

/// Overwrites with zeros in a way that the compiler keeps.
void wipe(std::span<std::byte> bytes);
void wipe(std::string& text);

}  // namespace comity::crypto
