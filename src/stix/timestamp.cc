#include "stix/timestamp.h"

#include <algorithm>
#include <array>

#include "stix/ascii.h"

namespace comity::stix {
namespace {

constexpr std::string_view kShape = "0000-00-00T00:00:00";

int two(const char* digits) { return 10 * (digits[0] - '0') + (digits[1] - '0'); }

bool has_shape(std::string_view text) {
  bool right = true;
  for (std::size_t i = 0; i < kShape.size(); ++i)
    right &= kShape[i] == '0' ? is_digit(text[i]) : text[i] == kShape[i];
  return right;
}

int days_of(int year, int month) {
  static constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month) - 1];
}

bool exists(const char* text) {
  const int year = 100 * two(text) + two(text + 2);
  const int month = two(text + 5);
  const int day = two(text + 8);
  const int hour = two(text + 11);
  const int minute = two(text + 14);
  const int second = two(text + 17);
  if (month < 1 || month > 12 || day < 1 || day > days_of(year, month)) return false;
  if (hour > 23 || minute > 59) return false;
  return second <= 59 || (second == 60 && hour == 23 && minute == 59);
}

std::string_view without_zeros(std::string_view fraction) {
  return fraction.substr(0, fraction.find_last_not_of('0') + 1);
}

}  // namespace

Timestamp parse_time(std::string_view text) {
  if (text.size() <= kShape.size() || text.back() != 'Z') return {};
  if (!has_shape(text) || !exists(text.data())) return {};
  Timestamp time{text.substr(0, kShape.size()), {}};
  if (text.size() == kShape.size() + 1) return time;
  if (text[kShape.size()] != '.') return {};
  time.fraction = text.substr(kShape.size() + 1, text.size() - kShape.size() - 2);
  if (time.fraction.empty() || !std::ranges::all_of(time.fraction, is_digit)) return {};
  return time;
}

std::strong_ordering compare(const Timestamp& a, const Timestamp& b) {
  if (const auto order = a.second <=> b.second; order != 0) return order;
  return without_zeros(a.fraction) <=> without_zeros(b.fraction);
}

}  // namespace comity::stix
