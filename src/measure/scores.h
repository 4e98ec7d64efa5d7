#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "measure/rational.h"

namespace comity::measure {

/// How the scores lie that one source gives on one scale. Scores of two scales have no summary
/// together, and a thing without a score is no zero: it is not among them.
struct ScoreSummary {
  std::uint64_t scored = 0;
  Rational lower_quartile;  ///< a score that was given: the nearest rank
  Rational median;
  Rational upper_quartile;
  Rational mean;

  bool operator==(const ScoreSummary&) const = default;
};

/// Exact, whatever the order; nothing of none. `scores`: each in `unit`ths. REQUIRES: unit > 0,
/// scores below 2^40, unit times their number below 2^62.
[[nodiscard]] std::optional<ScoreSummary> score_summary(const std::vector<std::int64_t>& scores,
                                                        std::int64_t unit);

}  // namespace comity::measure
