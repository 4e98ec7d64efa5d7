#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "measure/calendar.h"
#include "measure/series.h"

namespace comity::measure {

/// 365 * 366: so many units are one fact. A day of a common year then is 366 units of a fact whose
/// year alone is known, a day of a leap year 365: every share is whole, and sums are exact.
inline constexpr std::uint64_t kFact = std::uint64_t{365} * 366;

/// How many facts fall into one period, as far as can be said.
struct PeriodVolume {
  /// Facts whose whole interval lies in the period: the least possible number.
  std::uint64_t placed = 0;
  /// Facts whose interval touches the period: the greatest possible number.
  std::uint64_t possible = 0;
  /// In units of 1/kFact: the placed ones, and of each other fact its days in the period over the
  /// days of its interval.
  std::uint64_t spread = 0;

  bool operator==(const PeriodVolume&) const = default;
};

/// Consecutive periods (`Month` or `Year`) from that of the first possible day to that of the last,
/// empty ones included; none where there is no fact. The spread of all periods is facts * kFact.
template <class Period>
struct Volume {
  Period first{};
  std::vector<PeriodVolume> periods;
  std::uint64_t facts = 0;
  /// The earliest day on which any fact can lie, and the latest.
  std::optional<Day> first_possible;
  std::optional<Day> last_possible;

  bool operator==(const Volume&) const = default;
};

/// A fact known to the day or month is placed in its month; one known to the year alone is spread
/// evenly over the days of that year, so that January gets 31/365 of it and no burst. The order of
/// facts is irrelevant. At most 96,348 months; linear in facts and months.
[[nodiscard]] Volume<Month> monthly_volume(std::span<const DateInterval> facts);
/// Every fact is placed: its year is known.
[[nodiscard]] Volume<Year> yearly_volume(std::span<const DateInterval> facts);

/// For slope and change points: the spread in units of kFact, or the placed facts alone. Refuses as
/// `Series::from`.
[[nodiscard]] Result<Series> spread_series(std::span<const PeriodVolume> periods);
[[nodiscard]] Result<Series> placed_series(std::span<const PeriodVolume> periods);

}  // namespace comity::measure
