#pragma once

#include "query/incidents.h"
#include "query/tally.h"

namespace comity::query {

/// Whether anybody looked for responses to an incident. A zero is not a fact: what was not searched
/// for is not absent.
struct ResponseStates {
  std::uint64_t found = 0;
  std::uint64_t searched_none_found = 0;
  std::uint64_t not_searched = 0;
  std::uint64_t not_stated = 0;  ///< the incident says nothing, or something else

  /// The denominator of every rate of responses.
  [[nodiscard]] std::uint64_t searched() const { return found + searched_none_found; }
};

/// Responses to the incidents that are counted, each once.
struct ResponseCounts {
  std::uint64_t responses = 0;
  std::uint64_t doubtful = 0;  ///< marked so by who filed them
  Tally<1> by_type;
};

[[nodiscard]] Result<ResponseCounts> count_responses(const Snapshot& snapshot, std::uint64_t size,
                                                     const IncidentSet& incidents);

}  // namespace comity::query
