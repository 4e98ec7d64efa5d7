// The JSON API and the feed, without sockets.

#include <array>
#include <chrono>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "views/api_answer.h"
#include "views/api_routes.h"
#include "views/router.h"
#include "views/taxii_routes.h"

#include "query/readers.h"
#include "tests/query/published_objects.h"
#include "tests/views/read_answer.h"

namespace comity::views {
namespace {

using samples::made_incident;
using samples::made_note;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

std::string whole(Body body) {
  if (auto* text = std::get_if<std::string>(&body)) return std::move(*text);
  auto& source = std::get<std::unique_ptr<BodySource>>(body);
  std::string all;
  std::array<char, 7> buffer{};  // small, so that pieces are cut anywhere
  while (true) {
    const auto read = source->read(buffer);
    EXPECT_TRUE(read.has_value());
    if (!read || *read == 0) return all;
    all.append(buffer.data(), *read);
  }
}

class JsonApi : public ::testing::Test {
 protected:
  JsonApi() {
    add_api(router_, parts_of(readers_));
    add_taxii(router_, {.readers = readers_,
                        .origin = std::string(samples::kOrigin),
                        .registrar = {},
                        .title = "Test registry",
                        .contact = ""});
  }

  ApiParts parts_of(query::Readers& readers) {
    return {.readers = readers,
            .files = sample_.registry().files(),
            .origin = std::string(samples::kOrigin),
            .title = "Test <registry>",
            .base_url = "https://example.org",
            .version = "1",
            .head = [this] { return sample_.head(); }};
  }

  using FieldList = std::vector<std::pair<std::string, std::string>>;
  ReadAnswer get(const std::string& target, const FieldList& fields = {}) {
    sample_.follow();
    return get_from(router_, target, fields);
  }
  static ReadAnswer get_from(const Router& router, const std::string& target,
                             const FieldList& fields = {}) {
    Request request{.method = Method::get, .target = target, .fields = {}, .body = {}};
    for (const auto& [name, value] : fields) request.fields.add(name, value);
    ReadAnswer answer;
    router.answer(request, [&](Response response) {
      answer.status = response.status;
      answer.fields = std::move(response.fields);
      answer.text = whole(std::move(response.body));
    });
    answer.json = Json::parse(answer.text, nullptr, false);
    return answer;
  }
  static std::string incident(int number) { return "incident--" + samples::uuid(number); }
  static std::vector<std::string> ids(const ReadAnswer& answer) {
    std::vector<std::string> all;
    EXPECT_EQ(answer.status, 200U) << answer.text;
    if (answer.json.contains("hits"))
      for (const auto& it : answer.json["hits"]) all.push_back(it["id"]);
    return all;
  }

