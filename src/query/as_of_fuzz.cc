#include <cstdint>

#include "base/error.h"
#include "base/partial_date.h"

#include "query/as_of.h"
#include "tests/fuzz_target.h"

// What a person writes: digits alone are a size; a time is one of the log's, and read again it is
// the same.
COMITY_FUZZ_TARGET(query_as_of_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto as_of = query::parse_as_of(text);
  if (!as_of) {
    COMITY_ASSERT(as_of.error().code() == "as-of-malformed");
    return 0;
  }
  const bool is_number = text.find_first_not_of("0123456789") == std::string_view::npos;
  COMITY_ASSERT(std::holds_alternative<query::AtSize>(*as_of) == is_number);
  if (const auto* at = std::get_if<query::AtTime>(&*as_of)) {
    COMITY_ASSERT(count(at->time) >= 0);
    COMITY_ASSERT(query::parse_as_of(to_rfc3339(at->time)) == *as_of);
  }
  return 0;
}
