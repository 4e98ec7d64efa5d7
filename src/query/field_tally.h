#pragma once

#include <string_view>

#include "query/fact_reader.h"
#include "query/incidents.h"
#include "query/tally.h"

namespace comity::query {

/// Incidents by what they state in one field of Comity's own ("effects", "victims.countries"), each
/// once for each value.
struct FieldTally {
  Tally<1> values;
  std::uint64_t stated = 0;  ///< incidents with any value: the rest state nothing, which is no zero
};

/// Memory is a bit for each incident, whatever the number of facts.
[[nodiscard]] Result<FieldTally> incidents_by_field(const FactReader& facts,
                                                    const IncidentSet& incidents,
                                                    std::string_view field);

}  // namespace comity::query
