#include "crypto/secret.h"

#include <cstring>

#include <sodium.h>

#include "crypto/random.h"

namespace comity::crypto {

Secret::Secret(ByteView bytes) {
  COMITY_ASSERT(bytes.size() == kSize);
  std::memcpy(bytes_.data(), bytes.data(), kSize);
}

Secret::Secret(Secret&& other) noexcept : bytes_(other.bytes_) { wipe(other.bytes_); }

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this == &other) return *this;
  bytes_ = other.bytes_;
  wipe(other.bytes_);
  return *this;
}

Secret::~Secret() { wipe(bytes_); }

Secret Secret::random() {
  Secret secret;
  fill_random(secret.bytes_);
  return secret;
}

void wipe(std::span<std::byte> bytes) { sodium_memzero(bytes.data(), bytes.size()); }

void wipe(std::string& text) {
  sodium_memzero(text.data(), text.size());
  text.clear();
}

}  // namespace comity::crypto
