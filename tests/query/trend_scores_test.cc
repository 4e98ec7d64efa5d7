// Scores of several sources and filers beside one another, and how long intruders stayed, from a
// record's objects to the trends.
#include <nlohmann/json.hpp>

#include "query/trends.h"
#include "query/trends_json.h"
#include "tests/query/published_objects.h"
#include "tests/query/sample_record.h"

namespace comity::query {
namespace {

constexpr int kFiler = samples::SampleRecord::kParty;
constexpr int kOtherFiler = kFiler + 1;
constexpr const char* kWeighted = "coding.values.weighted_cyber_intensity";
constexpr const char* kUnweighted = "coding.values.unweighted_cyber_intensity";

std::string incident_with(int number, const std::string& more, int by = kFiler) {
  return samples::made("incident", number, by, 0,
                       R"(,"name":"incident")" + samples::extension("incident", "," + more));
}

std::string start(const std::string& year) {
  return R"("start":{"date":")" + year + R"(","precision":"year"})";
}

/// What a source codes: its intensities, weighted and not.
std::string coded(const std::string& source, const std::string& weighted,
                  const std::string& unweighted = "") {
  std::string values;
  if (!weighted.empty()) values += R"("weighted_cyber_intensity":)" + weighted;
  if (!unweighted.empty())
    values += (values.empty() ? "" : ",") + (R"("unweighted_cyber_intensity":)" + unweighted);
  if (values.empty()) values = R"("zero_days":["No"])";
  return R"("coding":{"source":")" + source + R"(","values":{)" + values + "}}";
}

class TrendScores : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(sample_.registry().admit(kOtherFiler).has_value()); }

  [[nodiscard]] Trends measured() {
    sample_.follow();
    const auto snapshot = sample_.snapshot();
    return trends(snapshot, snapshot.stamp().size, {}).value();
  }

  samples::SampleRecord sample_;
};

/// An empty one where there is none.
ScoreSeries series(const Trends& trends, const std::string& source, const std::string& field,
                   int by = kFiler) {
  for (const auto& it : trends.scores)
    if (it.source == source && it.field == field && it.filed_by == samples::party(by)) return it;
  return {};
}

void expect_scored(const ScoredIncidents& found, std::uint64_t incidents, std::uint64_t scored,
                   const measure::Rational& median) {
  EXPECT_EQ(found.incidents, incidents);
  EXPECT_EQ(found.scored(), scored);
  ASSERT_TRUE(found.scores.has_value());
  EXPECT_EQ(found.scores->median, median);
}

TEST_F(TrendScores, ScalesOfSourcesAreNeverMixed) {
  sample_.file(
      {incident_with(1, start("2020") + "," + coded("EuRepoC 1.1", R"(["4.5"])", R"(["3"])")),
       incident_with(2, start("2021") + "," + coded("EuRepoC 1.1", R"(["2.0"])")),
       incident_with(3, start("2021") + "," + coded("A table", R"(["90"])")),
       incident_with(4, start("2021") + R"(,"severity":0,"scores":{"severity":"70"})"),
       incident_with(5, start("2021") + R"(,"severity":5,"scores":{"cvss":"9.8"})")});
  sample_.file(
      {incident_with(6, start("2020") + "," + coded("EuRepoC 1.1", R"(["10"])"), kOtherFiler)},
      kOtherFiler);
  const auto found = measured();
  ASSERT_EQ(found.scores.size(), 7U);
  expect_scored(series(found, "EuRepoC 1.1", kWeighted).all, 2, 2, {13, 4});
  expect_scored(series(found, "EuRepoC 1.1", kUnweighted).all, 2, 1, {3, 1});
  expect_scored(series(found, "EuRepoC 1.1", kWeighted, kOtherFiler).all, 1, 1, {10, 1});
  expect_scored(series(found, "A table", kWeighted).all, 1, 1, {90, 1});
  expect_scored(series(found, "", "severity").all, 2, 2, {5, 2});
  expect_scored(series(found, "", "scores.severity").all, 2, 1, {70, 1});
  expect_scored(series(found, "", "scores.cvss").all, 2, 1, {49, 5});
  std::vector<std::string> names;
  for (const auto& it : found.scores) names.emplace_back(it.name());
  EXPECT_EQ(names,
            (std::vector<std::string>{"cvss", "severity", "severity", "weighted_cyber_intensity",
                                      "unweighted_cyber_intensity", "weighted_cyber_intensity",
                                      "weighted_cyber_intensity"}));
}

