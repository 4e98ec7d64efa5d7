#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace comity::crypto {

/// Fills the bytes from the system's generator (libsodium), fit for keys. Any thread.
void fill_random(std::span<std::byte> bytes);

/// For salts, nonces and tokens: `random_bytes<16>()`.
template <std::size_t N>
[[nodiscard]] std::array<std::byte, N> random_bytes() {
  std::array<std::byte, N> bytes;
  fill_random(bytes);
  return bytes;
}

/// Prepares libsodium once for the whole process; every function of ours that uses it calls this.
void start_sodium();

}  // namespace comity::crypto
