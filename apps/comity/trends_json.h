#pragma once

#include "context.h"
#include "query/trends.h"

namespace comity::cli {

/// The members of `comity stats trends --json`.
[[nodiscard]] Json trends_json(const query::Trends& trends);

}  // namespace comity::cli
