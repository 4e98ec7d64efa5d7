#include "measure/scores.h"

#include "base/error.h"
#include "measure/order_statistics.h"

namespace comity::measure {

std::optional<ScoreSummary> score_summary(const std::vector<std::int64_t>& scores,
                                          std::int64_t unit) {
  COMITY_ASSERT(unit > 0);
  const auto middle = median(scores);
  if (!middle) return std::nullopt;
  Int128 sum = 0;
  for (const std::int64_t score : scores) sum += score;
  const auto number = static_cast<std::int64_t>(scores.size());
  return ScoreSummary{.scored = scores.size(),
                      .lower_quartile = reduced(*nearest_rank(scores, 25), unit),
                      .median = reduced(middle->numerator, Int128{middle->denominator} * unit),
                      .upper_quartile = reduced(*nearest_rank(scores, 75), unit),
                      .mean = reduced(sum, Int128{unit} * number)};
}

}  // namespace comity::measure
