#include "base/partial_date.h"

#include <chrono>
#include <optional>

#include <fmt/format.h>

namespace comity {
namespace {

constexpr std::int64_t kMicrosPerMilli = 1000;
constexpr std::int64_t kMicrosPerDay = kMicrosPerMilli * 1000 * 86'400;

/// The number that exactly fills [at, at+width), or nothing.
std::optional<int> part_at(std::string_view text, std::size_t at, std::size_t width) {
  int value = 0;
  for (const char c : text.substr(at, width)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::chrono::sys_days day_of(int year, int month, int day) {
  return std::chrono::year_month_day(std::chrono::year(year),
                                     std::chrono::month(static_cast<unsigned>(month)),
                                     std::chrono::day(static_cast<unsigned>(day)));
}

}  // namespace

Result<PartialDate> PartialDate::parse(std::string_view text) {
  const auto malformed = [] {
    return refuse("date-malformed", "Write the date as YYYY, YYYY-MM or YYYY-MM-DD, from 1970 on.");
  };
  const std::size_t size = text.size();
  if (size != 4 && size != 7 && size != 10) return malformed();
  if ((size > 4 && text[4] != '-') || (size > 7 && text[7] != '-')) return malformed();
  const auto year = part_at(text, 0, 4);
  const auto month = size > 4 ? part_at(text, 5, 2) : 1;
  const auto day = size > 7 ? part_at(text, 8, 2) : 1;
  if (!year || !month || !day || *year < 1970 || *year > 9998) return malformed();
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return malformed();
  const Precision precision =
      size == 4 ? Precision::kYear : (size == 7 ? Precision::kMonth : Precision::kDay);
  return PartialDate(*year, *month, *day, precision);
}

PartialDate PartialDate::at_most(std::string_view precision_name) const {
  if (precision_name == "year") return PartialDate(year_, 1, 1, Precision::kYear);
  if (precision_name == "month" && precision_ == Precision::kDay)
    return PartialDate(year_, month_, 1, Precision::kMonth);
  return *this;
}

std::string_view PartialDate::precision_name() const {
  switch (precision_) {
    case Precision::kYear:
      return "year";
    case Precision::kMonth:
      return "month";
    case Precision::kDay:
      break;
  }
  return "day";
}

std::string PartialDate::text() const {
  switch (precision_) {
    case Precision::kYear:
      return fmt::format("{:04}", year_);
    case Precision::kMonth:
      return fmt::format("{:04}-{:02}", year_, month_);
    case Precision::kDay:
      break;
  }
  return fmt::format("{:04}-{:02}-{:02}", year_, month_, day_);
}

std::int64_t PartialDate::first_day() const {
  return day_of(year_, month_, day_).time_since_epoch().count();
}

std::int64_t PartialDate::last_day() const {
  auto next = day_of(year_, month_, day_) + std::chrono::days(1);
  if (precision_ == Precision::kYear) next = day_of(year_ + 1, 1, 1);
  if (precision_ == Precision::kMonth)
    next = month_ == 12 ? day_of(year_ + 1, 1, 1) : day_of(year_, month_ + 1, 1);
  return next.time_since_epoch().count() - 1;
}

UnixMicros PartialDate::first() const { return UnixMicros{first_day() * kMicrosPerDay}; }

UnixMicros PartialDate::last() const {
  return UnixMicros{(last_day() + 1) * kMicrosPerDay - kMicrosPerMilli};
}

}  // namespace comity
