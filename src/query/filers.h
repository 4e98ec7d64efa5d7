#pragma once

#include <map>
#include <string>
#include <vector>

#include "query/snapshot.h"

namespace comity::query {

/// A party, and what it has filed that is shown.
struct Filer {
  std::string id;
  std::string name;             ///< as its identity says; may be empty
  std::uint64_t incidents = 0;  ///< that are counted
  std::uint64_t claims = 0;     ///< and replies, about these
  std::uint64_t objects = 0;    ///< of whatever kind, whether or not they concern these
};

/// Objects by the party's number.
using ByParty = std::map<std::int64_t, std::uint64_t>;

/// All parties that have filed anything: the one with most objects first.
[[nodiscard]] Result<std::vector<Filer>> filers(const Snapshot& snapshot, std::uint64_t size,
                                                const ByParty& incidents, const ByParty& claims);

}  // namespace comity::query
