#include "measure/interval_counts.h"

#include <algorithm>
#include <numeric>

#include "tests/measure/dates.h"

namespace comity::measure {
namespace {

using samples::any_date;
using samples::period;

std::uint64_t spread_sum(std::span<const PeriodVolume> periods) {
  return std::accumulate(
      periods.begin(), periods.end(), std::uint64_t{0},
      [](std::uint64_t sum, const PeriodVolume& row) { return sum + row.spread; });
}

/// The rows by month, for comparing volumes that begin elsewhere.
std::map<Month, PeriodVolume> by_month(const Volume<Month>& volume) {
  std::map<Month, PeriodVolume> rows;
  for (std::size_t i = 0; i < volume.periods.size(); ++i)
    rows[Month{number(volume.first) + static_cast<std::int32_t>(i)}] = volume.periods[i];
  return rows;
}

TEST(IntervalCounts, AYearIsNoBurstOfJanuary) {
  const std::vector<DateInterval> facts(365, samples::year(2023));
  const auto volume = monthly_volume(facts);
  ASSERT_EQ(volume.periods.size(), 12U);
  EXPECT_EQ(volume.first, period(2023, 1));
  EXPECT_EQ(volume.periods[0], (PeriodVolume{.placed = 0, .possible = 365, .spread = 31 * kFact}));
  EXPECT_EQ(volume.periods[1].spread, 28 * kFact);
  EXPECT_EQ(volume.periods[3].spread, 30 * kFact);
}

TEST(IntervalCounts, SpreadsALeapYearByItsDays) {
  const auto volume = monthly_volume(std::vector{samples::year(2024)});
  EXPECT_EQ(volume.periods[1].spread, kFact / 366 * 29);
  EXPECT_EQ(spread_sum(volume.periods), kFact);
}

TEST(IntervalCounts, PlacesDaysAndMonthsWhole) {
  const auto volume = monthly_volume(std::vector{samples::day(2017, 6, 27), samples::month(2017, 6),
                                                 samples::month(2017, 8), samples::year(2017)});
  const auto rows = by_month(volume);
  const std::uint64_t share = kFact / 365;
  EXPECT_EQ(rows.at(period(2017, 6)),
            (PeriodVolume{.placed = 2, .possible = 3, .spread = 2 * kFact + 30 * share}));
  EXPECT_EQ(rows.at(period(2017, 7)),
            (PeriodVolume{.placed = 0, .possible = 1, .spread = 31 * share}));
  EXPECT_EQ(rows.at(period(2017, 8)).placed, 1U);
  EXPECT_EQ(volume.facts, 4U);
  EXPECT_EQ(to_text(*volume.first_possible), "2017-01-01");
  EXPECT_EQ(to_text(*volume.last_possible), "2017-12-31");
}

TEST(IntervalCounts, BoundsComeFromDifferentFacts) {
  const auto volume =
      monthly_volume(std::vector{samples::day(2001, 5, 9), samples::month(2000, 12)});
  EXPECT_EQ(to_text(*volume.first_possible), "2000-12-01");
  EXPECT_EQ(to_text(*volume.last_possible), "2001-05-09");
  ASSERT_EQ(volume.periods.size(), 6U);
  EXPECT_EQ(volume.periods[1], PeriodVolume{});
}

TEST(IntervalCounts, NothingHasNoPeriods) {
  const auto volume = monthly_volume({});
  EXPECT_TRUE(volume.periods.empty());
  EXPECT_FALSE(volume.first_possible.has_value());
  EXPECT_TRUE(yearly_volume({}).periods.empty());
}

TEST(IntervalCounts, YearsPlaceEverything) {
  const auto volume = yearly_volume(
      std::vector{samples::day(2017, 6, 27), samples::month(2019, 6), samples::year(2017)});
  EXPECT_EQ(volume.first, Year{2017});
  ASSERT_EQ(volume.periods.size(), 3U);
  EXPECT_EQ(volume.periods[0], (PeriodVolume{.placed = 2, .possible = 2, .spread = 2 * kFact}));
  EXPECT_EQ(volume.periods[1], PeriodVolume{});
  EXPECT_EQ(volume.periods[2], (PeriodVolume{.placed = 1, .possible = 1, .spread = kFact}));
}

TEST(IntervalCounts, BecomesASeries) {
  const auto volume = monthly_volume(std::vector{samples::month(2017, 6), samples::year(2017)});
  const auto spread = spread_series(volume.periods);
  EXPECT_EQ(spread->unit(), kFact);
  EXPECT_EQ(spread->values()[5], volume.periods[5].spread);
  const auto placed = placed_series(volume.periods);
  EXPECT_EQ(placed->unit(), 1U);
  EXPECT_EQ(placed->values()[5], 1U);
  const auto long_volume = monthly_volume(std::vector{samples::year(2200), samples::year(2017)});
  EXPECT_EQ(spread_series(long_volume.periods).error().code(), "series-too-long");
}

RC_GTEST_PROP(IntervalCountsProperty, AddingAFactAddsExactlyOne, ()) {
  auto facts = *rc::gen::container<std::vector<DateInterval>>(any_date());
  const auto before = monthly_volume(facts);
  facts.push_back(*any_date());
  const auto after = monthly_volume(facts);
  RC_ASSERT(spread_sum(before.periods) == before.facts * kFact);
  RC_ASSERT(spread_sum(after.periods) == spread_sum(before.periods) + kFact);
  RC_ASSERT(spread_sum(yearly_volume(facts).periods) == facts.size() * kFact);
}

RC_GTEST_PROP(IntervalCountsProperty, OrderIsIrrelevant, ()) {
  auto facts = *rc::gen::container<std::vector<DateInterval>>(any_date());
  const auto volume = monthly_volume(facts);
  std::ranges::sort(facts);
  RC_ASSERT(monthly_volume(facts) == volume);
  std::ranges::reverse(facts);
  RC_ASSERT(monthly_volume(facts) == volume);
}

RC_GTEST_PROP(IntervalCountsProperty, EqualsADayByDayCount, ()) {
  const auto facts = *rc::gen::nonEmpty(rc::gen::container<std::vector<DateInterval>>(any_date()));
  std::map<Month, PeriodVolume> expected;
  for (const auto& fact : facts) {
    const std::uint64_t share = fact.days() >= 365 ? kFact / static_cast<unsigned>(fact.days()) : 0;
    for (std::int32_t day = number(fact.first()); day <= number(fact.last()); ++day)
      expected[month_of(Day{day})].spread += share;
    for (auto month = number(fact.first_month()); month <= number(fact.last_month()); ++month)
      ++expected[Month{month}].possible;
    if (share == 0) {
      expected[fact.first_month()].spread += kFact;
      ++expected[fact.first_month()].placed;
    }
  }
  for (const auto& [month, row] : by_month(monthly_volume(facts))) {
    RC_ASSERT(row == expected[month]);
    RC_ASSERT(row.placed * kFact <= row.spread && row.spread <= row.possible * kFact);
  }
}

/// 28 years later the calendar repeats, leap years and all (within 1901 to 2099).
RC_GTEST_PROP(IntervalCountsProperty, ShiftsWithTheCalendar, ()) {
  const auto facts = *rc::gen::container<std::vector<DateInterval>>(any_date());
  std::vector<DateInterval> later;
  for (const auto& fact : facts) {
    const int year = number(year_of(fact.first())) + 28;
    const auto month = static_cast<unsigned>(number(fact.first_month()) % 12 + 1);
    const auto day =
        static_cast<unsigned>(number(fact.first()) - number(first_day(fact.first_month())) + 1);
    later.push_back(fact.days() >= 365 ? samples::year(year)
                    : fact.days() > 1  ? samples::month(year, month)
                                       : samples::day(year, month, day));
  }
  RC_ASSERT(monthly_volume(later).periods == monthly_volume(facts).periods);
}

}  // namespace
}  // namespace comity::measure
