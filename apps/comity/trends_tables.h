#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query/stix_ids.h"
#include "query/trends.h"

namespace comity::cli {

/// The tables of the trends, by the names that --csv takes.
[[nodiscard]] std::vector<std::string> trends_tables();
/// As CSV, heads first. REQUIRES: one of these names.
[[nodiscard]] Result<std::string> trends_csv(const query::Trends& trends, std::string_view name,
                                             const query::StixIds& ids);

/// Spread facts as a decimal of six digits.
[[nodiscard]] std::string facts_text(std::uint64_t units);
/// As a decimal of six digits, the nearest one.
[[nodiscard]] std::string decimal_text(const measure::Rational& value);
/// "2017", "2017-06" or "2017-06-27", as exactly as the date is known.
[[nodiscard]] std::string date_text(const measure::DateInterval& date);
/// Whether a segment but the first begins with that period.
[[nodiscard]] bool begins_segment(const query::SeriesTrend& trend, std::size_t period);

}  // namespace comity::cli
