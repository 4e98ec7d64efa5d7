#include "measure/rational.h"

#include <limits>

#include <gtest/gtest.h>

namespace comity::measure {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

TEST(Rational, IsInLowestTerms) {
  EXPECT_EQ(reduced(6, 4), (Rational{3, 2}));
  EXPECT_EQ(reduced(-6, 4), (Rational{-3, 2}));
  EXPECT_EQ(reduced(0, 7), (Rational{0, 1}));
  EXPECT_EQ(reduced(Int128{kMost} * 12, Int128{kMost} * 8), (Rational{3, 2}));
}

TEST(Rational, ComparesBeyond64Bits) {
  EXPECT_EQ(compare({1, 3}, {1, 2}), -1);
  EXPECT_EQ(compare({-1, 3}, {-1, 2}), 1);
  EXPECT_EQ(compare({kMost, kMost - 1}, {kMost - 1, kMost - 2}), -1);
  EXPECT_EQ(compare({kMost, 2}, {kMost, 2}), 0);
}

TEST(Rational, IsShownAsADouble) { EXPECT_EQ(to_double({-3, 4}), -0.75); }

TEST(RationalDeathTest, OverflowIsABug) {
  EXPECT_DEATH((void)reduced(Int128{kMost} * 3, 2), "");
  EXPECT_DEATH((void)reduced(1, 0), "denominator > 0");
}

}  // namespace
}  // namespace comity::measure
