#include <cstdint>

#include "base/error.h"
#include "base/partial_date.h"
#include "base/time.h"

#include "tests/fuzz_target.h"

// A timestamp that is read is written so that it is read as the same; a date is its own text, and
// an interval that begins before it ends.
COMITY_FUZZ_TARGET(base_time_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto time = parse_timestamp(text)) {
    COMITY_ASSERT(count(*time) >= 0);
    COMITY_ASSERT(parse_timestamp(to_rfc3339(*time)) == *time);
  } else {
    COMITY_ASSERT(time.error().code() == "timestamp-malformed");
  }
  const auto date = PartialDate::parse(text);
  if (!date) {
    COMITY_ASSERT(date.error().code() == "date-malformed");
    return 0;
  }
  COMITY_ASSERT(date->text() == text);
  COMITY_ASSERT(count(date->first()) < count(date->last()));
  COMITY_ASSERT(date->first_day() <= date->last_day());
  COMITY_ASSERT(parse_timestamp(to_rfc3339(date->last())) == date->last());
  return 0;
}
