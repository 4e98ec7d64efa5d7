#include <cstddef>
#include <cstdint>
#include <span>

#include "filing/control.h"

#include "tests/fuzz_target.h"

/// What is read writes the same bytes again.
COMITY_FUZZ_TARGET(filing_control_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  const ByteView bytes = std::as_bytes(std::span(data, size));
  const auto control = filing::parse_control(bytes);
  if (control) COMITY_ASSERT(equal(filing::write_control(*control), bytes));
  return 0;
}
