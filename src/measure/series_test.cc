#include "measure/series.h"

#include <gtest/gtest.h>

namespace comity::measure {
namespace {

TEST(Series, KeepsWhatItIsGiven) {
  const auto series = Series::from({3, 0, kMaxValue}, 7);
  ASSERT_TRUE(series.has_value());
  EXPECT_EQ(series->size(), 3U);
  EXPECT_EQ(series->values()[2], kMaxValue);
  EXPECT_EQ(series->unit(), 7U);
}

TEST(Series, IsBounded) {
  EXPECT_TRUE(Series::from(std::vector<std::uint64_t>(kMaxPeriods)).has_value());
  EXPECT_EQ(Series::from(std::vector<std::uint64_t>(kMaxPeriods + 1)).error().code(),
            "series-too-long");
  EXPECT_EQ(Series::from({kMaxValue + 1}).error().code(), "series-value-too-large");
}

}  // namespace
}  // namespace comity::measure
