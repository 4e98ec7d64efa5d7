#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "count_table.h"
#include "query/overview.h"

namespace comity::cli {

/// The tables of an overview, by the names that --csv takes.
[[nodiscard]] std::vector<std::string> overview_tables();
/// REQUIRES: one of these names.
[[nodiscard]] CountTable overview_table(const query::Overview& overview, std::string_view name);

}  // namespace comity::cli
