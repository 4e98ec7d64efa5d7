#include "query/earliest.h"

#include <algorithm>

#include "base/error.h"
#include "base/partial_date.h"

namespace comity::query {
namespace {

/// Bytes of "2022-08-26".
constexpr std::size_t kDayBytes = 10;

std::optional<std::int64_t> day_of(std::string_view token) {
  const std::size_t begin = token.find_first_not_of(' ');
  if (begin == std::string_view::npos) return std::nullopt;
  token.remove_prefix(begin);
  if (token.size() < kDayBytes) return std::nullopt;
  const auto date = PartialDate::parse(token.substr(0, kDayBytes));
  if (!date) return std::nullopt;
  return date->first_day();
}

std::optional<std::int64_t> smaller(std::optional<std::int64_t> a, std::optional<std::int64_t> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

std::optional<std::int64_t> earliest_day(std::string_view text) {
  std::optional<std::int64_t> earliest;
  for (;;) {
    const std::size_t end = text.find(';');
    earliest = smaller(earliest, day_of(text.substr(0, end)));
    if (end == std::string_view::npos) return earliest;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

Days earliest(const Table& table, std::string_view name, const Marks& rows) {
  const Column& column = table.column(name);
  Days day_of_code;
  day_of_code.reserve(column.distinct());
  for (Column::Code code = 0; code < column.distinct(); ++code)
    day_of_code.push_back(earliest_day(column.text(code)));
  Days days(table.incidents());
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (!rows[row]) continue;
    auto& day = days[table.incident_of(row)];
    for (const auto code : column.of(row)) day = smaller(day, day_of_code[code]);
  }
  return days;
}

Days earliest(const Table& table, std::string_view name) {
  return earliest(table, name, ~Marks(table.rows()));
}

Days earlier(const Days& a, const Days& b) {
  COMITY_ASSERT(a.size() == b.size());
  Days days(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) days[i] = smaller(a[i], b[i]);
  return days;
}

std::vector<std::int64_t> days_between(const Days& from, const Days& to) {
  COMITY_ASSERT(from.size() == to.size());
  std::vector<std::int64_t> days;
  for (std::size_t i = 0; i < from.size(); ++i)
    if (from[i] && to[i]) days.push_back(*to[i] - *from[i]);
  return days;
}

}  // namespace comity::query
