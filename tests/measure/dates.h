#pragma once

#include <rapidcheck.h>

#include "measure/calendar.h"

/// Dates for the tests of src/measure.
namespace comity::measure::samples {

inline DateInterval year(int y) { return DateInterval::of_year(y).value(); }
inline DateInterval month(int y, unsigned m) { return DateInterval::of_month(y, m).value(); }
inline DateInterval day(int y, unsigned m, unsigned d) {
  return DateInterval::of_day(y, m, d).value();
}
/// 2017-06 as a period.
inline Month period(int y, unsigned m) { return month(y, m).first_month(); }

/// Dates of a few years around a leap year, of all precisions, so that they meet often.
inline rc::Gen<DateInterval> any_date() {
  return rc::gen::apply(
      [](int precision, int y, unsigned m, unsigned d) {
        if (precision == 0) return year(y);
        if (precision == 1) return month(y, m);
        return day(y, m, d);
      },
      rc::gen::inRange(0, 3), rc::gen::inRange(1999, 2006), rc::gen::inRange(1U, 13U),
      rc::gen::inRange(1U, 29U));
}

}  // namespace comity::measure::samples