TEST_F(TrendScores, NoScoreIsNoZero) {
  sample_.file({incident_with(1, start("2020") + "," + coded("X", R"(["4"])")),
                incident_with(2, start("2020") + "," + coded("X", R"(["0.0"])")),
                incident_with(3, start("2020") + "," + coded("X", "")),
                incident_with(4, start("2020") + "," + coded("X", R"(["Not available"])")),
                incident_with(5, start("2020") + "," + coded("X", R"(["1","2"])")),
                incident_with(6, start("2021") + "," + coded("X", R"([""])")),
                incident_with(7, coded("X", R"(["8"])")), incident_with(8, start("2020"))});
  const auto found = measured();
  ASSERT_EQ(found.scores.size(), 1U);
  const auto& scores = found.scores.front();
  expect_scored(scores.all, 7, 3, {4, 1});
  EXPECT_EQ(scores.all.scores->mean, (measure::Rational{4, 1}));
  ASSERT_EQ(scores.years.size(), 2U);
  expect_scored(scores.years.at(2020), 5, 2, {2, 1});
  EXPECT_EQ(scores.years.at(2021).incidents, 1U);
  EXPECT_EQ(scores.years.at(2021).scores, std::nullopt);
  const auto told = trends_json(found).at("scores").at(0);
  EXPECT_EQ(told.at("source"), "X");
  EXPECT_EQ(told.at("unscored"), 4);
  EXPECT_TRUE(told.at("years").at(1).at("median").is_null());
}

TEST_F(TrendScores, ASeverityIsAWholeNumberFromZeroToFive) {
  sample_.file({incident_with(1, R"("severity":3)"), incident_with(2, R"("severity":"4")"),
                incident_with(3, R"("severity":6)"), incident_with(4, R"("severity":-1)"),
                incident_with(5, R"("severity":"2.5")"), incident_with(6, R"("severity":true)")});
  const auto found = measured();
  ASSERT_EQ(found.scores.size(), 1U);
  expect_scored(found.scores.front().all, 6, 2, {7, 2});
}

TEST_F(TrendScores, TheDigestHasThem) {
  sample_.file({incident_with(1, start("2020") + "," + coded("X", R"(["4"])"))});
  auto found = measured();
  const auto digest = trends_json(found).at("digest");
  found.scores.front().all.scores->mean.numerator += 1;
  EXPECT_NE(trends_json(found).at("digest"), digest);
}

TEST_F(TrendScores, HowLongAnIntruderStayedNarrowsTheSophistication) {
  const auto dates = [](const char* discovered, const char* disclosed) {
    std::string text = R"("start":{"date":"2020-03","precision":"month"})";
    for (const auto& [name, date] : {std::pair("discovered", discovered), {"disclosed", disclosed}})
      if (*date != '\0')
        text += std::string(",\"") + name + R"(":{"date":")" + date + R"(","precision":"day"})";
    return text;
  };
  sample_.file(
      {incident_with(1, dates("2020-12-13", "")), incident_with(2, dates("", "2020-04-15")),
       incident_with(3, dates("2020-04-20", "2020-06-01")), incident_with(4, dates("", "")),
       incident_with(5, dates("2020-02-29", "")), incident_with(6, R"("flags":["attempt"])")});
  using Counted = decltype(Trends::sophistication);
  // At least 257 days; at most 45; 20 to 50; three of which nothing is known.
  EXPECT_EQ(measured().sophistication, (Counted{{{2, 10}, 1}, {{0, 9}, 2}, {{0, 10}, 3}}));
}

TEST_F(TrendScores, ADateIsTakenNoMoreExactlyThanItsPrecisionSays) {
  const auto with = [](const std::string& name, const std::string& date) {
    return R"("start":{"date":"2020-03","precision":"month"},")" + name + R"(":{"date":")" + date +
           R"(","precision":"year"})";
  };
  sample_.file({incident_with(1, with("discovered", "2020-12-13")),
                incident_with(2, with("disclosed", "2020-04-15"))});
  using Counted = decltype(Trends::sophistication);
  EXPECT_EQ(measured().sophistication, (Counted{{{0, 10}, 2}}));
}

}  // namespace
}  // namespace comity::query
