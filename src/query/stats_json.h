#pragma once

#include <cstddef>
#include <cstdint>

#include "base/error.h"

#include "query/incident_texts.h"
#include "query/json.h"
#include "query/snapshot.h"

namespace comity::query {

/// What the record says, counted, for programs; at most `most` values in each list. Where nothing
/// restricts it, also all figures of each data set that is known as a whole, by its name. Refuses
/// as `IncidentTexts::filter`.
[[nodiscard]] Result<Json> stats_json(const Snapshot& snapshot, std::uint64_t size,
                                      const IncidentTexts& incidents, std::size_t most);

}  // namespace comity::query
