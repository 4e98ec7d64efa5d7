#pragma once

#include <string>

#include "plot.h"
#include "query/trends.h"

namespace comity::cli {

struct TrendsLook {
  query::TrendPeriod period = query::TrendPeriod::kMonth;
  query::TrendDate date = query::TrendDate::kPublic;
  PlotSize size;
  PlotCharacters characters = PlotCharacters::kAscii;
};

/// The plot and what is computed, in words, for a person.
[[nodiscard]] std::string trends_text(const query::Trends& trends, const TrendsLook& look);

}  // namespace comity::cli
