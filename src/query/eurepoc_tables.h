#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "query/data_sets.h"
#include "query/table.h"

namespace comity::query {

/// EuRepoC's three files as the record has them (docs/mapping.md), columns by their names in lower
/// case. A claim, or a row of it, whose incident is gone is left out.
struct EurepocTables {
  Table incidents;     ///< one row an incident; column "id"
  Table attributions;  ///< one row for each combination that an attribution was coded with
  Table receivers;

  /// For each row of `attributions` its attribution, numbered from 0, or kNoAttribution.
  std::vector<std::uint32_t> attribution_of;
  /// Places of incidents in the order in which the record got them, which is the file's.
  std::vector<std::uint32_t> order;

  static constexpr std::uint32_t kNoAttribution = 0xffffffff;
};

[[nodiscard]] Result<EurepocTables> read_eurepoc(const Snapshot& snapshot, std::uint64_t size,
                                                 const DataSet& data_set);

/// Categories of an initiator that stand for a state.
inline constexpr std::array<std::string_view, 2> kStateCategories{
    "State", "Non-state actor, state-affiliation suggested"};

/// A value that says something. EuRepoC has several words for "missing".
[[nodiscard]] bool is_known(std::string_view value);
[[nodiscard]] bool is_given(std::string_view value);

}  // namespace comity::query
