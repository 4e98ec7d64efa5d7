#include <cstddef>
#include <cstdint>
#include <span>

#include "base/bytes.h"

#include "registry_directory.h"
#include "tests/fuzz_target.h"

// A trust file that is read is written so that it is read as the same.
COMITY_FUZZ_TARGET(cli_registry_directory_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  const auto trust = cli::parse_trust(std::as_bytes(std::span(data, size)), "trust.json");
  if (!trust) {
    COMITY_ASSERT(trust.error().code() == "trust-malformed");
    return 0;
  }
  COMITY_ASSERT(trust->log.name == trust->origin);
  const std::string text = cli::print(*trust);
  const auto again = cli::parse_trust(as_bytes(text), "trust.json");
  COMITY_ASSERT(again && cli::print(*again) == text);
  return 0;
}
