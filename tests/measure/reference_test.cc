// Holds src/measure against tests/measure/reference.txt, the values of pymannkendall, scipy and
// ruptures; reference.py says how they were made.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "measure/change_points.h"
#include "measure/fixed_log2.h"
#include "measure/slope.h"

namespace comity::measure {
namespace {

struct Reference {
  std::vector<std::uint64_t> values;
  std::int64_t s = 0;
  double variance = 0;
  double p = 0;
  double slope = 0;
  double low = 0;
  double high = 0;
  std::vector<std::size_t> changes;
};

struct References {
  std::vector<Reference> series;
  std::vector<std::pair<std::uint64_t, std::int64_t>> logs;
};

References read_references() {
  std::ifstream file(COMITY_SOURCE_DIR "/tests/measure/reference.txt");
  References result;
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string kind;
    words >> kind;
    if (kind == "series") {
      Reference& next = result.series.emplace_back();
      for (std::uint64_t value = 0; words >> value;) next.values.push_back(value);
    } else if (kind == "mk") {
      words >> result.series.back().s >> result.series.back().variance >> result.series.back().p;
    } else if (kind == "theil_sen") {
      Reference& last = result.series.back();
      words >> last.slope >> last.low >> last.high;
    } else if (kind == "changes") {
      for (std::size_t begin = 0; words >> begin;) result.series.back().changes.push_back(begin);
    } else if (kind == "log2") {
      auto& [value, log] = result.logs.emplace_back();
      words >> value >> log;
    }
    EXPECT_TRUE(kind == "#" || words.eof()) << line;
  }
  return result;
}

class TrendReference : public ::testing::Test {
 protected:
  const References references = read_references();
};

TEST_F(TrendReference, IsWhole) {
  EXPECT_EQ(references.series.size(), 18U);
  EXPECT_EQ(references.logs.size(), 10U);
}

TEST_F(TrendReference, MannKendallIsThatOfPymannkendall) {
  for (const Reference& expected : references.series) {
    const auto test = mann_kendall(Series::from(expected.values).value());
    EXPECT_EQ(test.s, expected.s);
    EXPECT_NEAR(static_cast<double>(test.variance18) / 18, expected.variance,
                1e-12 * expected.variance);
    EXPECT_NEAR(two_sided_p(test), expected.p, 1e-12);
    EXPECT_EQ(direction(test) == Direction::none, expected.p > 0.05);
  }
}

TEST_F(TrendReference, TheilSenIsThatOfScipy) {
  for (const Reference& expected : references.series) {
    const auto slope = theil_sen(Series::from(expected.values).value());
    ASSERT_TRUE(slope.has_value());
    EXPECT_NEAR(to_double(slope->median), expected.slope, 1e-12);
    // Where there is no interval scipy gives the extremes of all slopes.
    ASSERT_EQ(slope->interval.has_value(), expected.values.size() >= 5);
    if (!slope->interval) continue;
    EXPECT_NEAR(to_double(slope->interval->low), expected.low, 1e-12);
    EXPECT_NEAR(to_double(slope->interval->high), expected.high, 1e-12);
  }
}

TEST_F(TrendReference, ChangePointsAreThoseOfRuptures) {
  for (const Reference& expected : references.series) {
    std::vector<std::size_t> begins;
    const auto found = change_points(Series::from(expected.values).value());
    for (const Segment& segment : found.segments) begins.push_back(segment.begin);
    begins.erase(begins.begin());
    EXPECT_EQ(begins, expected.changes);
  }
}

TEST_F(TrendReference, FixedLog2IsRoundedDown) {
  for (const auto& [value, expected] : references.logs)
    EXPECT_EQ(fixed_log2(value), expected) << value;
}

}  // namespace
}  // namespace comity::measure
