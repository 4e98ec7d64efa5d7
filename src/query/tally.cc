#include "query/tally.h"

#include <algorithm>
#include <utility>

#include "base/error.h"

namespace comity::query {
namespace {

using Code = Column::Code;

/// What an incident has, each once: sorted by incident.
template <std::size_t kTexts>
using Kept = std::vector<std::pair<std::uint32_t, std::array<Code, kTexts>>>;

template <std::size_t kTexts>
void keep_each_once(Kept<kTexts>& kept) {
  std::ranges::sort(kept);
  const auto rest = std::ranges::unique(kept);
  kept.erase(rest.begin(), rest.end());
}

/// Counts equal codes, and names them.
template <std::size_t kTexts, class Name>
Tally<kTexts> tally(std::vector<std::array<Code, kTexts>> codes, const Name& name) {
  std::ranges::sort(codes);
  Tally<kTexts> counted;
  for (auto it = codes.begin(); it != codes.end();) {
    const auto next =
        std::find_if(it, codes.end(), [&](const auto& other) { return other != *it; });
    counted.push_back({.texts = name(*it), .count = static_cast<std::uint64_t>(next - it)});
    it = next;
  }
  sort(counted);
  return counted;
}

template <std::size_t kTexts>
std::vector<std::array<Code, kTexts>> codes_of(const Kept<kTexts>& kept) {
  std::vector<std::array<Code, kTexts>> codes;
  codes.reserve(kept.size());
  for (const auto& [incident, code] : kept) codes.push_back(code);
  return codes;
}

/// The values that meet the condition, with their incidents, as often as they occur.
Kept<1> values_of(const Table& table, const Column& column, const Condition& condition) {
  const Marks met = column.codes_where(condition);
  Kept<1> kept;
  for (std::size_t row = 0; row < table.rows(); ++row)
    for (const Code code : column.of(row))
      if (met[code]) kept.push_back({table.incident_of(row), {code}});
  return kept;
}

/// A code of `column` for the row; one past all where it has none.
Code code_or_none(const Column& column, std::size_t row) {
  const auto codes = column.of(row);
  return codes.empty() ? static_cast<Code>(column.distinct()) : codes.front();
}

std::string text_or_none(const Column& column, Code code) {
  return code < column.distinct() ? std::string(column.text(code)) : std::string();
}

}  // namespace

Tally<1> incidents_by(const Table& table, std::string_view name, const Condition& kept) {
  const Column& column = table.column(name);
  Kept<1> values = values_of(table, column, kept);
  keep_each_once(values);
  return tally(codes_of(values),
               [&](const auto& code) { return std::array{std::string(column.text(code[0]))}; });
}

Tally<1> occurrences_of(const Table& table, std::string_view name, const Condition& kept) {
  const Column& column = table.column(name);
  return tally(codes_of(values_of(table, column, kept)),
               [&](const auto& code) { return std::array{std::string(column.text(code[0]))}; });
}

Tally<2> incidents_by_pair(const Table& table, std::string_view first, std::string_view second) {
  const Column& a = table.column(first);
  const Column& b = table.column(second);
  Kept<2> pairs;
  pairs.reserve(table.rows());
  for (std::size_t row = 0; row < table.rows(); ++row)
    pairs.push_back({table.incident_of(row), {code_or_none(a, row), code_or_none(b, row)}});
  keep_each_once(pairs);
  return tally(codes_of(pairs), [&](const auto& codes) {
    return std::array{text_or_none(a, codes[0]), text_or_none(b, codes[1])};
  });
}

Tally<2> incidents_by_combination(const ColumnOf& first, const ColumnOf& second,
                                  const Condition& kept) {
  COMITY_ASSERT(first.table.incidents() == second.table.incidents());
  const Column& a = first.table.column(first.name);
  const Column& b = second.table.column(second.name);
  Kept<1> firsts = values_of(first.table, a, kept);
  Kept<1> seconds = values_of(second.table, b, kept);
  keep_each_once(firsts);
  keep_each_once(seconds);
  std::vector<std::array<Code, 2>> codes;
  for (const auto& [incident, code] : firsts) {
    const auto begin = std::ranges::lower_bound(seconds, std::pair{incident, std::array{Code{0}}});
    for (auto it = begin; it != seconds.end() && it->first == incident; ++it)
      codes.push_back({code[0], it->second[0]});
  }
  return tally(std::move(codes), [&](const auto& pair) {
    return std::array{std::string(a.text(pair[0])), std::string(b.text(pair[1]))};
  });
}

}  // namespace comity::query
