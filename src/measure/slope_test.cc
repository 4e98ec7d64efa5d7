#include "measure/slope.h"

#include <algorithm>

namespace comity::measure {
namespace {

using Values = std::vector<std::uint64_t>;

Series series(Values values, std::uint64_t unit = 1) {
  return Series::from(std::move(values), unit).value();
}

rc::Gen<Values> any_values() {
  return rc::gen::container<Values>(rc::gen::inRange<std::uint64_t>(0, 12));
}

TEST(MannKendall, CountsPairsAndTies) {
  EXPECT_EQ(mann_kendall(series({1, 2, 3})), (MannKendall{.s = 3, .variance18 = 3 * 2 * 11}));
  EXPECT_EQ(mann_kendall(series({3, 2, 1})).s, -3);
  // Two groups of ties: 2 and 3 equal values.
  EXPECT_EQ(mann_kendall(series({1, 1, 2, 2, 2})),
            (MannKendall{.s = 6, .variance18 = 5 * 4 * 15 - 2 * 1 * 9 - 3 * 2 * 11}));
  EXPECT_EQ(mann_kendall(series({5, 5, 5, 5})), MannKendall{});
  EXPECT_EQ(mann_kendall(series({})), MannKendall{});
}

TEST(MannKendall, DecidesAtFivePercent) {
  // n = 10 without ties: Var(S) = 125, so |z| > 1.96 from |S| - 1 > 21.91 on.
  EXPECT_EQ(direction({.s = 22, .variance18 = 125 * 18}), Direction::none);
  EXPECT_EQ(direction({.s = 23, .variance18 = 125 * 18}), Direction::rising);
  EXPECT_EQ(direction({.s = -22, .variance18 = 125 * 18}), Direction::none);
  EXPECT_EQ(direction({.s = -23, .variance18 = 125 * 18}), Direction::falling);
  EXPECT_EQ(direction(MannKendall{}), Direction::none);
}

TEST(MannKendall, ShowsP) {
  EXPECT_EQ(two_sided_p(MannKendall{}), 1);
  EXPECT_EQ(two_sided_p({.s = 1, .variance18 = 66}), 1);
  // z = 22 / sqrt(125) = 1.9677: a table of the normal distribution gives 0.0491.
  EXPECT_NEAR(two_sided_p({.s = 23, .variance18 = 125 * 18}), 0.0491, 0.00005);
}

TEST(TheilSen, NeedsTwoValues) {
  EXPECT_FALSE(theil_sen(series({})).has_value());
  EXPECT_FALSE(theil_sen(series({1})).has_value());
}

TEST(TheilSen, TakesTheMeanOfTwoInTheMiddle) {
  // The slopes are 0, 1/2, 1/2, 2/3, 1, 1.
  EXPECT_EQ(theil_sen(series({0, 1, 1, 2}))->median, (Rational{7, 12}));
  EXPECT_EQ(theil_sen(series({0, 5}))->median, (Rational{5, 1}));
}

TEST(TheilSen, ResistsAnOutlier) {
  EXPECT_EQ(theil_sen(series({1, 2, 3, 4, 5000, 6, 7, 8, 9}))->median, (Rational{1, 1}));
}

TEST(TheilSen, IsInFactsNotUnits) {
  const auto slope = theil_sen(series({0, 21, 42, 63, 84}, 14));
  EXPECT_EQ(slope->median, (Rational{3, 2}));
  EXPECT_EQ(slope->interval, (SlopeInterval{.low = {3, 2}, .high = {3, 2}}));
}

TEST(TheilSen, HasNoIntervalWhereTheSeriesIsTooShort) {
  EXPECT_FALSE(theil_sen(series({1, 2, 4, 8}))->interval.has_value());
  // Var(S) = 50/3, so C is 8.002 of 10 pairs: the first and the last.
  EXPECT_EQ(theil_sen(series({1, 2, 4, 8, 16}))->interval,
            (SlopeInterval{.low = {1, 1}, .high = {8, 1}}));
}

TEST(TheilSen, IsExactAtTheBounds) {
  Values values(kMaxPeriods);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = i % 2 == 0 ? 0 : kMaxValue - i;
  const auto slope = theil_sen(series(values, kMaxUnit));
  ASSERT_TRUE(slope.has_value());
  EXPECT_TRUE(slope->interval.has_value());
  EXPECT_LE(compare(slope->interval->low, slope->median), 0);
  EXPECT_LE(compare(slope->median, slope->interval->high), 0);
}

/// Sorting all slopes as fractions, the slow way.
RC_GTEST_PROP(TheilSenProperty, EqualsASortOfAllPairs, ()) {
  const auto values =
      *rc::gen::suchThat(any_values(), [](const Values& v) { return v.size() > 1; });
  std::vector<Rational> all;
  for (std::size_t j = 0; j < values.size(); ++j) {
    for (std::size_t i = 0; i < j; ++i)
      all.push_back(reduced(Int128{values[j]} - values[i], static_cast<std::int64_t>(j - i)));
  }
  std::ranges::sort(all, [](const auto& a, const auto& b) { return compare(a, b) < 0; });
  const auto slope = theil_sen(series(values));
  const Rational& left = all[(all.size() - 1) / 2];
  const Rational& right = all[all.size() / 2];
  RC_ASSERT(slope->median == reduced(Int128{left.numerator} * right.denominator +
                                         Int128{right.numerator} * left.denominator,
                                     Int128{2} * left.denominator * right.denominator));
  if (!slope->interval) return;
  RC_ASSERT(std::ranges::find(all, slope->interval->low) != all.end());
  RC_ASSERT(compare(slope->interval->low, slope->median) <= 0);
  RC_ASSERT(compare(slope->median, slope->interval->high) <= 0);
}

RC_GTEST_PROP(TrendProperty, AddingAConstantChangesNothing, (std::uint32_t constant)) {
  const auto values = *any_values();
  Values raised = values;
  for (auto& value : raised) value += constant;
  RC_ASSERT(theil_sen(series(raised)) == theil_sen(series(values)));
  RC_ASSERT(mann_kendall(series(raised)) == mann_kendall(series(values)));
}

RC_GTEST_PROP(TrendProperty, ReversedTimeReversesTheSign, ()) {
  auto values = *any_values();
  const auto forward = theil_sen(series(values));
  const auto test = mann_kendall(series(values));
  std::ranges::reverse(values);
  const auto backward = theil_sen(series(values));
  RC_ASSERT(mann_kendall(series(values)) ==
            (MannKendall{.s = -test.s, .variance18 = test.variance18}));
  RC_ASSERT(forward.has_value() == backward.has_value());
  if (!forward) return;
  const auto negated = [](const Rational& r) { return Rational{-r.numerator, r.denominator}; };
  RC_ASSERT(backward->median == negated(forward->median));
  RC_ASSERT(backward->interval.has_value() == forward->interval.has_value());
  if (forward->interval) RC_ASSERT(backward->interval->low == negated(forward->interval->high));
}

RC_GTEST_PROP(TrendProperty, AddingASlopeAddsTheSlope, ()) {
  const auto values = *any_values();
  Values tilted = values;
  for (std::size_t i = 0; i < tilted.size(); ++i) tilted[i] += 3 * i;
  const auto flat = theil_sen(series(values));
  const auto steep = theil_sen(series(tilted));
  RC_ASSERT(flat.has_value() == steep.has_value());
  if (flat)
    RC_ASSERT(steep->median == (Rational{flat->median.numerator + 3 * flat->median.denominator,
                                         flat->median.denominator}));
}

}  // namespace
}  // namespace comity::measure
