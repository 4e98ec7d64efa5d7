#include "intake/versions.h"

#include <map>

#include "intake/stix_maker.h"

#include "tests/intake/importer.h"
#include "tests/precompiled.h"

namespace comity::intake {
namespace {

/// One object as an import at that second makes it.
std::string made(std::int64_t second, const std::string& text) {
  const auto maker = StixMaker::of({kParty, UnixMicros{second * 1'000'000}});
  Json object = maker->head("note", "a");
  object["content"] = text;
  object["object_refs"] = Json::array({kParty});
  return StixMaker::finish(std::move(object));
}

/// What stands in a log, by id.
struct Log {
  std::map<std::string, std::string, std::less<>> newest;

  [[nodiscard]] Filed filed() const {
    return [this](std::string_view id) -> Result<std::optional<FiledVersion>> {
      const auto found = newest.find(id);
      if (found == newest.end()) return std::nullopt;
      return filed_version(found->second);
    };
  }
  Changes file(const std::string& object) {
    auto result = changes({object}, filed());
    for (const auto& text : result->objects) newest[Json::parse(text)["id"]] = text;
    return *std::move(result);
  }
};

TEST(Versions, OnlyWhatChangedIsANewVersion) {
  Log log;
  EXPECT_EQ(log.file(made(1000, "x")).added, 1U);
  EXPECT_EQ(log.file(made(2000, "x")).unchanged, 1U);
  const Changes changed = log.file(made(3000, "y"));
  ASSERT_EQ(changed.changed, 1U);
  const Json object = Json::parse(changed.objects.front());
  EXPECT_EQ(object["created"], "1970-01-01T00:16:40.000Z");
  EXPECT_EQ(object["modified"], "1970-01-01T00:50:00.000Z");
  EXPECT_EQ(object["content"], "y");
  EXPECT_EQ(log.file(made(4000, "y")).unchanged, 1U);
  EXPECT_EQ(log.file(made(5000, "x")).changed, 1U);  // back again is a change too
}

TEST(Versions, ANewVersionIsLaterEvenIfTheClockIsNot) {
  Log log;
  log.file(made(3000, "x"));
  const Changes changed = log.file(made(1000, "y"));
  ASSERT_EQ(changed.changed, 1U);
  EXPECT_EQ(Json::parse(changed.objects.front())["modified"], "1970-01-01T00:50:00.001Z");
}

TEST(Versions, AnIdTwiceIsFiledOnce) {
  const Log log;
  const auto result = changes({made(1000, "x"), made(1000, "y")}, log.filed());
  ASSERT_TRUE(result);
  EXPECT_EQ(result->objects, (std::vector<std::string>{made(1000, "x")}));
}

TEST(Versions, TextsOfASourceDoNotLookLikeTimes) {
  Log log;
  const std::string trap = R"(","created":"2000-01-01T00:00:00.000Z","modified":"x)";
  log.file(made(1000, trap));
  EXPECT_EQ(log.file(made(2000, trap)).unchanged, 1U);
  EXPECT_EQ(log.file(made(2000, trap + "y")).changed, 1U);
}

TEST(Versions, WhatIsWithdrawnDoesNotComeBack) {
  const auto result =
      changes({made(1000, "x")}, [](std::string_view) -> Result<std::optional<FiledVersion>> {
        FiledVersion version;
        version.withdrawn = true;
        return version;
      });
  ASSERT_TRUE(result);
  EXPECT_EQ(result->withdrawn, 1U);
  EXPECT_TRUE(result->objects.empty());
}

TEST(Versions, AnObjectOfAnotherLayoutHasNoDigest) {
  EXPECT_FALSE(filed_version("{}"));
  EXPECT_FALSE(filed_version(R"({"id":"a","type":"note"})"));
  EXPECT_FALSE(filed_version(R"({"type":"note","spec_version":"2.1","id":"a\u0062")"));
}

TEST(Versions, AFaultOfTheLogIsPassedOn) {
  const auto result = changes(
      {made(1000, "x")},
      [](std::string_view) -> Result<std::optional<FiledVersion>> { return fail("no disk"); });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code(), "fault");
}

}  // namespace
}  // namespace comity::intake
