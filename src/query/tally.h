#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "query/table.h"

namespace comity::query {

/// How often something occurs: one text, or two that belong together.
template <std::size_t kTexts>
struct Occurrence {
  std::array<std::string, kTexts> texts;
  std::uint64_t count = 0;

  bool operator==(const Occurrence&) const = default;
};

/// The most frequent first, equal ones by their texts, bytewise.
template <std::size_t kTexts>
using Tally = std::vector<Occurrence<kTexts>>;

/// Puts it into that order.
template <std::size_t kTexts>
void sort(Tally<kTexts>& tally) {
  std::ranges::sort(tally, [](const auto& a, const auto& b) {
    return std::tie(b.count, a.texts) < std::tie(a.count, b.texts);
  });
}

/// Incidents by a value that some row of theirs has in the column; each incident counts once for
/// each value. `kept`: which values.
[[nodiscard]] Tally<1> incidents_by(const Table& table, std::string_view column,
                                    const Condition& kept);
/// Values that meet the condition, each time they occur.
[[nodiscard]] Tally<1> occurrences_of(const Table& table, std::string_view column,
                                      const Condition& kept);
/// Incidents by two values that one row of theirs has; where a row has none it counts as "".
[[nodiscard]] Tally<2> incidents_by_pair(const Table& table, std::string_view first,
                                         std::string_view second);

struct ColumnOf {
  const Table& table;
  std::string_view name;
};
/// Incidents by each combination of a value that they have in the first with one in the second
/// column, whatever the rows. REQUIRES: the tables are of the same incidents.
[[nodiscard]] Tally<2> incidents_by_combination(const ColumnOf& first, const ColumnOf& second,
                                                const Condition& kept);

}  // namespace comity::query
