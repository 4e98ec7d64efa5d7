// Which periods enter slope and change points, from a record's objects to the trends.

#include "query/trends.h"

#include "tests/query/sample_record.h"
#include "tests/query/search_samples.h"

namespace comity::query {
namespace {

/// The log's time is in January 2026.
class WholePeriods : public testing::Test {
 protected:
  void file(const std::vector<std::string>& dates) {
    std::vector<std::string> objects;
    for (const auto& date : dates)
      objects.push_back(samples::incident({.number = ++incidents_, .date = date}));
    sample_.file(objects);
  }
  [[nodiscard]] Trends measured(TrendPeriod period = TrendPeriod::kMonth) {
    sample_.follow();
    const auto snapshot = sample_.snapshot();
    const TrendQuestion question{.filter = {}, .period = period};
    auto found = trends(snapshot, snapshot.stamp().size, question);
    EXPECT_TRUE(found.has_value()) << (found ? "" : found.error().sentence());
    return found ? std::move(*found) : Trends{};
  }
  static std::string last_whole(const Trends& trends) {
    return trends.whole == 0 ? "" : trends.periods.at(trends.whole - 1).label;
  }
  static void expect_the_rest_is_grey(const Trends& trends) {
    for (std::size_t i = 0; i < trends.periods.size(); ++i)
      EXPECT_EQ(trends.periods[i].grey, i >= trends.whole) << trends.periods[i].label;
    for (const auto& series : {trends.spread, trends.placed})
      EXPECT_EQ(series.segmentation.segments.back().end, trends.whole);
  }

  samples::SampleRecord sample_;
  int incidents_ = 0;
};

TEST_F(WholePeriods, EndWithTheLogsTimeWhereADateIsFarAhead) {
  file({"2019-05", "2202-05"});
  const auto months = measured();
  EXPECT_EQ(months.delay, std::nullopt);
  EXPECT_EQ(months.periods.size(), 183U * 12 + 1);
  EXPECT_EQ(months.whole, 6U * 12 + 9);
  EXPECT_EQ(last_whole(months), "2026-01");
  expect_the_rest_is_grey(months);
  const auto years = measured(TrendPeriod::kYear);
  EXPECT_EQ(last_whole(years), "2025") << "2026 is not over";
  expect_the_rest_is_grey(years);
}

TEST_F(WholePeriods, OfDatesThatLieAbsurdlyFarApartAreRefused) {
  file({"1970-01", "9998-12"});
  sample_.follow();
  const auto snapshot = sample_.snapshot();
  const auto found = trends(snapshot, snapshot.stamp().size, {});
  ASSERT_FALSE(found.has_value());
  EXPECT_EQ(found.error().code(), "series-too-long");
  EXPECT_EQ(last_whole(measured(TrendPeriod::kYear)), "2025");
}

TEST_F(WholePeriods, EndWithTheLogsTimeWhereNoMonthIsKnown) {
  file({"2019", "2202"});
  const auto found = measured();
  EXPECT_EQ(found.data_end, std::nullopt);
  EXPECT_EQ(last_whole(found), "2026-01");
  expect_the_rest_is_grey(found);
}

TEST_F(WholePeriods, EndWithTheData) {
  file({"2019-05", "2019-08", "2019"});
  const auto found = measured();
  EXPECT_EQ(found.periods.size(), 12U);
  EXPECT_EQ(last_whole(found), "2019-08");
  expect_the_rest_is_grey(found);
}

}  // namespace
}  // namespace comity::query
