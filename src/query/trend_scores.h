#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "log/sqlite.h"
#include "measure/scores.h"

#include "query/trend_dates.h"

namespace comity::query {

/// Incidents of a source, and how it scores them.
struct ScoredIncidents {
  std::uint64_t incidents = 0;                  ///< those without a score too
  std::optional<measure::ScoreSummary> scores;  ///< nothing where none has one

  [[nodiscard]] std::uint64_t scored() const { return scores ? scores->scored : 0; }
};

/// The scores that one source gives on one scale, as one party has filed them. Scales are neither
/// mixed nor converted, whatever they are called.
struct ScoreSeries {
  std::string source;    ///< what the incidents are coded by: "EuRepoC 1.1"; "" = their filer
  std::string field;     ///< where it stands: "coding.values.weighted_cyber_intensity"
  std::string filed_by;  ///< a STIX id
  std::string filer;     ///< that party's name, for `trends` alone; may be empty
  ScoredIncidents all;
  std::map<int, ScoredIncidents> years;  ///< those that have a date

  /// The source's own name of the scale: "weighted_cyber_intensity".
  [[nodiscard]] std::string_view name() const;
};

/// Effect scores of those incidents: `severity`, the members of `scores` and EuRepoC's intensities
/// (docs/method/trends.md). An incident has a score where the field has exactly one number. By
/// source, field and filer; series without any score are left out. `years`: in the set's order the
/// year by which an incident counts.
[[nodiscard]] Result<std::vector<ScoreSeries>> trend_scores(
    const log::Database& database, const TrendIncidents& incidents,
    const std::vector<std::optional<int>>& years);

}  // namespace comity::query
