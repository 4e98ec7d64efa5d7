#include "measure/scores.h"

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace comity::measure {
namespace {

TEST(ScoreSummary, NothingOfNone) { EXPECT_EQ(score_summary({}, 10), std::nullopt); }

TEST(ScoreSummary, OfOneIsThatOne) {
  EXPECT_EQ(score_summary({45}, 10), (ScoreSummary{.scored = 1,
                                                   .lower_quartile = {9, 2},
                                                   .median = {9, 2},
                                                   .upper_quartile = {9, 2},
                                                   .mean = {9, 2}}));
}

TEST(ScoreSummary, AZeroIsAScore) {
  EXPECT_EQ(score_summary({50, 0, 10, 25}, 10), (ScoreSummary{.scored = 4,
                                                              .lower_quartile = {0, 1},
                                                              .median = {7, 4},
                                                              .upper_quartile = {5, 2},
                                                              .mean = {17, 8}}));
}

TEST(ScoreSummary, TheQuartilesAreNearestRanks) {
  const auto found = score_summary({1, 2, 3, 4, 5, 6, 7}, 1).value();
  EXPECT_EQ(found.lower_quartile, (Rational{2, 1}));
  EXPECT_EQ(found.median, (Rational{4, 1}));
  EXPECT_EQ(found.upper_quartile, (Rational{6, 1}));
}

/// A fraction as it is compared with an integer over `unit`, without reducing anything.
bool is(const Rational& value, std::int64_t numerator, std::int64_t denominator) {
  return Int128{value.numerator} * denominator == Int128{numerator} * value.denominator;
}

RC_GTEST_PROP(ScoreSummaryProperty, IsTheSortedList, ()) {
  const auto unit = *rc::gen::element<std::int64_t>(1, 10, 10'000);
  auto scores = *rc::gen::nonEmpty(
      rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(-50, 1'000)));
  const auto found = score_summary(scores, unit).value();
  std::ranges::sort(scores);
  const std::size_t n = scores.size();
  // The first value that a quarter, or three quarters, of all do not exceed.
  const auto rank_of = [&](std::size_t quarters) {
    std::size_t place = 0;
    while ((place + 1) * 4 < n * quarters) ++place;
    return scores[place];
  };
  std::int64_t sum = 0;
  for (const std::int64_t score : scores) sum += score;
  RC_ASSERT(found.scored == n);
  RC_ASSERT(is(found.lower_quartile, rank_of(1), unit));
  RC_ASSERT(is(found.median, scores[(n - 1) / 2] + scores[n / 2], 2 * unit));
  RC_ASSERT(is(found.upper_quartile, rank_of(3), unit));
  RC_ASSERT(is(found.mean, sum, unit * static_cast<std::int64_t>(n)));
}

RC_GTEST_PROP(ScoreSummaryProperty, OrderIsNoMatter, ()) {
  auto scores =
      *rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(0, 100));
  const auto found = score_summary(scores, 10);
  std::ranges::sort(scores, std::greater());
  RC_ASSERT(score_summary(scores, 10) == found);
}

}  // namespace
}  // namespace comity::measure
