#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/time.h"

namespace comity {

/// A date of the Gregorian calendar that says how much of it is known: "2017", "2017-06" or
/// "2017-06-27". A coarse date stands for its whole interval, never for its first day.
class PartialDate {
 public:
  enum class Precision : std::uint8_t { kYear, kMonth, kDay };

  /// Reads YYYY, YYYY-MM or YYYY-MM-DD, years 1970 to 9998. Refuses `date-malformed`.
  [[nodiscard]] static Result<PartialDate> parse(std::string_view text);

  /// The same date, no more exact than "year", "month" or "day": so where somebody states a date
  /// and its precision apart, and they differ, the coarser holds. Any other name changes nothing.
  [[nodiscard]] PartialDate at_most(std::string_view precision_name) const;

  [[nodiscard]] Precision precision() const { return precision_; }
  /// "year", "month" or "day".
  [[nodiscard]] std::string_view precision_name() const;
  /// The text that was read.
  [[nodiscard]] std::string text() const;
  /// The first instant of the interval.
  [[nodiscard]] UnixMicros first() const;
  /// The last millisecond of the interval.
  [[nodiscard]] UnixMicros last() const;
  /// The first and the last day of the interval, in days since 1970-01-01.
  [[nodiscard]] std::int64_t first_day() const;
  [[nodiscard]] std::int64_t last_day() const;

 private:
  PartialDate(int year, int month, int day, Precision precision)
      : year_(year), month_(month), day_(day), precision_(precision) {}

  int year_;
  int month_;
  int day_;
  Precision precision_;
};

}  // namespace comity
