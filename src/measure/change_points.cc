#include "measure/change_points.h"

#include <algorithm>

#include "base/error.h"
#include "measure/fixed_log2.h"

namespace comity::measure {
namespace {

/// Digits after the point of a dispersion.
constexpr unsigned kDispersionDigits = 16;
/// With which a cost fits in 128 bits.
constexpr std::uint64_t kMostParameters = std::uint64_t{1} << 20;

/// The best segmentation of the periods before some place.
struct Best {
  Int128 cost = 0;
  std::size_t segments = 0;
  std::size_t last_begin = 0;
  bool possible = false;
};

std::vector<std::uint64_t> running_totals(std::span<const std::uint64_t> values) {
  std::vector<std::uint64_t> totals(values.size() + 1);
  for (std::size_t i = 0; i < values.size(); ++i) totals[i + 1] = totals[i] + values[i];
  return totals;
}

/// Candidates come by ascending `last_begin`, so that of equal ones the first stays.
bool is_better(const Best& candidate, const Best& best) {
  if (!best.possible || candidate.cost != best.cost)
    return !best.possible || candidate.cost < best.cost;
  return candidate.segments < best.segments;
}

std::vector<Segment> segments_before(const std::vector<Best>& best,
                                     const std::vector<std::uint64_t>& totals) {
  std::vector<Segment> segments;
  for (std::size_t end = best.size() - 1; end > 0; end = segments.back().begin) {
    const std::size_t begin = best[end].last_begin;
    segments.push_back({.begin = begin, .end = end, .total = totals[end] - totals[begin]});
  }
  std::ranges::reverse(segments);
  return segments;
}

}  // namespace

Int128 dispersion_in_units(const Series& series) {
  const auto values = series.values();
  Int128 sum = 0;
  std::int64_t pairs = 0;
  for (std::size_t i = 1; i < values.size(); ++i) {
    const Int128 both = Int128{values[i - 1]} + values[i];
    if (both == 0) continue;
    const Int128 difference = Int128{values[i]} - values[i - 1];
    sum += ((difference * difference) << kDispersionDigits) / both;
    ++pairs;
  }
  const Int128 poisson = Int128{series.unit()} << kDispersionDigits;
  return pairs == 0 ? poisson : std::max(poisson, sum / pairs);
}

Int128 segment_cost(std::uint64_t total, std::size_t length) {
  COMITY_ASSERT(length > 0);
  if (total == 0) return 0;
  return Int128{total} * (fixed_log2(length) - fixed_log2(total));
}

Int128 change_cost(const Series& series, const SegmentationOptions& options) {
  if (series.size() == 0) return 0;
  return (dispersion_in_units(series) * options.parameters * fixed_log2(series.size())) >>
         (kDispersionDigits + 1);
}

Segmentation change_points(const Series& series, const SegmentationOptions& options) {
  COMITY_ASSERT(options.min_length > 0 && options.parameters <= kMostParameters);
  const std::size_t size = series.size();
  Segmentation result;
  result.dispersion = static_cast<std::int64_t>(dispersion_in_units(series) / series.unit());
  if (size == 0) return result;
  const auto totals = running_totals(series.values());
  const Int128 penalty = change_cost(series, options);
  std::vector<Best> best(size + 1);
  best[0].possible = true;
  // Where the whole series is too short nothing is tried, and its one segment begins at 0.
  for (std::size_t end = options.min_length; end <= size; ++end) {
    for (std::size_t begin = 0; begin + options.min_length <= end; ++begin) {
      if (!best[begin].possible) continue;
      const Best candidate{.cost = best[begin].cost +
                                   segment_cost(totals[end] - totals[begin], end - begin) +
                                   (begin == 0 ? 0 : penalty),
                           .segments = best[begin].segments + 1,
                           .last_begin = begin,
                           .possible = true};
      if (is_better(candidate, best[end])) best[end] = candidate;
    }
  }
  result.segments = segments_before(best, totals);
  return result;
}

}  // namespace comity::measure
