#include "measure/reporting_delay.h"

#include <algorithm>

#include "tests/measure/dates.h"

namespace comity::measure {
namespace {

using samples::day;
using samples::period;

/// An event of January 2000 that was disclosed so many months later.
Disclosure after(int months) {
  return {.occurred = day(2000, 1, 15),
          .disclosed = samples::month(2000 + months / 12, static_cast<unsigned>(months % 12 + 1))};
}

DelayQuestion question(std::uint32_t percent = 90) {
  return {.as_of = period(2020, 12), .settled_after = 24, .percent = percent};
}

TEST(ReportingDelay, IsAnOrderStatistic) {
  std::vector<Disclosure> events;
  for (int months = 1; months <= 10; ++months) events.push_back(after(months));
  EXPECT_EQ(reporting_delay(events, question(90))->most, 9);
  EXPECT_EQ(reporting_delay(events, question(91))->most, 10);
  EXPECT_EQ(reporting_delay(events, question(100))->most, 10);
  EXPECT_EQ(reporting_delay(events, question(50))->most, 5);
  EXPECT_EQ(reporting_delay(events, question(1))->most, 1);
  EXPECT_EQ(reporting_delay(events, question())->settled, 10U);
  events.erase(events.begin() + 7, events.end());
  EXPECT_EQ(reporting_delay(events, question(43))->most, 4);  // 3.01 of 7 events
}

TEST(ReportingDelay, RespectsPrecision) {
  const std::vector<Disclosure> events{
      {.occurred = samples::year(2000), .disclosed = samples::month(2001, 3)}};
  const auto delay = reporting_delay(events, question());
  EXPECT_EQ(delay->least, 3);  // from December
  EXPECT_EQ(delay->most, 14);  // from January
}

TEST(ReportingDelay, CountsNegativeOnesAndKeepsThem) {
  const std::vector<Disclosure> events{
      {.occurred = day(2000, 5, 1), .disclosed = day(2000, 3, 1)},
      {.occurred = samples::year(2000), .disclosed = samples::month(2000, 3)}};
  const auto delay = reporting_delay(events, question(50));
  EXPECT_EQ(delay->negative, 1U);  // the second may have happened in January
  EXPECT_EQ(delay->least, -9);
  EXPECT_EQ(delay->most, -2);
  EXPECT_EQ(grey_from(*delay, period(2020, 12)), period(2021, 1));
}

TEST(ReportingDelay, LeavesOutWhatIsTooRecent) {
  const std::vector<Disclosure> events{
      {.occurred = day(2018, 12, 31), .disclosed = day(2019, 1, 1)},
      {.occurred = day(2019, 1, 1), .disclosed = day(2020, 1, 1)},
      {.occurred = samples::year(2018), .disclosed = day(2019, 1, 1)}};
  const auto delay = reporting_delay(events, question(100));
  EXPECT_EQ(delay->settled, 2U);
  EXPECT_EQ(delay->too_recent, 1U);
  EXPECT_EQ(delay->most, 12);
}

TEST(ReportingDelay, SaysNothingWithoutEvents) {
  EXPECT_FALSE(reporting_delay({}, question()).has_value());
  const std::vector<Disclosure> recent{
      {.occurred = day(2020, 12, 1), .disclosed = day(2020, 12, 1)}};
  EXPECT_FALSE(reporting_delay(recent, question()).has_value());
}

TEST(ReportingDelay, GreysTheMonthsThatAreNotWhole) {
  const Month as_of = period(2020, 12);
  EXPECT_EQ(grey_from({.least = 1, .most = 3}, as_of), period(2020, 10));
  EXPECT_EQ(grey_from({.least = 0, .most = 0}, as_of), period(2021, 1));
}

RC_GTEST_PROP(ReportingDelayProperty, TheStatisticCoversThePercentageAndNoLessDoes, ()) {
  const auto months =
      *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 40)));
  const auto percent = *rc::gen::inRange(1U, 101U);
  std::vector<Disclosure> events;
  for (const int m : months) events.push_back(after(m));
  const auto delay = reporting_delay(events, question(percent));
  const auto covered = [&](int most) {
    return 100 * static_cast<std::size_t>(
                     std::ranges::count_if(months, [&](int m) { return m <= most; })) >=
           percent * months.size();
  };
  RC_ASSERT(delay->least == delay->most);
  RC_ASSERT(covered(delay->most));
  RC_ASSERT(!covered(delay->most - 1));
  std::ranges::reverse(events);
  RC_ASSERT(reporting_delay(events, question(percent)) == delay);
}

}  // namespace
}  // namespace comity::measure