  samples::SampleRecord sample_;
  query::Readers readers_{sample_.follower().path(), sample_.registry().files()};
  Router router_;
};

TEST_F(JsonApi, SearchesWithFiltersAndPages) {
  sample_.file({made_incident(1), made_incident(2), made_incident(3), made_note(4)});
  EXPECT_THAT(ids(get("/api/v1/search?q=incident+2")), ElementsAre(incident(2)));
  const auto first = get("/api/v1/search?sort=filed&limit=2&facets");
  EXPECT_THAT(ids(first), ElementsAre(incident(3), incident(2)));
  EXPECT_EQ(first.json.at("count"), 3);
  EXPECT_TRUE(first.json.contains("facets"));
  const std::string next = first.json.at("next");
  const auto second = get("/api/v1/search?sort=filed&limit=2&after=" + next);
  EXPECT_THAT(ids(second), ElementsAre(incident(1)));
  EXPECT_TRUE(second.json.at("next").is_null());
  EXPECT_THAT(ids(get("/api/v1/search?effect=data_theft&country=ua")), IsEmpty());
  EXPECT_THAT(ids(get("/api/v1/search?effect=data_theft")).size(), 3U);
  EXPECT_THAT(ids(get("/api/v1/search?asof=2")), IsEmpty());
  EXPECT_EQ(get("/api/v1/search").field("content-type"), "application/json");
}

TEST_F(JsonApi, ExportsAreSoManyAtATime) {
  std::vector<query::Readers::Lease> others;
  while (others.size() < query::ReaderLimits{}.exports)
    others.push_back(readers_.take_for_export(std::to_string(others.size())).value());
  const auto refused = get("/api/v1/export/csv");
  EXPECT_EQ(refused.status, 503U);
  EXPECT_NE(refused.field("retry-after"), "");
  EXPECT_EQ(get("/api/v1/search").status, 200U);  // which has a reader of its own
  others.pop_back();
  EXPECT_EQ(get("/api/v1/export/csv").status, 200U);
  EXPECT_EQ(get("/api/v1/export/jsonl").status, 200U);
}

TEST_F(JsonApi, NobodyHasAllTheExports) {
  std::vector<query::Readers::Lease> mine;
  while (mine.size() < query::ReaderLimits{}.exports_per_client)
    mine.push_back(readers_.take_for_export("192.0.2.1").value());
  EXPECT_EQ(readers_.take_for_export("192.0.2.1").error().code(), "too-many-requests");
  EXPECT_TRUE(readers_.take_for_export("192.0.2.2").has_value());
  mine.pop_back();
  EXPECT_TRUE(readers_.take_for_export("192.0.2.1").has_value());
}

TEST_F(JsonApi, AStateThatTheLogHasAndTheRecordNotYetIsAskedForAgain) {
  sample_.follow();
  sample_.file({made_incident(9)});  // not followed
  const std::uint64_t size = crypto::count(sample_.head().size);
  for (const char* what : {"/api/v1/search", "/feed.atom", "/api/v1/export/csv", "/api/v1/stats",
                           "/api/v1/stats/trends"}) {
    const std::string target = std::string(what) + "?asof=";
    const auto soon = get_from(router_, target + std::to_string(size));
    EXPECT_EQ(soon.status, 503U) << target;
    EXPECT_EQ(soon.json.at("code"), "record-behind");
    EXPECT_NE(soon.field("retry-after"), "");
    EXPECT_EQ(get_from(router_, target + std::to_string(size + 1)).status, 400U) << target;
  }
  sample_.follow();
  EXPECT_EQ(get("/api/v1/search?asof=" + std::to_string(size)).status, 200U);
}

constexpr auto kReads = std::to_array<const char*>(
    {"/api/v1/search?", "/feed.atom?", "/api/v1/export/jsonl?", "/api/v1/stats?",
     "/api/v1/stats/trends?", "/api/v1/objects/incident%209?", "/api/v1/incidents/incident%209?"});

TEST_F(JsonApi, WhoHasFiledWaitsForTheRecordToHaveIt) {
  std::vector<std::uint64_t> waited;
  ApiParts parts = parts_of(readers_);
  parts.wait_for = [&](std::uint64_t size) {
    waited.push_back(size);
    sample_.follow();
  };
  Router router;
  add_api(router, parts);
  sample_.follow();
  for (const char* read : kReads) {
    const std::uint64_t size =
        sample_.file({made_incident(9, static_cast<int>(waited.size()))}) + 1;
    const auto answer = get_from(router, read + ("min_size=" + std::to_string(size)));
    EXPECT_EQ(answer.status, 200U) << read << answer.text;
    ASSERT_FALSE(waited.empty()) << read;
    EXPECT_EQ(waited.back(), size) << read;
    EXPECT_GE(sample_.snapshot().stamp().size, size) << read;
  }
  EXPECT_EQ(waited.size(), kReads.size());
}

TEST_F(JsonApi, WhatTheRecordHasNotInTimeIsAskedForAgain) {
  std::size_t waited = 0;
  ApiParts parts = parts_of(readers_);
  parts.wait_for = [&](std::uint64_t /*size*/) { ++waited; };
  Router router;
  add_api(router, parts);
  sample_.file({made_incident(9)});
  sample_.follow();
  sample_.file({made_incident(8)});  // not followed
  const std::uint64_t size = crypto::count(sample_.head().size);
  const auto expect_behind = [&](const std::string& target) {
    const auto answer = get_from(router, target);
    EXPECT_EQ(answer.status, 503U) << target << answer.text;
    EXPECT_EQ(answer.json.at("code"), "record-behind");
    EXPECT_EQ(answer.field("retry-after"), "1");
  };
  for (const char* read : kReads) expect_behind(read + ("min_size=" + std::to_string(size)));
  EXPECT_EQ(waited, kReads.size());
  // Nothing that is under way brings what the log has not got.
  for (const char* read : kReads) {
    expect_behind(read + ("min_size=" + std::to_string(size + 1)));
    expect_behind(std::string(read) + "min_size=18446744073709551615");
  }
  EXPECT_EQ(waited, kReads.size());
  for (const char* wrong : {"", "x", "-1", "1.5", "18446744073709551616"})
    EXPECT_EQ(get_from(router, std::string("/api/v1/stats?min_size=") + wrong).json.at("code"),
              "parameter-malformed");
}

TEST_F(JsonApi, RefusesWhatItDoesNotKnow) {
  const auto refused = [&](const std::string& target, unsigned status, const std::string& code) {
    const auto answer = get(target);
    EXPECT_EQ(answer.status, status) << target;
    EXPECT_EQ(answer.field("content-type"), "application/problem+json");
    EXPECT_EQ(answer.json.at("code"), code) << target;
  };
  refused("/api/v1/search?words=x", 400, "parameter-unknown");
  refused("/api/v1/search?q=a&q=b", 400, "parameter-malformed");
  refused("/api/v1/search?kind=norms", 400, "parameter-malformed");
  refused("/api/v1/search?limit=x", 400, "parameter-malformed");
  refused("/api/v1/search?limit=0", 400, "search-limit");
  refused("/api/v1/search?surely=maybe", 400, "parameter-malformed");
  refused("/api/v1/search?country=Ukraine", 400, "country-malformed");
  refused("/api/v1/search?from=soon", 400, "date-malformed");
  refused("/api/v1/search?asof=soon", 400, "as-of-malformed");
  refused("/api/v1/search?asof=999999", 400, "as-of-beyond-record");
  refused("/api/v1/search?after=x", 400, "search-cursor-malformed");
  refused("/api/v1/stats?from=x", 400, "date-malformed");
  refused("/api/v1/stats/trends?by=day", 400, "parameter-malformed");
  refused("/api/v1/export/xml", 400, "export-filter");
  refused("/api/v1/export/csv?kind=nothing", 400, "export-filter");
  refused("/api/v1/export/csv?kind=norms&country=UA", 400, "export-filter");
  refused("/api/v1/objects/nobody", 404, "object-unknown");
  refused("/openapi.json?x=1", 400, "parameter-unknown");
  refused("/api/v1/", 404, "resource-unknown");
  EXPECT_EQ(get("/api/v1/search", {{"accept", "text/html"}}).status, 406U);
}

TEST_F(JsonApi, ShowsObjects) {
  sample_.file({made_incident(1), made_note(2)});
  sample_.file({made_incident(1, 5)});
  const auto shown = get("/api/v1/objects/" + incident(1)).json;
  EXPECT_EQ(shown.at("id"), incident(1));
  EXPECT_EQ(shown.at("versions").size(), 2U);
  EXPECT_EQ(shown.at("current").at("version"), samples::time_at(5));
  EXPECT_EQ(shown.at("current").at("object").at("name"), "incident 1");
  EXPECT_TRUE(shown.at("claims").is_array());
  EXPECT_EQ(get("/api/v1/incidents/" + incident(1)).json, shown);
  EXPECT_EQ(get("/api/v1/objects/incident%201").json, shown) << "by its name";
  EXPECT_EQ(get("/api/v1/incidents/note--" + samples::uuid(2)).status, 404U);
  EXPECT_TRUE(get("/api/v1/objects/note--" + samples::uuid(2)).json.contains("named_by"));
  const auto before = get("/api/v1/objects/" + incident(1) +
                          "?asof=" + std::to_string(shown.at("size").get<int>() - 1))
                          .json;
  EXPECT_EQ(before.at("versions").size(), 1U);
}

TEST_F(JsonApi, HiddenAndHeldContentIsShownToNobody) {
  const auto hidden =
      made_note(7, 0, samples::SampleRecord::kParty, samples::marked(samples::kAmber));
  const auto filed = sample_.registry().file(
      {samples::open_to_all(made_incident(1)),
       samples::for_readers(hidden, {samples::party(samples::SampleRecord::kParty)})},
      samples::party(samples::SampleRecord::kParty), samples::key(samples::SampleRecord::kParty));
  ASSERT_TRUE(filed.has_value());
  EXPECT_EQ(get("/api/v1/objects/note--" + samples::uuid(7)).status, 404U);
  ASSERT_TRUE(sample_.registry()
                  .control(filing::Hold{.item = {.entry = filed->index, .ordinal = 0},
                                        .on = true,
                                        .ground = "a court",
                                        .authority = "the registrar"})
                  .has_value());
  const auto held = get("/api/v1/objects/" + incident(1)).json;
  EXPECT_EQ(held.at("current").at("held"), true);
  EXPECT_TRUE(held.at("current").at("object").is_null());
  EXPECT_THAT(get("/api/v1/export/jsonl").text, Not(HasSubstr("incident 1")));
}

TEST_F(JsonApi, TellsOfTheRegistry) {
  const std::string registrar = sample_.registry().registrar();
  const std::uint64_t entry = sample_.file({made_incident(1), made_note(2)});
  const auto summary = get("/api/v1/registry").json;
  EXPECT_EQ(summary.at("origin"), samples::kOrigin);
  EXPECT_EQ(summary.at("size"), crypto::count(sample_.head().size));
  EXPECT_EQ(summary.at("root"), to_base64(sample_.head().root.view()));
  EXPECT_EQ(summary.at("kinds").at("incident"), 1);
  const std::string target = "/api/v1/entries/" + std::to_string(entry);
  const auto filed = get(target).json;
  EXPECT_EQ(filed.at("kind"), "filing");
  ASSERT_EQ(filed.at("items").size(), 2U);
  EXPECT_EQ(filed.at("items").at(0).at("id"), incident(1));
  EXPECT_EQ(filed.at("items").at(0).at("erased"), false);
  const auto party = get("/api/v1/parties/" + registrar).json;
  EXPECT_EQ(party.at("party"), registrar);
  const std::string kid = party.at("keys").at(0).at("kid");
  EXPECT_EQ(get("/api/v1/parties/" + kid).json, party) << "by the kid of its key";
  EXPECT_THAT(get("/api/v1/parties").json.at("parties").at(0).at("id"), registrar);

  ASSERT_TRUE(sample_.registry()
                  .control(filing::Erase{.item = {.entry = entry, .ordinal = 0},
                                         .ground = "names a person",
                                         .authority = "a court"})
                  .has_value());
  const auto erased = get(target).json.at("items").at(0);
  EXPECT_EQ(erased.at("erased"), true);
  EXPECT_EQ(erased.at("bytes"), 0);
  const auto last = crypto::count(sample_.head().size) - 1;
  const auto control = get("/api/v1/entries/" + std::to_string(last)).json;
  EXPECT_EQ(control.at("control"), "erase");
  EXPECT_THAT(std::string(control.at("says")), HasSubstr("authority: a court"));
}

TEST_F(JsonApi, AnEntryThatTheRecordDoesNotHaveYetIsAskedForAgain) {
  sample_.follow();
  const auto target = "/api/v1/entries/" + std::to_string(sample_.file({made_incident(9)}));
  EXPECT_EQ(get_from(router_, target).json.at("code"), "record-behind");
  EXPECT_EQ(get_from(router_, target + "?asof=1").json.at("code"), "entry-out-of-range");
  EXPECT_EQ(get_from(router_, "/api/v1/entries/9999").json.at("code"), "entry-out-of-range");
  EXPECT_EQ(get(target).status, 200U);
}

TEST_F(JsonApi, CountsAndMeasures) {
  sample_.file({made_incident(1), made_incident(2)});
  const auto stats = get("/api/v1/stats").json;
  EXPECT_EQ(stats.at("incidents"), 2);
  EXPECT_TRUE(stats.contains("data_sets"));
  const auto some = get("/api/v1/stats?country=ua&top=1").json;
  EXPECT_EQ(some.at("filter").at("country"), "UA");
  EXPECT_EQ(some.at("incidents"), 0);
  const auto trends = get("/api/v1/stats/trends?by=year").json;
  EXPECT_EQ(trends.at("by"), "year");
  EXPECT_EQ(trends.at("incidents"), 2);
}

TEST_F(JsonApi, ExportsPieceByPiece) {
  sample_.file({made_incident(1), made_note(2)});
  const auto lines = get("/api/v1/export/jsonl?kind=incidents");
  EXPECT_EQ(lines.text, made_incident(1) + "\n");
  EXPECT_EQ(lines.field("content-type"), "application/jsonl");
  const auto bundle = get("/api/v1/export/stix?kind=incidents");
  EXPECT_EQ(bundle.json.at("type"), "bundle");
  EXPECT_EQ(bundle.json.at("objects").size(), 1U);
  EXPECT_EQ(get("/api/v1/export/stix?kind=incidents").text, bundle.text);
  const auto table = get("/api/v1/export/csv");
  EXPECT_THAT(table.text, HasSubstr("incident 1"));
  EXPECT_THAT(table.field("content-type"), StartsWith("text/csv"));
}

TEST_F(JsonApi, AskingAgainCostsNothingWhileNothingIsFiled) {
  sample_.file({made_incident(1)});
  for (const std::string& target :
       {std::string("/api/v1/search"), "/api/v1/objects/" + incident(1),
        std::string("/api/v1/stats"), std::string("/api/v1/export/jsonl"),
        std::string("/feed.atom"), std::string("/api/v1/search?asof=2"),
        std::string("/api/v1/registry"), std::string("/api/v1/entries/0"),
        std::string("/api/v1/parties"), "/api/v1/parties/" + sample_.registry().registrar()}) {
    const std::string tag = get(target).field("etag");
    EXPECT_THAT(tag, StartsWith("W/\""));
    for (const std::string& known : {tag, tag.substr(2), "\"x\", " + tag, std::string("*")}) {
      const auto again = get(target, {{"if-none-match", known}});
      EXPECT_EQ(again.status, 304U) << target << " " << known;
      EXPECT_EQ(again.text, "");
      EXPECT_EQ(again.field("etag"), tag);
    }
    EXPECT_EQ(get(target, {{"if-none-match", "W/\"1\""}}).status, 200U);
    sample_.file({made_note(static_cast<int>(std::hash<std::string>{}(target) % 100'000))});
    EXPECT_EQ(get(target, {{"if-none-match", tag}}).status, 200U) << target;
  }
}

TEST_F(JsonApi, WhatAClientHasIsNotMadeAgain) {
  // So many that whatever goes through them is given up where a question has no time at all; what
  // is looked up beforehand is too little to be.
  std::vector<std::string> many;
  for (int i = 1; i <= 1500; ++i) many.push_back(made_incident(i));
  sample_.file(many);
  sample_.follow();
  query::Readers hurried(sample_.follower().path(), sample_.registry().files(),
                         {.question_time = std::chrono::milliseconds(0)});
  Router router;
  add_api(router, parts_of(hurried));
  for (const char* target :
       {"/api/v1/search", "/api/v1/stats", "/api/v1/stats/trends", "/feed.atom"}) {
    const auto made = get_from(router, target);
    EXPECT_EQ(made.status, 503U) << target;
    EXPECT_EQ(made.json.value("code", ""), "question-too-long") << target;
    const std::string tag = get(target).field("etag");
    EXPECT_EQ(get_from(router, target, {{"if-none-match", tag}}).status, 304U) << target;
  }
}

TEST_F(JsonApi, ARecordThatIsBehindIsNotShown) {
  const std::uint64_t entry = sample_.file({made_incident(1)});
  sample_.follow();
  const std::string taxii = "/taxii2/public/collections/statements/";
  const std::vector<std::string> targets{"/api/v1/search",
                                         "/api/v1/objects/" + incident(1),
                                         "/api/v1/stats",
                                         "/api/v1/stats/trends",
                                         "/api/v1/export/jsonl",
                                         "/api/v1/registry",
                                         "/api/v1/entries/0",
                                         "/api/v1/parties",
                                         "/feed.atom",
                                         taxii + "objects/",
                                         taxii + "manifest/",
                                         taxii + "objects/" + incident(1) + "/",
                                         taxii + "objects/" + incident(1) + "/versions/"};
  const auto expect_all = [&](unsigned status) {
    for (const std::string& target : targets) {
      const auto answer = get(target);
      EXPECT_EQ(answer.status, status) << target << answer.text;
      if (status != 503) continue;
      EXPECT_EQ(answer.field("retry-after"), "1") << target;
      EXPECT_EQ(answer.field("cache-control"), "no-store") << target;
      const char* code = target.starts_with("/taxii2/") ? "error_code" : "code";
      EXPECT_EQ(answer.json.at(code), "record-behind") << target;
      EXPECT_THAT(answer.text, Not(HasSubstr("incident 1"))) << target;
    }
  };
  expect_all(200);
  // The log goes on with two entries, a tick and the hold, which the record doesn't have yet.
  const std::uint64_t size = sample_.snapshot().stamp().size;
  readers_.require(size + 2);
  readers_.require(size);
  expect_all(503);
  ASSERT_TRUE(sample_.registry()
                  .control(filing::Hold{.item = {.entry = entry, .ordinal = 0},
                                        .on = true,
                                        .ground = "a court",
                                        .authority = "the registrar"})
                  .has_value());
  EXPECT_THAT(get("/api/v1/export/jsonl").text, Not(HasSubstr("incident 1")));
  EXPECT_EQ(get("/api/v1/stats").status, 200U);
}

TEST_F(JsonApi, AnExportThatIsUnderWayStopsWhenSomethingIsWithheld) {
  sample_.file({made_incident(1), made_incident(2), made_incident(3)});
  sample_.follow();
  const Request request{
      .method = Method::get, .target = "/api/v1/export/jsonl", .fields = {}, .body = {}};
  Body body;
  router_.answer(request, [&](Response response) { body = std::move(response.body); });
  auto& source = *std::get<std::unique_ptr<BodySource>>(body);
  std::array<char, 7> buffer{};
  const std::uint64_t size = sample_.snapshot().stamp().size;
  readers_.require(size);
  EXPECT_EQ(source.read(buffer), buffer.size()) << "nothing is withheld that it shows";
  readers_.require(size + 1);
  const auto more = source.read(buffer);
  ASSERT_FALSE(more.has_value());
  EXPECT_EQ(more.error().code(), "record-behind");
}

TEST_F(JsonApi, NoPreconditionHidesThatThereIsNoAnswer) {
  sample_.file({made_incident(1), made_note(2)});
  const std::string tag = get("/api/v1/search").field("etag");
  const auto refused = [&](const std::string& target, unsigned status) {
    for (const std::string& known : {std::string("*"), tag})
      EXPECT_EQ(get(target, {{"if-none-match", known}}).status, status) << target << " " << known;
  };
  refused("/api/v1/objects/nonsense", 404);
  refused("/api/v1/objects/" + incident(7), 404);
  refused("/api/v1/incidents/note--" + samples::uuid(2), 404);
  for (const std::string& target :
       {"/api/v1/objects/" + incident(1) + "?", std::string("/api/v1/search?"),
        std::string("/api/v1/stats?"), std::string("/api/v1/stats/trends?"),
        std::string("/api/v1/export/csv?"), std::string("/feed.atom?")}) {
    refused(target + "asof=soon", 400);
    refused(target + "asof=999999", 400);
    refused(target + "unheard=of", 400);
  }
  refused("/api/v1/search?limit=0", 400);
  refused("/api/v1/search?kind=actors&country=UA", 400);
  refused("/api/v1/search?after=x", 400);
  refused("/feed.atom?limit=0", 400);
  refused("/api/v1/stats?from=x", 400);
  refused("/api/v1/stats/trends?to=x", 400);
  refused("/api/v1/stats/trends?by=day", 400);
  refused("/api/v1/export/csv?kind=nothing", 400);
}

TEST_F(JsonApi, AnotherRecordAndAnotherProgramHaveAnotherTag) {
  sample_.file({made_incident(1)});
  sample_.follow();
  samples::SampleRecord other;
  other.file({made_incident(2)});
  other.follow();
  const auto ours = sample_.snapshot();
  const auto others = other.snapshot();
  ASSERT_EQ(ours.stamp().size, others.stamp().size);
  EXPECT_NE(entity_tag(ours, "a"), entity_tag(others, "a"));
  EXPECT_NE(entity_tag(ours, "a"), entity_tag(ours, "b"));
  EXPECT_EQ(entity_tag(ours, "a"), entity_tag(sample_.snapshot(), "a"));

  const std::string tag = get("/api/v1/stats").field("etag");
  const auto tag_of = [&](const std::string& version, const std::string& base_url) {
    Router router;
    ApiParts parts = parts_of(readers_);
    parts.base_url = base_url;
    parts.version = version;
    add_api(router, parts);
    const Request request{
        .method = Method::get, .target = "/api/v1/stats", .fields = {}, .body = {}};
    std::string found;
    router.answer(request, [&](const Response& response) {
      found = std::string(response.fields.find("etag").value_or(""));
    });
    return found;
  };
  EXPECT_EQ(tag_of("1", "https://example.org"), tag);
  EXPECT_NE(tag_of("2", "https://example.org"), tag);
  EXPECT_NE(tag_of("1", "https://example.com"), tag);
}

TEST_F(JsonApi, TellsAnEntryWhileTheRecordIsBehind) {
  const std::uint64_t index = sample_.file({made_incident(9)});
  sample_.follow();
  for (int number = 10; number < 13; ++number) sample_.file({made_incident(number)});
  const auto answer = get("/api/v1/entries/" + std::to_string(index));
  EXPECT_EQ(answer.status, 200U) << answer.text;
}

TEST_F(JsonApi, FeedsWhatWasFiledLastFirst) {
  sample_.file({made_incident(1), made_incident(2)});
  const auto feed = get("/feed.atom?q=incident&limit=1");
  EXPECT_EQ(feed.field("content-type"), "application/atom+xml");
  EXPECT_THAT(feed.text, HasSubstr("<title>incident 2</title>"));
  EXPECT_THAT(feed.text, Not(HasSubstr("<title>incident 1</title>")));
  EXPECT_THAT(feed.text, HasSubstr("<title>Test &lt;registry&gt;</title>"));
  EXPECT_THAT(feed.text,
              HasSubstr("href=\"https://example.org/feed.atom?q=incident&amp;limit=1\""));
  EXPECT_THAT(feed.text,
              HasSubstr("<id>https://example.org/comity/objects/" + incident(2) + "</id>"));
}

}  // namespace
}  // namespace comity::views
