#include "measure/calendar.h"

#include <chrono>

#include <fmt/format.h>

namespace comity::measure {
namespace {

namespace chrono = std::chrono;

constexpr int kMonths = 12;
constexpr int kEpochYear = 1970;

chrono::year_month_day civil(Day day) {
  return chrono::year_month_day(chrono::sys_days(chrono::days(number(day))));
}

chrono::year_month civil(Month month) {
  return chrono::year(kEpochYear) / chrono::January + chrono::months(number(month));
}

Day day_of(chrono::year_month_day date) {
  return Day{static_cast<std::int32_t>(chrono::sys_days(date).time_since_epoch().count())};
}

bool has_year(int year) { return year >= kEpochYear && year <= 9998; }

std::unexpected<Error> no_such_date() {
  return refuse(
      "date-malformed",
      "The calendar has no such date; give a year from 1970 to 9998, and a month and a day "
      "of it where they are known.");
}

}  // namespace

Month month_of(Day day) {
  const auto date = civil(day);
  return Month{(static_cast<int>(date.year()) - kEpochYear) * kMonths +
               static_cast<int>(static_cast<unsigned>(date.month())) - 1};
}

Year year_of(Month month) { return Year{static_cast<int>(civil(month).year())}; }

Year year_of(Day day) { return Year{static_cast<int>(civil(day).year())}; }

Day first_day(Month month) { return day_of(civil(month) / chrono::day(1)); }

Day last_day(Month month) { return day_of(chrono::year_month_day(civil(month) / chrono::last)); }

std::string to_text(Day day) {
  const auto date = civil(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string to_text(Month month) {
  const auto date = civil(month);
  return fmt::format("{:04}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()));
}

std::string to_text(Year year) { return fmt::format("{:04}", number(year)); }

Result<DateInterval> DateInterval::of_year(int year) {
  if (!has_year(year)) return no_such_date();
  const chrono::year y(year);
  return DateInterval(day_of(y / 1 / 1), day_of(y / 12 / 31));
}

Result<DateInterval> DateInterval::of_month(int year, unsigned month) {
  const chrono::year_month date{chrono::year(year), chrono::month(month)};
  if (!has_year(year) || month > 12 || !date.ok()) return no_such_date();
  return DateInterval(day_of(date / chrono::day(1)),
                      day_of(chrono::year_month_day(date / chrono::last)));
}

Result<DateInterval> DateInterval::of_day(int year, unsigned month, unsigned day) {
  const chrono::year_month_day date{chrono::year(year), chrono::month(month), chrono::day(day)};
  if (!has_year(year) || month > 12 || day > 31 || !date.ok()) return no_such_date();
  return DateInterval(day_of(date), day_of(date));
}

}  // namespace comity::measure
