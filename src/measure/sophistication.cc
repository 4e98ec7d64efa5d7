#include "measure/sophistication.h"

#include <algorithm>

namespace comity::measure {
namespace {

std::uint32_t points_of(std::uint32_t count, const Threshold& threshold) {
  if (count >= threshold.two) return kMostPoints;
  return count >= threshold.one ? 1 : 0;
}

Points points_of(const Known& known, const Threshold& threshold) {
  const bool contradiction = known.high && *known.high < known.low;
  if (contradiction) return {.low = 0, .high = kMostPoints};
  return {.low = points_of(known.low, threshold),
          .high = known.high ? points_of(*known.high, threshold) : kMostPoints};
}

}  // namespace

Sophistication sophistication(const SophisticationFacts& facts) {
  const std::array<Known, kDimensions> known{facts.techniques, facts.zero_days, facts.supply_chain,
                                             facts.countries, facts.dwell_days};
  Sophistication result;
  for (std::size_t i = 0; i < kDimensions; ++i) {
    const Points points = points_of(known[i], kThresholds[i]);
    result.dimensions[i] = points;
    result.total.low += points.low;
    result.total.high += points.high;
    if (points.low == points.high) ++result.certain;
  }
  return result;
}

Known dwell_days(const DateInterval& entered, const DateInterval& discovered) {
  return dwell_days(entered, {.discovered = discovered, .disclosed = std::nullopt});
}

Known dwell_days(const DateInterval& entered, const Discovery& discovery) {
  const auto& [discovered, disclosed] = discovery;
  if (!discovered && !disclosed) return {};
  const Day earliest = discovered ? discovered->first() : entered.first();
  Day latest = discovered ? discovered->last() : disclosed->last();
  if (disclosed) latest = std::min(latest, disclosed->last());
  if (latest < earliest || latest < entered.first()) return {};
  const std::int32_t least = std::max(0, number(earliest) - number(entered.last()));
  const std::int32_t most = number(latest) - number(entered.first());
  return {.low = static_cast<std::uint32_t>(least), .high = static_cast<std::uint32_t>(most)};
}

}  // namespace comity::measure
