#pragma once

#include "query/json.h"
#include "query/trends.h"

namespace comity::query {

/// The members of `comity stats trends --json`.
[[nodiscard]] Json trends_json(const Trends& trends);

}  // namespace comity::query
