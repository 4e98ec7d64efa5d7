#pragma once

#include <array>
#include <map>
#include <vector>

#include "query/claim_counts.h"
#include "query/field_tally.h"
#include "query/filers.h"
#include "query/incidents.h"
#include "query/response_counts.h"

namespace comity::query {

/// What the record has, in numbers: docs/method/statistics.md says what each counts.
struct Overview {
  /// Of one year, by how far the date is known: DaySpan::Precision.
  using ByPrecision = std::array<std::uint64_t, 3>;

  std::uint64_t incidents = 0;
  std::map<int, ByPrecision> by_year;  ///< in which they began
  std::uint64_t undated = 0;
  FieldTally countries;  ///< of victims
  FieldTally sectors;
  FieldTally effects;
  FieldTally techniques;
  FieldTally doubts;  ///< marks of who filed the incident
  ResponseStates response_states;
  ResponseCounts responses;
  ClaimCounts claims;
  std::vector<Filer> filers;  ///< the one with most objects first
};

[[nodiscard]] Result<Overview> overview(const Snapshot& snapshot, std::uint64_t size,
                                        const IncidentFilter& filter);

}  // namespace comity::query
