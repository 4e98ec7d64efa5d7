#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "measure/rational.h"

namespace comity::measure {

/// The value in the middle; of an even number of values the mean of the two there. Nothing of none.
/// REQUIRES: values below 2^62.
[[nodiscard]] std::optional<Rational> median(std::vector<std::int64_t> values);

/// The order statistic of rank ceil(percent * n / 100), at least 1: the nearest rank, type 1 of
/// Hyndman and Fan (1996). Nothing of none. REQUIRES: percent <= 100.
[[nodiscard]] std::optional<std::int64_t> nearest_rank(std::vector<std::int64_t> values,
                                                       std::uint32_t percent);

/// The value as a whole number of `unit`ths, a tie to the even one: 1/8 in hundredths is 12.
/// REQUIRES: the value times `unit` fits in 63 bits; unit > 0.
[[nodiscard]] std::int64_t rounded(const Rational& value, std::int64_t unit);

}  // namespace comity::measure
