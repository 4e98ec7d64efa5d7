#include "measure/interval_counts.h"

#include <algorithm>

namespace comity::measure {
namespace {

Month period_of(Day day, Month /*which*/) { return month_of(day); }
Year period_of(Day day, Year /*which*/) { return year_of(day); }

Day last_of(Month month) { return last_day(month); }
Day last_of(Year year) { return last_day(Month{(number(year) - 1970) * 12 + 11}); }

/// An empty row for each period between the bounds of all facts.
template <class Period>
Volume<Period> empty_rows(std::span<const DateInterval> facts) {
  Volume<Period> volume;
  if (facts.empty()) return volume;
  volume.facts = facts.size();
  volume.first_possible = std::ranges::min(facts, {}, &DateInterval::first).first();
  volume.last_possible = std::ranges::max(facts, {}, &DateInterval::last).last();
  volume.first = period_of(*volume.first_possible, Period{});
  const Period last = period_of(*volume.last_possible, Period{});
  volume.periods.resize(static_cast<std::size_t>(number(last) - number(volume.first)) + 1);
  return volume;
}

template <class Period>
void add(Volume<Period>& volume, const DateInterval& fact) {
  const auto days = static_cast<std::uint64_t>(fact.days());
  const Period first = period_of(fact.first(), Period{});
  const Period last = period_of(fact.last(), Period{});
  Day next = fact.first();
  for (std::int32_t period = number(first); period <= number(last); ++period) {
    PeriodVolume& row = volume.periods[static_cast<std::size_t>(period - number(volume.first))];
    const std::int32_t end = std::min(number(last_of(Period{period})), number(fact.last())) + 1;
    ++row.possible;
    if (first == last) {
      ++row.placed;
      row.spread += kFact;
    } else {
      // Only a year is longer than a month, so `days` divides kFact.
      row.spread += static_cast<std::uint64_t>(end - number(next)) * (kFact / days);
    }
    next = Day{end};
  }
}

template <class Period>
Volume<Period> volume_of(std::span<const DateInterval> facts) {
  auto volume = empty_rows<Period>(facts);
  for (const DateInterval& fact : facts) add(volume, fact);
  return volume;
}

}  // namespace

Volume<Month> monthly_volume(std::span<const DateInterval> facts) {
  return volume_of<Month>(facts);
}

Volume<Year> yearly_volume(std::span<const DateInterval> facts) { return volume_of<Year>(facts); }

Result<Series> spread_series(std::span<const PeriodVolume> periods) {
  std::vector<std::uint64_t> values(periods.size());
  std::ranges::transform(periods, values.begin(), &PeriodVolume::spread);
  return Series::from(std::move(values), kFact);
}

Result<Series> placed_series(std::span<const PeriodVolume> periods) {
  std::vector<std::uint64_t> values(periods.size());
  std::ranges::transform(periods, values.begin(), &PeriodVolume::placed);
  return Series::from(std::move(values), 1);
}

}  // namespace comity::measure
