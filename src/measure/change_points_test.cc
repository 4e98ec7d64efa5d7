#include "measure/change_points.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tests/measure/draws.h"

namespace comity::measure {
namespace {

using samples::Draws;
using Values = std::vector<std::uint64_t>;

Series series_of(Values values, std::uint64_t unit = 1) {
  return Series::from(std::move(values), unit).value();
}

std::vector<std::size_t> beginnings(const Segmentation& found) {
  std::vector<std::size_t> result;
  for (const Segment& segment : found.segments) result.push_back(segment.begin);
  return result;
}

/// One candidate of the search over all segmentations, ordered as change_points promises.
struct Candidate {
  Int128 cost = 0;
  std::vector<std::size_t> begins;  // of all segments, the last first

  bool operator<(const Candidate& other) const {
    if (cost != other.cost) return cost < other.cost;
    if (begins.size() != other.begins.size()) return begins.size() < other.begins.size();
    return begins < other.begins;
  }
};

/// All 2^(n-1) segmentations.
Candidate best_of_all(const Series& s, const SegmentationOptions& options) {
  const std::size_t n = s.size();
  std::optional<Candidate> best;
  for (std::uint64_t cuts = 0; cuts < (std::uint64_t{1} << (n - 1)); ++cuts) {
    Candidate candidate;
    bool allowed = true;
    for (std::size_t begin = 0; begin < n;) {
      std::size_t end = begin + 1;
      while (end < n && ((cuts >> (end - 1)) & 1) == 0) ++end;
      std::uint64_t total = 0;
      for (std::size_t i = begin; i < end; ++i) total += s.values()[i];
      candidate.cost += segment_cost(total, end - begin);
      if (begin > 0) candidate.cost += change_cost(s, options);
      candidate.begins.insert(candidate.begins.begin(), begin);
      allowed = allowed && (end - begin >= options.min_length || end - begin == n);
      begin = end;
    }
    if (allowed && (!best || candidate < *best)) best = candidate;
  }
  return *best;
}

/// Ones among 4 * mean throws of a die with four sides: binomial, variance 3/4 of the mean.
std::uint64_t near(Draws& draws, std::uint32_t mean) {
  std::uint64_t ones = 0;
  for (std::uint32_t i = 0; i < 4 * mean; ++i) ones += draws.below(4) == 0 ? 1 : 0;
  return ones;
}

/// Over-dispersed: the mean itself is drawn between 0 and twice itself.
std::uint64_t wild(Draws& draws, std::uint32_t mean) {
  return near(draws, draws.below(2 * mean + 1));
}

TEST(ChangePoints, FindsAStep) {
  const auto found = change_points(series_of({2, 3, 2, 1, 2, 2, 3, 9, 11, 10, 9, 10, 12, 9}));
  ASSERT_EQ(found.segments.size(), 2U);
  EXPECT_EQ(found.segments[0], (Segment{.begin = 0, .end = 7, .total = 15}));
  EXPECT_EQ(found.segments[1], (Segment{.begin = 7, .end = 14, .total = 70}));
}

TEST(ChangePoints, LeavesALevelWhole) {
  EXPECT_EQ(beginnings(change_points(series_of(Values(200, 7)))), std::vector<std::size_t>{0});
  EXPECT_EQ(beginnings(change_points(series_of(Values(200, 0)))), std::vector<std::size_t>{0});
  EXPECT_EQ(beginnings(change_points(series_of({3}))), std::vector<std::size_t>{0});
  EXPECT_TRUE(change_points(series_of({})).segments.empty());
}

TEST(ChangePoints, KeepsTheLeastLength) {
  const Values outlier{1, 1, 1, 1, 1, 1, 1, 90, 90, 1, 1, 1, 1, 1, 1, 1};
  for (const Segment& segment : change_points(series_of(outlier)).segments)
    EXPECT_GE(segment.end - segment.begin, 6U);
  EXPECT_EQ(beginnings(change_points(series_of(outlier), {.min_length = 2, .parameters = 1})),
            (std::vector<std::size_t>{0, 7, 9}));
  EXPECT_EQ(beginnings(change_points(series_of({0, 0, 0, 90, 90, 90}), {.min_length = 4})),
            std::vector<std::size_t>{0});
}

TEST(ChangePoints, NoiseAboveItsMeanTakesMoreToChange) {
  Values calm;
  Values noisy;
  for (std::uint64_t i = 0; i < 12; ++i) {
    calm.push_back(i < 6 ? 10 : 20);
    noisy.push_back((i < 6 ? 10 : 20) + (i % 2 == 0 ? 9 : 0) - (i % 2 == 0 ? 0 : 9));
  }
  EXPECT_EQ(change_points(series_of(calm)).segments.size(), 2U);
  EXPECT_EQ(change_points(series_of(noisy)).segments.size(), 1U);
}

TEST(Dispersion, IsTheMeanOverNeighbours) {
  // (4-0)^2/4 = 4 and (4-12)^2/16 = 4; the pair of zeros says nothing.
  EXPECT_EQ(dispersion_in_units(series_of({0, 0, 4, 12})), Int128{4} << 16);
  EXPECT_EQ(change_points(series_of({0, 0, 4, 12})).dispersion, 4 << 16);
  EXPECT_EQ(dispersion_in_units(series_of({5, 5, 5})), Int128{1} << 16) << "never under Poisson";
  EXPECT_EQ(dispersion_in_units(series_of({0, 0})), Int128{1} << 16);
  EXPECT_EQ(dispersion_in_units(series_of({})), Int128{1} << 16);
  EXPECT_EQ(dispersion_in_units(series_of({5, 5}, 100)), Int128{100} << 16);
}

TEST(ChangeCost, IsThatOfTheDocumentation) {
  // 8 values of Poisson noise, three parameters: 3/2 * log2(8) bits.
  EXPECT_EQ(change_cost(series_of(Values(8, 1)), {}), (Int128{9} << 32) / 2);
  EXPECT_EQ(change_cost(series_of(Values(8, 1)), {.parameters = 2}), Int128{3} << 32);
  EXPECT_EQ(segment_cost(8, 2), -(Int128{16} << 32));
  EXPECT_EQ(segment_cost(0, 5), 0);
}

RC_GTEST_PROP(ChangePointsProperty, IsTheBestOfAllSegmentations, ()) {
  const auto values = *rc::gen::resize(
      11, rc::gen::nonEmpty(rc::gen::container<Values>(rc::gen::inRange<std::uint64_t>(0, 30))));
  const SegmentationOptions options{.min_length = *rc::gen::inRange<std::size_t>(1, 5),
                                    .parameters = *rc::gen::inRange<std::uint64_t>(0, 4)};
  auto expected = best_of_all(series_of(values), options).begins;
  std::ranges::reverse(expected);
  RC_ASSERT(beginnings(change_points(series_of(values), options)) == expected);
}

/// With few levels and no penalty ties are the rule.
RC_GTEST_PROP(ChangePointsProperty, BreaksTiesAsPromised, ()) {
  const auto values = *rc::gen::container<Values>(9, rc::gen::element<std::uint64_t>(0, 2, 4));
  const SegmentationOptions options{.min_length = 1, .parameters = 0};
  auto expected = best_of_all(series_of(values), options).begins;
  std::ranges::reverse(expected);
  RC_ASSERT(beginnings(change_points(series_of(values), options)) == expected);
}

TEST(ChangePoints, OfEqualCostsTakesTheLastSegmentThatBeginsFirst) {
  // 4 0 0 | 0 4 is its mirror image.
  EXPECT_EQ(
      beginnings(change_points(series_of({4, 0, 0, 0, 4}), {.min_length = 2, .parameters = 0})),
      (std::vector<std::size_t>{0, 2}));
}

TEST(ChangePoints, OfEqualCostsTakesFewerSegments) {
  // 2 0 | 1 0 | 2 1 0 costs as much, and its last segment begins first.
  EXPECT_EQ(beginnings(change_points(series_of({2, 0, 1, 0, 2, 1, 0}),
                                     {.min_length = 2, .parameters = 0})),
            (std::vector<std::size_t>{0, 5}));
}

RC_GTEST_PROP(ChangePointsProperty, SegmentsCoverTheSeries, ()) {
  const auto values = *rc::gen::container<Values>(rc::gen::inRange<std::uint64_t>(0, kMaxValue));
  std::size_t end = 0;
  std::uint64_t total = 0;
  for (const Segment& segment : change_points(series_of(values)).segments) {
    RC_ASSERT(segment.begin == end && segment.end > segment.begin);
    end = segment.end;
    total += segment.total;
  }
  RC_ASSERT(end == values.size());
  RC_ASSERT(total == std::accumulate(values.begin(), values.end(), std::uint64_t{0}));
}

TEST(ChangePoints, AgreesWithAFinerUnit) {
  // The unit scales every term of the cost alike, so the optimum stays.
  Draws draws(5);
  for (int round = 0; round < 20; ++round) {
    Values coarse;
    for (int i = 0; i < 60; ++i) coarse.push_back(wild(draws, i < 30 ? 4 : 12));
    Values fine = coarse;
    for (auto& value : fine) value *= 133'590;
    const auto found = change_points(series_of(fine, 133'590));
    const auto expected = change_points(series_of(coarse));
    EXPECT_EQ(beginnings(found), beginnings(expected));
    // Each term is cut to 1/65536 of the unit.
    EXPECT_GE(found.dispersion, expected.dispersion);
    EXPECT_LE(found.dispersion, expected.dispersion + 2);
  }
}

/// What docs/method/trends.md says of false alarms, on noise of one level.
TEST(ChangePoints, SeldomSeesAChangeInNoise) {
  Draws draws(7);
  int alarms = 0;
  constexpr int kRounds = 200;
  for (int round = 0; round < kRounds; ++round) {
    Values values;
    for (int i = 0; i < 120; ++i)
      values.push_back(round % 2 == 0 ? near(draws, 8) : wild(draws, 8));
    if (change_points(series_of(values)).segments.size() > 1) ++alarms;
  }
  EXPECT_LE(alarms, kRounds / 20);
}

TEST(ChangePoints, FitsIn128BitsAtTheBounds) {
  Values values(kMaxPeriods, 0);
  for (std::size_t i = kMaxPeriods / 2; i < kMaxPeriods; ++i) values[i] = kMaxValue;
  const auto found = change_points(series_of(values));
  EXPECT_EQ(beginnings(found), (std::vector<std::size_t>{0, kMaxPeriods / 2}));
  for (std::size_t i = 0; i < kMaxPeriods; ++i) values[i] = i % 2 == 0 ? 0 : kMaxValue;
  EXPECT_EQ(beginnings(change_points(series_of(values), {.min_length = 1, .parameters = 1U << 20})),
            std::vector<std::size_t>{0});
}

}  // namespace
}  // namespace comity::measure
