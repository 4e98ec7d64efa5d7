#pragma once

#include <map>

#include "query/filers.h"
#include "query/incidents.h"
#include "query/tally.h"

namespace comity::query {

/// Claims about the incidents that are counted, each once. In the scope `filed` a claim is that of
/// the party that filed it; in the scope `reported` somebody reports it of another. They are never
/// added up.
struct ClaimCounts {
  struct Scope {
    std::uint64_t claims = 0;
    std::uint64_t doubtful = 0;  ///< marked so by who filed them
    Tally<2> by_group_and_type;  ///< the claimant's group, the type of the statement
  };

  std::map<std::string, Scope> attributions;  ///< by scope
  std::map<std::string, Scope> replies;
  ByParty by_party;  ///< attributions and replies that it filed
};

[[nodiscard]] Result<ClaimCounts> count_claims(const Snapshot& snapshot, std::uint64_t size,
                                               const IncidentSet& incidents);

}  // namespace comity::query
