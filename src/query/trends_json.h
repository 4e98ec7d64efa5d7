#pragma once

#include "query/json.h"
#include "query/trends.h"

namespace comity::query {

/// The members of `comity stats trends --json`. `digest` is the SHA-256 of the others as JSON
/// without white space and without p values: who measures the same record by the same version of
/// the method has the same.
[[nodiscard]] Json trends_json(const Trends& trends);

}  // namespace comity::query
