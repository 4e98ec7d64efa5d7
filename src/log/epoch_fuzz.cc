// Whatever parses as an epoch file is written again to the same bytes.

#include "log/epoch.h"

#include "tests/fuzz_target.h"

COMITY_FUZZ_TARGET(log_epoch_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto epoch = log::parse_epoch(text)) COMITY_ASSERT(log::print(*epoch) == text);
  return 0;
}
