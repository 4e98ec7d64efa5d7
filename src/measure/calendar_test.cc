#include "measure/calendar.h"

#include "tests/measure/dates.h"

namespace comity::measure {
namespace {

TEST(Calendar, CountsFromTheEpoch) {
  EXPECT_EQ(number(samples::day(1970, 1, 1).first()), 0);
  EXPECT_EQ(to_text(last_day(Month{-1})), "1969-12-31");
  EXPECT_EQ(number(samples::day(2017, 6, 27).first()), 17344);
  EXPECT_EQ(number(samples::period(1970, 1)), 0);
  EXPECT_EQ(month_of(Day{-1}), Month{-1});
  EXPECT_EQ(number(samples::period(2017, 6)), 47 * 12 + 5);
}

TEST(Calendar, GivesIntervalsTheirDays) {
  EXPECT_EQ(samples::year(2023).days(), 365);
  EXPECT_EQ(samples::year(2024).days(), 366);
  EXPECT_EQ(samples::year(2100).days(), 365);
  EXPECT_EQ(samples::year(2000).days(), 366);
  EXPECT_EQ(samples::month(2024, 2).days(), 29);
  EXPECT_EQ(samples::month(2023, 4).days(), 30);
  EXPECT_EQ(samples::day(2024, 2, 29).days(), 1);
}

TEST(Calendar, WritesDates) {
  EXPECT_EQ(to_text(samples::day(2017, 6, 27).first()), "2017-06-27");
  EXPECT_EQ(to_text(samples::period(2017, 6)), "2017-06");
  EXPECT_EQ(to_text(year_of(samples::period(2017, 6))), "2017");
  EXPECT_EQ(to_text(Year{33}), "0033");
}

TEST(Calendar, RefusesDatesThatDoNotExist) {
  EXPECT_EQ(DateInterval::of_year(1969).error().code(), "date-malformed");
  EXPECT_EQ(DateInterval::of_year(9999).error().code(), "date-malformed");
  EXPECT_TRUE(DateInterval::of_year(9998).has_value());
  for (const unsigned month : {0U, 13U, 256U, 257U, 4'294'967'295U})
    EXPECT_EQ(DateInterval::of_month(2017, month).error().code(), "date-malformed") << month;
  EXPECT_EQ(DateInterval::of_month(100'000, 1).error().code(), "date-malformed");
  EXPECT_EQ(DateInterval::of_day(2023, 2, 29).error().code(), "date-malformed");
  EXPECT_EQ(DateInterval::of_day(2023, 1, 0).error().code(), "date-malformed");
  EXPECT_EQ(DateInterval::of_day(2023, 257, 1).error().code(), "date-malformed");
  EXPECT_EQ(DateInterval::of_day(2023, 1, 257).error().code(), "date-malformed");
}

RC_GTEST_PROP(CalendarProperty, MonthsTileTheDays, ()) {
  const Month month{*rc::gen::inRange(-23'000, 96'000)};
  RC_ASSERT(month_of(first_day(month)) == month);
  RC_ASSERT(month_of(last_day(month)) == month);
  RC_ASSERT(number(last_day(month)) + 1 == number(first_day(Month{number(month) + 1})));
  RC_ASSERT(year_of(first_day(month)) == year_of(month));
}

}  // namespace
}  // namespace comity::measure
