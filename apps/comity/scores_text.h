#pragma once

#include <string>

#include "query/trends.h"

namespace comity::cli {

/// The scores that sources give, by year, for a person: each scale in a table of its own, those
/// with most scores. Nothing where there are none.
[[nodiscard]] std::string scores_text(const query::Trends& trends);

}  // namespace comity::cli
