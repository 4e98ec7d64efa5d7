#include "measure/order_statistics.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace comity::measure {
namespace {

TEST(Median, TheMiddleOrTheMeanOfTheTwoThere) {
  EXPECT_EQ(median({}), std::nullopt);
  EXPECT_EQ(median({7}), (Rational{7, 1}));
  EXPECT_EQ(median({4, 1}), (Rational{5, 2}));
  EXPECT_EQ(median({9, -3, 5}), (Rational{5, 1}));
  EXPECT_EQ(median({4, 2, 8, 6}), (Rational{5, 1}));
  EXPECT_EQ(median({-2, -1}), (Rational{-3, 2}));
}

TEST(NearestRank, OfFourValues) {
  EXPECT_EQ(nearest_rank({}, 25), std::nullopt);
  const std::vector<std::int64_t> values{40, 10, 30, 20};
  EXPECT_EQ(nearest_rank(values, 0), 10);
  EXPECT_EQ(nearest_rank(values, 25), 10);
  EXPECT_EQ(nearest_rank(values, 26), 20);
  EXPECT_EQ(nearest_rank(values, 75), 30);
  EXPECT_EQ(nearest_rank(values, 100), 40);
}

RC_GTEST_PROP(NearestRank, AsManyAsAskedAreNotAbove, (std::vector<std::int64_t> values)) {
  RC_PRE(!values.empty());
  const auto percent = *rc::gen::inRange<std::uint32_t>(1, 101);
  const std::int64_t found = nearest_rank(values, percent).value();
  const auto not_above = static_cast<std::size_t>(
      std::ranges::count_if(values, [&](std::int64_t it) { return it <= found; }));
  const auto below = static_cast<std::size_t>(
      std::ranges::count_if(values, [&](std::int64_t it) { return it < found; }));
  RC_ASSERT(not_above * 100 >= values.size() * percent);
  RC_ASSERT(below * 100 < values.size() * percent);
}

TEST(Rounded, TiesGoToTheEven) {
  EXPECT_EQ(rounded({1, 8}, 100), 12);
  EXPECT_EQ(rounded({3, 8}, 100), 38);
  EXPECT_EQ(rounded({-1, 8}, 100), -12);
  EXPECT_EQ(rounded({-3, 8}, 100), -38);
  EXPECT_EQ(rounded({2, 3}, 100), 67);
  EXPECT_EQ(rounded({-2, 3}, 1), -1);
  EXPECT_EQ(rounded({53, 1643}, 10'000), 323);
}

RC_GTEST_PROP(Rounded, IsNearest, ()) {
  const auto above = *rc::gen::inRange<std::int64_t>(-100'000, 100'000);
  const auto below = *rc::gen::inRange<std::int64_t>(1, 5'000);
  const std::int64_t found = rounded(reduced(above, below), 100);
  RC_ASSERT(std::abs(2 * (found * below - 100 * above)) <= below);
}

}  // namespace
}  // namespace comity::measure
