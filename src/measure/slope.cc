#include "measure/slope.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

namespace comity::measure {
namespace {

constexpr Int128 kMillion = 1'000'000;

/// The rise between two values and how many periods lie between them.
struct PairSlope {
  std::int64_t rise = 0;
  std::int64_t run = 1;

  /// Both sides stay under 2^44 * 2000.
  bool operator<(const PairSlope& other) const { return rise * other.run < other.rise * run; }
};

std::vector<PairSlope> pair_slopes(std::span<const std::uint64_t> values) {
  std::vector<PairSlope> slopes;
  slopes.reserve(values.size() * (values.size() - 1) / 2);
  for (std::size_t j = 1; j < values.size(); ++j) {
    for (std::size_t i = 0; i < j; ++i) {
      slopes.push_back({static_cast<std::int64_t>(values[j]) - static_cast<std::int64_t>(values[i]),
                        static_cast<std::int64_t>(j - i)});
    }
  }
  return slopes;
}

/// The slope of that rank, counted from 0 in ascending order.
PairSlope at_rank(std::vector<PairSlope>& slopes, std::size_t rank) {
  const auto place = slopes.begin() + static_cast<std::ptrdiff_t>(rank);
  std::nth_element(slopes.begin(), place, slopes.end());
  return *place;
}

Rational in_facts(const PairSlope& slope, std::uint64_t unit) {
  return reduced(slope.rise, Int128{slope.run} * unit);
}

Rational middle(const PairSlope& a, const PairSlope& b, std::uint64_t unit) {
  return reduced(Int128{a.rise} * b.run + Int128{b.rise} * a.run, Int128{2} * a.run * b.run * unit);
}

/// The rank, counted from 1, of the interval's lower end among so many pairs: the integer nearest
/// to (pairs - C) / 2 with C = z sqrt(Var S), found without a root as the greatest r with C <=
/// pairs - 2r + 1. Not above 0 where the interval is wider than the pairs.
std::int64_t lower_rank(std::int64_t pairs, const MannKendall& test) {
  const Int128 bound = Int128{kCriticalMillionths} * kCriticalMillionths * test.variance18;
  const auto holds = [&](std::int64_t width) {
    return 18 * kMillion * kMillion * width * width >= bound;
  };
  std::int64_t least = 0;
  std::int64_t most = pairs + 1;
  if (!holds(most)) return 0;
  while (least < most) {
    const std::int64_t width = (least + most) / 2;
    if (holds(width)) {
      most = width;
    } else {
      least = width + 1;
    }
  }
  return (pairs + 1 - least) >> 1;  // rounded down: the width has the parity of pairs + 1
}

/// |S| less the continuity correction.
std::int64_t corrected(const MannKendall& test) { return test.s == 0 ? 0 : std::abs(test.s) - 1; }

}  // namespace

MannKendall mann_kendall(const Series& series) {
  const auto values = series.values();
  MannKendall test;
  std::map<std::uint64_t, std::int64_t> ties;
  for (std::size_t j = 0; j < values.size(); ++j) {
    ++ties[values[j]];
    for (std::size_t i = 0; i < j; ++i)
      test.s += (values[j] > values[i] ? 1 : 0) - (values[j] < values[i] ? 1 : 0);
  }
  const auto term = [](std::int64_t n) { return n * (n - 1) * (2 * n + 5); };
  test.variance18 = term(static_cast<std::int64_t>(values.size()));
  for (const auto& [value, times] : ties) test.variance18 -= term(times);
  return test;
}

Direction direction(const MannKendall& test) {
  const Int128 excess = corrected(test);
  const Int128 critical = Int128{kCriticalMillionths} * kCriticalMillionths * test.variance18;
  if (excess * excess * 18 * kMillion * kMillion <= critical) return Direction::none;
  return test.s > 0 ? Direction::rising : Direction::falling;
}

double two_sided_p(const MannKendall& test) {
  const std::int64_t excess = corrected(test);
  if (excess == 0) return 1;
  // erfc(z / sqrt 2), with z^2 / 2 = 9 excess^2 / variance18: no product is followed by a sum, so
  // no compiler may fuse the two and round otherwise.
  return std::erfc(
      std::sqrt(static_cast<double>(9 * excess * excess) / static_cast<double>(test.variance18)));
}

std::optional<Slope> theil_sen(const Series& series) {
  if (series.size() < 2) return std::nullopt;
  auto slopes = pair_slopes(series.values());
  const std::size_t pairs = slopes.size();
  const PairSlope left = at_rank(slopes, (pairs - 1) / 2);
  const PairSlope right = at_rank(slopes, pairs / 2);
  Slope result{.median = middle(left, right, series.unit()), .interval = std::nullopt};
  const std::int64_t rank = lower_rank(static_cast<std::int64_t>(pairs), mann_kendall(series));
  if (rank >= 1) {
    const auto low = static_cast<std::size_t>(rank - 1);
    result.interval = {.low = in_facts(at_rank(slopes, low), series.unit()),
                       .high = in_facts(at_rank(slopes, pairs - 1 - low), series.unit())};
  }
  return result;
}

}  // namespace comity::measure
