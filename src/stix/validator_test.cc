#include "stix/validator.h"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "stix/finding_code.h"

// What no case of tests/stix can tell: bounds, and the two ways of looking. The rules themselves
// are tested there, one by one.

namespace comity::stix {
namespace {

constexpr std::string_view kHead =
    R"({"type":"campaign","spec_version":"2.1",)"
    R"("id":"campaign--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",)"
    R"("created":"2016-04-06T20:03:00.000Z","modified":"2016-04-06T20:03:00.000Z","lang":"en",)"
    R"("name":"n")";

std::vector<Finding> validate(const std::string& text) {
  codec::JsonReader reader;
  const auto object = reader.parse(as_bytes(text));
  if (!object) return {*as_finding(object.error())};
  return Validator().validate(*object);
}

std::string with(const std::string& members) { return std::string(kHead) + "," + members + "}"; }

std::string repeated(std::size_t times, std::string_view text) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

TEST(Validator, FindsNothingOnAValidObject) {
  EXPECT_TRUE(validate(std::string(kHead) + "}").empty());
}

TEST(Validator, TellsTheFirstErrorAlone) {
  codec::JsonReader reader;
  const std::string text = with(R"("x_a":1,"first_seen":"yesterday","last_seen":7)");
  const auto object = reader.parse(as_bytes(text)).value();
  const auto error = Validator().first_error(object);
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code, code::kTimestamp);
  EXPECT_EQ(error->path, "$.first_seen");
  EXPECT_EQ(error->section, "2.16.1");
  EXPECT_EQ(Validator().validate(object).size(), 3U);  // and x_a, and last_seen
}

TEST(Validator, TellsOfABundleWithoutItsObjects) {
  const std::string text = R"({"type":"bundle","created_by_ref":"identity--1","objects":[)" +
                           with(R"("first_seen":"yesterday")") + "," + with(R"("revoked":true)") +
                           "]}";
  codec::JsonReader reader;
  const auto bundle = reader.parse(as_bytes(text)).value();
  std::vector<std::string_view> codes;
  for (const auto& finding : Validator().validate_frame(bundle)) {
    codes.push_back(finding.code);
    EXPECT_FALSE(finding.path.ends_with("first_seen"));
  }
  const std::vector<std::string_view> expected = {code::kIdentifier, code::kMissing,
                                                  code::kNotApplicable, code::kVersions};
  EXPECT_EQ(codes, expected);
}

TEST(Validator, BoundsTheFindingsOfAnObject) {
  std::string many;
  for (int i = 0; i < 5000; ++i) many += ",\"x_" + std::to_string(i) + "\":null";
  const auto findings = validate(std::string(kHead) + many + "}");
  EXPECT_EQ(std::ranges::count(findings, Level::error, &Finding::level), Report::kMost);
  EXPECT_LE(findings.size(), 2 * Report::kMost);
}

TEST(Validator, NoNumberOfWarningsHidesAnError) {
  std::string many;
  for (int i = 0; i < 5000; ++i) many += ",\"x_" + std::to_string(i) + "\":1";
  const auto findings = validate(std::string(kHead) + many + R"(,"labels":7})");
  EXPECT_EQ(std::ranges::count(findings, Level::warning, &Finding::level), Report::kMost);
  EXPECT_EQ(std::ranges::count(findings, Level::error, &Finding::level), 1);
}

TEST(Validator, BoundsDepth) {
  const auto nested = [](std::size_t depth) {
    return with("\"x_a\":" + std::string(depth, '[') + "1" + std::string(depth, ']'));
  };
  const auto deep = [&](std::size_t depth) {
    const auto findings = validate(nested(depth));
    return std::ranges::any_of(findings, [](auto& one) { return one.code == code::kTooDeep; });
  };
  EXPECT_FALSE(deep(63));
  EXPECT_TRUE(deep(64));
  EXPECT_TRUE(deep(1000));
}

/// An object of a size that shows a time that is more than linear: seconds, not milliseconds.
void is_quick(const std::string& text) {
  codec::JsonReader reader;
  const auto object = reader.parse(as_bytes(text)).value();
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_FALSE(Validator().validate(object).empty());
  (void)Validator().first_error(object);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
}

/// `times` members, each with the same value: `"x_100000":1,"x_100001":1`.
std::string members(int times, std::string_view value) {
  std::string all;
  for (int i = 100'000; i < 100'000 + times; ++i)
    all += (all.empty() ? "\"x_" : ",\"x_") + std::to_string(i) + "\":" + std::string(value);
  return all;
}

TEST(Validator, HostileObjectsAreQuick) {
  std::string names;
  for (int i = 0; i < 100'000; ++i) names += "\"x_" + std::to_string(i) + "\":1,";
  const std::string selectors = repeated(50'000, "\"x_99999\",");
  is_quick(with(names + R"("granular_markings":[{"lang":"de","selectors":[)" + selectors +
                R"("name"]}])"));
  is_quick(with("\"aliases\":[" + repeated(500'000, "\"\",") + "1]"));
  is_quick(with("\"lang\":\"" + repeated(400'000, "aaaaaaa-") + "\""));
  is_quick(with("\"object_marking_refs\":[" + repeated(500'000, "\"a--b\",") + "1]"));
  is_quick(
      with("\"external_references\":[" + repeated(100'000, "{\"source_name\":\"a\"},") + "1]"));
}

TEST(Validator, HostileContainersAreQuick) {
  const auto container = [](const std::string& objects) {
    return R"({"type":"observed-data","spec_version":"2.1",)"
           R"("id":"observed-data--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",)"
           R"("created":"2016-04-06T20:03:00.000Z","modified":"2016-04-06T20:03:00.000Z",)"
           R"("first_observed":"2016-01-01T00:00:00Z","last_observed":"2016-01-01T00:00:00Z",)"
           R"("number_observed":1,"objects":{)" +
           objects + "}}";
  };
  const auto file = [](const std::string& key, std::size_t refs, const std::string& ref) {
    return "\"" + key + R"(":{"type":"file","name":"n","contains_refs":[)" +
           repeated(refs, "\"" + ref + "\",") + "\"" + ref + "\"]}";
  };
  // Many references into many observables; to one whose type stands last; from a long key.
  is_quick(container(file("f", 200'000, "x_139999") + "," +
                     members(40'000, R"({"type":"mutex","name":"n"})")));
  is_quick(container(file("f", 500'000, "a") + R"(,"a":{)" + members(100'000, "1") +
                     R"(,"type":"mutex","name":"n"})"));
  is_quick(container(file(std::string(2'000'000, 'f'), 500'000, "a") +
                     R"(,"a":{"type":"mutex","name":"n"})"));
}

TEST(Validator, HostileBundlesAreQuick) {
  const auto bundle = [](const std::string& target, const std::string& contents) {
    return R"({"type":"bundle","id":"bundle--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f","objects":[)" +
           with(target) +
           R"(,{"type":"language-content","spec_version":"2.1",)"
           R"("id":"language-content--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",)"
           R"("created":"2016-04-06T20:03:00.000Z","modified":"2016-04-06T20:03:00.000Z",)"
           R"("object_ref":"campaign--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",)"
           R"("object_modified":"2016-04-06T20:03:00.000Z","contents":{)" +
           contents + "}}]}";
  };
  // Many names translated at once; one name of many, by many translations, and deeper inside.
  is_quick(bundle(members(140'000, R"("")"), "\"de\":{" + members(140'000, R"("")") + "}"));
  const std::string last = R"("de":{"x_169999":""})";
  is_quick(bundle(members(170'000, R"("")"), repeated(70'000, last + ",") + last));
  const std::string deep = R"("de":{"x_a":{"x_169999":""}})";
  is_quick(
      bundle(R"("x_a":{)" + members(170'000, R"("")") + "}", repeated(50'000, deep + ",") + deep));
}

TEST(Validator, ManySelectorsAreRefusedByOurOwnBound) {
  std::string names;
  for (int i = 0; i < 20'000; ++i) names += "\"x_" + std::to_string(i) + "\":1,";
  const auto findings = validate(with(names + R"("granular_markings":[{"lang":"de","selectors":[)" +
                                      repeated(100, "\"x_19999\",") + R"("name"]}])"));
  EXPECT_EQ(findings.back().level, Level::error);
  codec::JsonReader reader;
  const std::string text = with(names + R"("granular_markings":[{"lang":"de","selectors":[)" +
                                repeated(100, "\"x_19999\",") + R"("name"]}])");
  const auto object = reader.parse(as_bytes(text)).value();
  const auto error = Validator().first_error(object);
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code, code::kSelector);
  EXPECT_EQ(error->section, "");
}

}  // namespace
}  // namespace comity::stix
