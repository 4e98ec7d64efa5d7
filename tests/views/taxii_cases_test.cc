// The collection of case reports, by TAXII and as STIX 2.1 wants them.

#include <gmock/gmock.h>

#include "stix/validator.h"

#include "tests/views/taxii_registry.h"

namespace comity::views {
namespace {

using samples::made;
using samples::made_incident;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

class TaxiiCases : public TaxiiRegistry {
 protected:
  static constexpr int kParty = samples::SampleRecord::kParty;

  explicit TaxiiCases(query::ReaderLimits limits = {}) : TaxiiRegistry(limits) {}

  /// A note about incidents.
  static std::string claim(int number, const std::vector<int>& about, int second = 0,
                           std::string_view more = "") {
    std::string refs;
    for (const int it : about) refs += (refs.empty() ? "\"" : ",\"") + incident(it) + "\"";
    return made("note", number, kParty, second,
                R"(,"content":"A claim.","object_refs":[)" + refs + "]" + std::string(more));
  }
  ReadAnswer cases(std::string_view query = "") {
    return get(in("cases", "objects/") + std::string(query));
  }
  /// What each report names, in order.
  static std::vector<std::vector<std::string>> refs(const ReadAnswer& answer) {
    std::vector<std::vector<std::string>> all;
    EXPECT_EQ(answer.status, 200U) << answer.text;
    if (answer.json.contains("objects"))
      for (const auto& it : answer.json["objects"]) all.push_back(it.at("object_refs"));
    return all;
  }
  static std::vector<std::string> times(const ReadAnswer& manifest) {
    std::vector<std::string> all;
    if (manifest.json.contains("objects"))
      for (const auto& it : manifest.json["objects"]) all.push_back(it.at("date_added"));
    return all;
  }
  /// That a page has no more than its limit, but for what has the last one's time.
  void expect_page_of(int limit, const std::string& query) {
    const auto added = times(get(in("cases", "manifest/") + query));
    for (auto i = static_cast<std::size_t>(limit); i < added.size(); ++i)
      EXPECT_EQ(added[i], added[i - 1]) << query;
  }
  /// The ids of all pages of that size.
  std::vector<std::string> drain(int limit) {
    std::vector<std::string> drained;
    std::string next;
    do {
      const std::string query = "?limit=" + std::to_string(limit) + next;
      const auto page = cases(query);
      const auto some = ids(page);
      drained.insert(drained.end(), some.begin(), some.end());
      expect_page_of(limit, query);
      next = page.json.contains("next") ? "&next=" + page.json.at("next").get<std::string>() : "";
    } while (!next.empty());
    return drained;
  }
  /// The same, going on by the time of the last one alone.
  std::vector<std::string> drain_by_time(int limit) {
    std::vector<std::string> drained;
    std::string after;
    while (true) {
      const auto page = cases("?limit=" + std::to_string(limit) + after);
      const auto some = ids(page);
      drained.insert(drained.end(), some.begin(), some.end());
      if (some.empty() && !page.json.contains("more")) return drained;
      if (some.empty()) {
        ADD_FAILURE() << "nothing to go on by: " << page.text;
        return drained;
      }
      after = "&added_after=" + page.field("x-taxii-date-added-last");
    }
  }
  std::string report_on(int number) {
    const auto answer = cases();
    for (const auto& it : answer.json.at("objects"))
      if (it.at("object_refs").front() == incident(number)) return it.at("id");
    return "";
  }
  void hold(std::uint64_t entry, bool on) {
    ASSERT_TRUE(sample_.registry()
                    .control(filing::Hold{.item = {.entry = entry, .ordinal = 0},
                                          .on = on,
                                          .ground = "a court",
                                          .authority = "the registrar"})
                    .has_value());
  }
};

TEST_F(TaxiiCases, AReportNamesWhatIsFiledAboutItsIncident) {
  sample_.file({made_incident(1), made_incident(2)});
  sample_.file({claim(3, {1}), claim(4, {1})});
  const auto answer = cases();
  EXPECT_EQ(refs(answer), (std::vector<std::vector<std::string>>{{incident(2)},
                                                                 {incident(1), note(3), note(4)}}));
  const auto& report = answer.json.at("objects").at(1);
  EXPECT_EQ(report.at("type"), "report");
  EXPECT_EQ(report.at("created_by_ref"), sample_.registry().registrar());
  EXPECT_EQ(report.at("name"), "Case: incident 1");
  EXPECT_THAT(std::string(report.at("description")), HasSubstr("2 statements are filed about it"));
  EXPECT_THAT(std::string(report.at("id")), StartsWith("report--"));
  EXPECT_NE(report.at("id"), "report--" + samples::uuid(1));
}

TEST_F(TaxiiCases, ItNamesRelationshipsOfTheIncident) {
  const auto relationship = [](int number, const std::string& source, const std::string& target) {
    return made("relationship", number, kParty, 0,
                R"(,"relationship_type":"related-to","source_ref":")" + source +
                    R"(","target_ref":")" + target + '"');
  };
  const std::string response = "course-of-action--" + samples::uuid(8);
  sample_.file({made_incident(1), made_incident(2), claim(3, {2})});
  const auto before = cases();
  sample_.file({relationship(5, response, incident(1)), relationship(6, incident(2), incident(1))});
  const std::string fifth = "relationship--" + samples::uuid(5);
  const std::string sixth = "relationship--" + samples::uuid(6);
  const auto after = cases("?added_after=" + before.field("x-taxii-date-added-last"));
  EXPECT_EQ(refs(after), (std::vector<std::vector<std::string>>{{incident(2), note(3), sixth},
                                                                {incident(1), fifth, sixth}}));
  EXPECT_EQ(drain(1), ids(after));
  for (const int number : {1, 2}) {
    const std::string id = report_on(number);
    EXPECT_EQ(ids(cases("?match[id]=" + id)), (std::vector<std::string>{id}));
    const auto modified = [&](const ReadAnswer& answer) -> std::string {
      for (const auto& it : answer.json.at("objects"))
        if (it.at("id") == id) return it.at("modified");
      return "";
    };
    EXPECT_GT(modified(after), modified(before));
  }
}

TEST_F(TaxiiCases, ReportsAreSTIX) {
  sample_.file({made_incident(1), claim(2, {1}), made_incident(3)});
  stix::Validator validator;
  codec::JsonReader reader;
  const auto all = cases().json.at("objects");
  ASSERT_THAT(all, SizeIs(2));
  for (const auto& it : all) {
    const std::string text = it.dump();
    const auto object = reader.parse(as_bytes(text));
    ASSERT_TRUE(object.has_value());
    EXPECT_FALSE(validator.first_error(*object).has_value()) << text;
  }
}

TEST_F(TaxiiCases, WhoPollsGetsEachCaseThatHasChanged) {
  sample_.registry().stop_clock();
  sample_.file({made_incident(1), made_incident(2)});
  const auto before = cases();
  const auto unchanged = cases("?added_after=" + before.field("x-taxii-date-added-last"));
  EXPECT_EQ(unchanged.text, "{}");
  sample_.file({claim(3, {1})});
  const auto after = cases("?added_after=" + before.field("x-taxii-date-added-last"));
  EXPECT_EQ(refs(after), (std::vector<std::vector<std::string>>{{incident(1), note(3)}}));
  // Within the same second, and even the same millisecond, it is a later version.
  const auto& now = after.json.at("objects").front();
  const auto& then = before.json.at("objects").front();
  EXPECT_EQ(now.at("id"), then.at("id"));
  EXPECT_EQ(now.at("created"), then.at("created"));
  EXPECT_GT(now.at("modified").get<std::string>(), then.at("modified").get<std::string>());
  const auto record =
      get(in("cases", "manifest/?match[id]=" + report_on(1))).json.at("objects").at(0);
  EXPECT_EQ(record.at("version"), now.at("modified"));
  EXPECT_EQ(record.at("date_added"), after.field("x-taxii-date-added-last"));
}

TEST_F(TaxiiCases, PagesOfAnySizeHaveEachCaseOnce) {
  sample_.file({made_incident(1), made_incident(2), made_incident(3), made_incident(4)});
  sample_.file({claim(10, {1, 3, 1, 2}), claim(11, {4})});
  const auto whole = ids(cases());
  EXPECT_THAT(whole, ElementsAre(report_on(1), report_on(3), report_on(2), report_on(4)));
  for (const int limit : {1, 2, 3, 4}) EXPECT_EQ(drain(limit), whole) << limit;
}

TEST_F(TaxiiCases, WhoGoesOnByTimeAloneMissesNoneThatOneStatementIsAbout) {
  sample_.registry().stop_clock();
  sample_.file({made_incident(1), made_incident(2), made_incident(3), made_incident(4)});
  sample_.file({claim(10, {1, 2}), claim(11, {4, 3}), made_incident(5)});
  const auto whole = ids(cases());
  EXPECT_THAT(whole, SizeIs(5));
  for (const int limit : {1, 2, 3, 4, 5}) {
    EXPECT_EQ(drain_by_time(limit), whole) << limit;
    EXPECT_EQ(drain(limit), whole) << limit;
  }
  const auto first = cases("?limit=1");
  EXPECT_THAT(ids(first), ElementsAre(report_on(1), report_on(2)));
  EXPECT_TRUE(first.json.at("more"));
  // As many as the limit: the page ends where the group does, and nothing comes twice.
  EXPECT_EQ(ids(cases("?limit=2")), ids(first));
  const std::string some = "?limit=1&match[id]=" + report_on(2) + "," + report_on(1);
  EXPECT_EQ(ids(cases(some)), ids(first));
  const auto last =
      cases("?limit=1&added_after=" + cases("?limit=4").field("x-taxii-date-added-last"));
  EXPECT_THAT(ids(last), ElementsAre(report_on(5)));
  EXPECT_FALSE(last.json.contains("more"));
}

/// A page looks at one version, which on a record of millions it does at so many.
class TaxiiCasesThroughANarrowWindow : public TaxiiCases {
 protected:
  TaxiiCasesThroughANarrowWindow() : TaxiiCases({.window = 1}) {}
};

TEST_F(TaxiiCasesThroughANarrowWindow, EachCaseComesOnceAllTheSame) {
  sample_.file({made_incident(1), made_incident(2), claim(3, {1, 2}), made_incident(4)});
  sample_.file({claim(5, {2})});
  EXPECT_THAT(drain(1), SizeIs(3));
  EXPECT_THAT(drain(9), SizeIs(3));
}

TEST_F(TaxiiCases, OneIsFoundByItsId) {
  sample_.file({made_incident(1), made_incident(2), claim(3, {1})});
  const std::string id = report_on(1);
  EXPECT_THAT(ids(cases("?match[id]=" + id)), ElementsAre(id));
  EXPECT_THAT(ids(get(in("cases", "objects/" + id + "/"))), ElementsAre(id));
  const std::string modified = cases("?match[id]=" + id).json.at("objects").at(0).at("modified");
  EXPECT_EQ(get(in("cases", "objects/" + id + "/versions/")).json.at("versions"),
            Json::array({modified}));
  EXPECT_THAT(ids(cases("?match[version]=" + modified + "&match[id]=" + id)), ElementsAre(id));
  EXPECT_THAT(ids(cases("?match[version]=1999-01-01T00:00:00Z")), IsEmpty());
  EXPECT_THAT(ids(cases("?match[type]=report&match[id]=" + id)), ElementsAre(id));
  EXPECT_THAT(ids(cases("?match[type]=incident")), IsEmpty());
  for (const std::string& other : {incident(1), "report--" + samples::uuid(1), std::string("x")}) {
    EXPECT_EQ(get(in("cases", "objects/" + other + "/")).status, 404U) << other;
    EXPECT_THAT(ids(cases("?match[id]=" + other)), IsEmpty()) << other;
  }
  EXPECT_EQ(get(in("statements", "objects/" + id + "/")).status, 404U);
}

TEST_F(TaxiiCases, WhatIsWithheldOrRevokedIsNamedByNone) {
  const auto first = sample_.file({made_incident(1)});
  const auto second = sample_.file({claim(2, {1})});
  const std::string id = report_on(1);
  hold(second, true);
  EXPECT_EQ(refs(cases()), (std::vector<std::vector<std::string>>{{incident(1)}}));
  hold(second, false);
  hold(first, true);
  EXPECT_THAT(ids(cases()), IsEmpty());
  EXPECT_EQ(get(in("cases", "objects/" + id + "/")).status, 404U);
  hold(first, false);
  sample_.file({claim(2, {1}, 1, R"(,"revoked":true)")});
  EXPECT_EQ(refs(cases()), (std::vector<std::vector<std::string>>{{incident(1)}}));
}

}  // namespace
}  // namespace comity::views
