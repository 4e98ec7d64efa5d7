#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query/eurepoc_tables.h"
#include "query/figures.h"

namespace comity::query {

/// What is true of an incident or is not, by EuRepoC's codes. `eurepoc_rules.h` says each in words.
struct EurepocFlags {
  struct Flag {
    std::string_view name;
    Marks incidents;
  };
  std::vector<Flag> all;

  explicit EurepocFlags(const EurepocTables& tables);
  /// REQUIRES: there is such a flag.
  [[nodiscard]] const Marks& of(std::string_view name) const;
};

/// How many of all incidents, of those that were searched for responses, and of those attributed to
/// a state; and which.
void add_eurepoc_flags(const EurepocTables& tables, Figures& figures);

}  // namespace comity::query
