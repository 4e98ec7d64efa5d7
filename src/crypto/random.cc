#include "crypto/random.h"

#include <sodium.h>

#include "base/error.h"

namespace comity::crypto {

void start_sodium() {
  // A negative result means that the system has no source of randomness: nothing can go on.
  static const bool started = sodium_init() >= 0;
  COMITY_ASSERT(started);
}

void fill_random(std::span<std::byte> bytes) {
  start_sodium();
  randombytes_buf(bytes.data(), bytes.size());
}

}  // namespace comity::crypto
