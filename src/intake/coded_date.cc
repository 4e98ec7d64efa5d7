#include "intake/coded_date.h"

#include <string>

#include "intake/cell_text.h"

namespace comity::intake {
namespace {

constexpr std::int64_t kDay = std::int64_t{86'400} * 1'000'000;

std::int64_t days(const PartialDate& from, const PartialDate& to) {
  return (count(to.first()) - count(from.first())) / kDay;
}

/// The date with day and month exchanged, where that is another date.
std::optional<PartialDate> swapped(const PartialDate& date) {
  const std::string text = date.text();
  if (date.precision() != PartialDate::Precision::kDay) return std::nullopt;
  const std::string other = text.substr(0, 5) + text.substr(8, 2) + "-" + text.substr(5, 2);
  auto read = PartialDate::parse(other);
  if (!read || other == text) return std::nullopt;
  return *read;
}

}  // namespace

CodedDate coded_date(std::string_view cell) {
  const std::string_view text = stripped(cell);
  if (text.empty()) return {std::nullopt, "missing"};
  const bool ended = text.size() <= 10 || text[10] == ' ' || text[10] == 'T';
  const auto day = PartialDate::parse(text.substr(0, 10));
  if (!day || day->precision() != PartialDate::Precision::kDay || !ended)
    return {std::nullopt, "malformed"};
  if (text.substr(4, 6) == "-01-01")
    return {*PartialDate::parse(text.substr(0, 4)), "first_of_january"};
  if (text.substr(7, 3) == "-01") return {*PartialDate::parse(text.substr(0, 7)), "first_of_month"};
  return {*day, ""};
}

bool swapped_days(const PartialDate& start, const PartialDate& end) {
  const auto day = PartialDate::Precision::kDay;
  if (start.precision() != day || end.precision() != day) return false;
  const auto near = [](const std::optional<PartialDate>& from,
                       const std::optional<PartialDate>& to) {
    return from && to && days(*from, *to) >= 0 && days(*from, *to) <= 3;
  };
  const std::int64_t stands = days(start, end);
  if (stands >= 0 && stands <= 27) return false;
  const auto from = swapped(start);
  const auto to = swapped(end);
  return near(from, end) || near(start, to) || near(from, to);
}

}  // namespace comity::intake
