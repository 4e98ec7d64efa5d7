#pragma once

#include <string_view>

#include "query/data_sets.h"
#include "query/figures.h"
#include "query/snapshot.h"

namespace comity::query {

/// The data set whose figures these are.
inline constexpr std::string_view kEurepoc = "EuRepoC 1.1";

/// Every figure by which EuRepoC 1.1 is known, counted anew from what the record has of it at that
/// size: docs/method/statistics.md, with the rule of each under "rules".
[[nodiscard]] Result<Figures> eurepoc_figures(const Snapshot& snapshot, std::uint64_t size,
                                              const DataSet& data_set);

}  // namespace comity::query
