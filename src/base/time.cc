#include "base/time.h"

#include <array>
#include <chrono>
#include <optional>

#include <fmt/format.h>

namespace comity {
namespace {

namespace chrono = std::chrono;

constexpr std::int64_t kSecond = 1'000'000;

std::string date_and_time(std::int64_t seconds) {
  const chrono::sys_seconds point{chrono::seconds(seconds)};
  const chrono::sys_days day = chrono::floor<chrono::days>(point);
  const chrono::year_month_day date(day);
  const chrono::hh_mm_ss time(point - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

/// The number that exactly fills [at, at+width), or nothing.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t width) {
  if (text.size() < at + width) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(at, width)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

/// Microseconds written after the second: "" or "." and one to six digits.
std::optional<std::int64_t> fraction(std::string_view text) {
  if (text.empty()) return 0;
  if (text[0] != '.' || text.size() < 2 || text.size() > 7) return std::nullopt;
  const auto value = digits(text, 1, text.size() - 1);
  if (!value) return std::nullopt;
  std::int64_t micros = *value;
  for (std::size_t i = text.size(); i < 7; ++i) micros *= 10;
  return micros;
}

std::optional<std::int64_t> micros_of(std::string_view text) {
  if (text.size() < 20 || text.back() != 'Z' || text[4] != '-' || text[7] != '-' ||
      text[10] != 'T' || text[13] != ':' || text[16] != ':')
    return std::nullopt;
  static constexpr std::array<std::array<std::size_t, 2>, 6> kFields{
      {{0, 4}, {5, 2}, {8, 2}, {11, 2}, {14, 2}, {17, 2}}};
  std::array<int, 6> value{};
  for (std::size_t i = 0; i < kFields.size(); ++i) {
    const auto field = digits(text, kFields[i][0], kFields[i][1]);
    if (!field) return std::nullopt;
    value[i] = *field;
  }
  const chrono::year_month_day date{chrono::year{value[0]},
                                    chrono::month{static_cast<unsigned>(value[1])},
                                    chrono::day{static_cast<unsigned>(value[2])}};
  const auto part = fraction(text.substr(19, text.size() - 20));
  if (!date.ok() || value[0] < 1970 || value[3] > 23 || value[4] > 59 || value[5] > 59 || !part)
    return std::nullopt;
  const auto seconds = chrono::sys_days(date).time_since_epoch() + chrono::hours(value[3]) +
                       chrono::minutes(value[4]) + chrono::seconds(value[5]);
  return chrono::seconds(seconds).count() * kSecond + *part;
}

}  // namespace

std::string to_rfc3339(UnixSeconds time) { return date_and_time(count(time)) + "Z"; }

std::string to_rfc3339(UnixMicros time) {
  const std::int64_t part = count(time) % kSecond;
  const std::string whole = date_and_time(count(time) / kSecond);
  if (part % 1000 == 0) return fmt::format("{}.{:03}Z", whole, part / 1000);
  return fmt::format("{}.{:06}Z", whole, part);
}

Result<UnixMicros> parse_timestamp(std::string_view text) {
  if (const auto micros = micros_of(text)) return UnixMicros{*micros};
  return refuse("timestamp-malformed",
                "The time is not RFC 3339 in UTC, such as 2017-06-27T10:00:00.000Z, from 1970 on "
                "and with at most six digits after the second.");
}

UnixMicros SystemClock::now() const {
  return UnixMicros{std::chrono::duration_cast<std::chrono::microseconds>(
                        std::chrono::system_clock::now().time_since_epoch())
                        .count()};
}

}  // namespace comity
