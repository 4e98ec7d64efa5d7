#pragma once

#include <cstddef>
#include <span>

#include "base/bytes.h"

namespace comity::crypto {

// Bytes as libsodium and OpenSSL take them, to read from and to write into.

[[nodiscard]] inline const unsigned char* raw(ByteView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

[[nodiscard]] inline unsigned char* into(std::span<std::byte> bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

}  // namespace comity::crypto
