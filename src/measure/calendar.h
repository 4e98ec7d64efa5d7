#pragma once

#include <compare>
#include <cstdint>
#include <string>

#include "base/error.h"

/// Results that anybody recomputes from plain facts: `docs/method/trends.md`. No clock, no I/O, no
/// order of hashing; integers and rationals, floating point for display alone.
namespace comity::measure {

/// Days since 1970-01-01 in the Gregorian calendar; negative before.
enum class Day : std::int32_t {};
/// Months since 1970-01.
enum class Month : std::int32_t {};
/// The year as it is written.
enum class Year : std::int32_t {};

[[nodiscard]] constexpr std::int32_t number(Day day) { return static_cast<std::int32_t>(day); }
[[nodiscard]] constexpr std::int32_t number(Month month) {
  return static_cast<std::int32_t>(month);
}
[[nodiscard]] constexpr std::int32_t number(Year year) { return static_cast<std::int32_t>(year); }

[[nodiscard]] Month month_of(Day day);
[[nodiscard]] Year year_of(Month month);
[[nodiscard]] Year year_of(Day day);
[[nodiscard]] Day first_day(Month month);
[[nodiscard]] Day last_day(Month month);

/// "2017-06-27", "2017-06", "2017".
[[nodiscard]] std::string to_text(Day day);
[[nodiscard]] std::string to_text(Month month);
[[nodiscard]] std::string to_text(Year year);

/// When something was, as far as it is known: one day, one month or one year, never other
/// intervals. All days of it are equally possible.
class DateInterval {
 public:
  /// Years 1970 to 9998. Refuses `date-malformed` outside, and where the calendar has no such date.
  [[nodiscard]] static Result<DateInterval> of_year(int year);
  [[nodiscard]] static Result<DateInterval> of_month(int year, unsigned month);
  [[nodiscard]] static Result<DateInterval> of_day(int year, unsigned month, unsigned day);

  [[nodiscard]] Day first() const { return first_; }
  [[nodiscard]] Day last() const { return last_; }
  /// 1, 28 to 31, 365 or 366.
  [[nodiscard]] std::int32_t days() const { return number(last_) - number(first_) + 1; }
  [[nodiscard]] Month first_month() const { return month_of(first_); }
  [[nodiscard]] Month last_month() const { return month_of(last_); }

  auto operator<=>(const DateInterval&) const = default;

 private:
  DateInterval(Day first, Day last) : first_(first), last_(last) {}

  Day first_;
  Day last_;
};

}  // namespace comity::measure
