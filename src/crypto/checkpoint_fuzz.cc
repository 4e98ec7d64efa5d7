#include "base/error.h"
#include "crypto/checkpoint.h"

// What parses is written again byte for byte.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto checkpoint = crypto::parse_checkpoint(text);
  if (checkpoint) COMITY_ASSERT(crypto::print(*checkpoint) == text);
  return 0;
}
