#include <cstddef>
#include <cstdint>
#include <span>

#include "filing/manifest.h"

#include "tests/fuzz_target.h"

/// What is read writes the same bytes again.
COMITY_FUZZ_TARGET(filing_manifest_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  const ByteView bytes = std::as_bytes(std::span(data, size));
  const auto items = filing::parse_manifest(bytes);
  if (items) COMITY_ASSERT(equal(filing::write_manifest(*items), bytes));
  return 0;
}
