#pragma once

#include <cstddef>

#include "query/json.h"
#include "query/overview.h"

namespace comity::query {

/// The members of `comity stats --json` that an overview gives; at most `most` values in each list.
[[nodiscard]] Json overview_json(const query::Overview& overview, std::size_t most);

}  // namespace comity::query
