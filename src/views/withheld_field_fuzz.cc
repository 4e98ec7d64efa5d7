#include <cstdint>

#include "base/error.h"
#include "views/withheld_field.h"

#include "tests/fuzz_target.h"

/// Whatever a server says that it withholds: spans in order, none empty, each list with one text.
COMITY_FUZZ_TARGET(views_withheld_field_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  const std::string_view field(reinterpret_cast<const char*>(data), size);
  const auto ranges = views::parse_withheld(field);
  if (!ranges) return 0;
  std::uint64_t end = 0;
  for (const views::ByteRange& range : *ranges) {
    COMITY_ASSERT(range.begin >= end && range.end > range.begin);
    end = range.end;
  }
  COMITY_ASSERT(views::print_withheld(*ranges) == field);
  return 0;
}
