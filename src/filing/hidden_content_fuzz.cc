#include <cstddef>
#include <cstdint>
#include <span>

#include "filing/hidden_content.h"

#include "tests/fuzz_target.h"

/// What is read writes the same bytes again.
COMITY_FUZZ_TARGET(filing_hidden_content_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  const ByteView bytes = std::as_bytes(std::span(data, size));
  const auto content = filing::parse_hidden(bytes);
  if (content) COMITY_ASSERT(equal(filing::write_hidden(*content), bytes));
  return 0;
}
