#pragma once

#include <vector>

#include "measure/sophistication.h"

#include "query/fact_reader.h"
#include "query/trend_dates.h"

namespace comity::query {

/// What the record says of each incident's sophistication, in the set's order. Techniques and
/// countries are lists of what was seen, so least numbers. Zero-days and suppliers are known where
/// the technique `zero_day` or `supply_chain` is listed (one at least), and zero-days where the
/// source's own code says "No" (none). How long an intruder stayed is known as far as the incident
/// states its start and when it was discovered or disclosed.
[[nodiscard]] Result<std::vector<measure::SophisticationFacts>> sophistication_facts(
    const FactReader& facts, const TrendIncidents& incidents);

}  // namespace comity::query
