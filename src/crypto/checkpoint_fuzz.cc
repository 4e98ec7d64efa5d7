#include "base/error.h"
#include "crypto/checkpoint.h"

#include "tests/fuzz_target.h"

// What parses is written again byte for byte.
COMITY_FUZZ_TARGET(crypto_checkpoint_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto checkpoint = crypto::parse_checkpoint(text);
  if (checkpoint) COMITY_ASSERT(crypto::print(*checkpoint) == text);
  return 0;
}
