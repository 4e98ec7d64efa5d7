#include "measure/series.h"

#include <algorithm>

namespace comity::measure {

Result<Series> Series::from(std::vector<std::uint64_t> values, std::uint64_t unit) {
  COMITY_ASSERT(unit >= 1 && unit <= kMaxUnit);
  if (values.size() > kMaxPeriods) {
    return refuse(
        "series-too-long",
        "A trend is computed over at most 2,000 periods; choose a shorter range of dates, "
        "or years instead of months.");
  }
  if (std::ranges::any_of(values, [](std::uint64_t value) { return value > kMaxValue; })) {
    return refuse("series-value-too-large",
                  "A value of the series is above 2^44 units; choose shorter periods or a coarser "
                  "unit.");
  }
  return Series(std::move(values), unit);
}

}  // namespace comity::measure
