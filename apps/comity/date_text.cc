#include <algorithm>
#include <array>
#include <charconv>

#include "base/partial_date.h"

#include "object_text.h"
#include "text.h"

namespace comity::cli {
namespace {

constexpr std::array<const char*, 12> kMonths{"January",   "February", "March",    "April",
                                              "May",       "June",     "July",     "August",
                                              "September", "October",  "November", "December"};

/// Of "2017", "2017-06" or "2017-06-27"; anything else as it stands.
std::string text_of_date(const std::string& text) {
  if (text.size() == 4) return text + " (month not known)";
  unsigned month = 0;
  if (text.size() < 7) return text;
  std::from_chars(text.data() + 5, text.data() + 7, month);
  if (month < 1 || month > kMonths.size()) return text;
  const std::string named = std::string(kMonths.at(month - 1)) + " " + text.substr(0, 4);
  if (text.size() != 10) return named + " (day not known)";
  return (text[8] == '0' ? text.substr(9) : text.substr(8)) + " " + named;
}

}  // namespace

std::string date_text(const Json& date) {
  const std::string text = text_at(date, "date");
  const auto known = PartialDate::parse(text);
  return text_of_date(known ? known->at_most(text_at(date, "precision")).text() : text);
}

std::string date_text(const std::optional<query::StatedDate>& date) {
  if (!date) return {};
  constexpr std::array<std::size_t, 3> kLengths{4, 7, 10};
  constexpr std::int64_t kDay = 86'400;
  const auto length = kLengths.at(static_cast<std::size_t>(std::clamp(date->precision, 0, 2)));
  return text_of_date(to_rfc3339(UnixSeconds{date->first * kDay}).substr(0, length));
}

std::string plain_words(const std::vector<std::string>& words) {
  std::string text = joined(words);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

}  // namespace comity::cli
