// TAXII 2.1, OASIS Standard of 10 June 2021, section by section: objects, manifests and versions,
// filters and pages.

#include <gmock/gmock.h>

#include "tests/views/taxii_registry.h"

namespace comity::views {
namespace {

using samples::made_incident;
using samples::made_norm;
using samples::made_note;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class TaxiiContent : public TaxiiRegistry {
 protected:
  static constexpr int kParty = samples::SampleRecord::kParty;

  explicit TaxiiContent(query::ReaderLimits limits = {}) : TaxiiRegistry(limits) {}

  std::string objects(std::string_view query = "") {
    return in("statements", "objects/") + std::string(query);
  }
  std::string manifest(std::string_view query = "") {
    return in("statements", "manifest/") + std::string(query);
  }
  /// Only what was filed since the registry was founded.
  std::string since() {
    if (founded_.empty()) founded_ = get(manifest()).field("x-taxii-date-added-last");
    return "added_after=" + founded_;
  }
  /// Of all pages of that size.
  std::vector<std::string> drain(const std::string& target, std::size_t limit) {
    std::vector<std::string> all;
    std::string next;
    while (true) {
      const auto answer = get(target + "&limit=" + std::to_string(limit) + next);
      const auto page = ids(answer);
      EXPECT_LE(page.size(), limit);
      all.insert(all.end(), page.begin(), page.end());
      EXPECT_EQ(answer.json.contains("more"), answer.json.contains("next"));
      if (!answer.json.contains("more")) return all;
      EXPECT_EQ(answer.json.at("more"), true);
      next = "&next=" + answer.json.at("next").get<std::string>();
    }
  }
  void hold(std::uint64_t entry, std::uint64_t ordinal, bool on) {
    ASSERT_TRUE(sample_.registry()
                    .control(filing::Hold{.item = {.entry = entry, .ordinal = ordinal},
                                          .on = on,
                                          .ground = "a court",
                                          .authority = "the registrar"})
                    .has_value());
  }

  std::string founded_;
};

// 2, 3.2 Times and fields

TEST_F(TaxiiContent, S3_2_FirstAndLastAreThoseOfThePage) {
  sample_.file({made_note(1), made_note(2), made_note(3)});
  for (const char* query : {"", "?limit=2", "?match[type]=note&limit=1"}) {
    const auto records = get(manifest(query));
    const auto envelope = get(objects(query));
    ASSERT_EQ(ids(records), ids(envelope));
    const auto& list = records.json.at("objects");
    for (const auto& answer : {records, envelope}) {
      EXPECT_EQ(answer.field("x-taxii-date-added-first"), list.front().at("date_added"));
      EXPECT_EQ(answer.field("x-taxii-date-added-last"), list.back().at("date_added"));
    }
  }
  const auto one = get(in("statements", "objects/" + note(2) + "/"));
  const auto versions = get(in("statements", "objects/" + note(2) + "/versions/"));
  const auto record = get(manifest("?match[id]=" + note(2))).json.at("objects").front();
  for (const auto& answer : {one, versions}) {
    EXPECT_EQ(answer.field("x-taxii-date-added-first"), record.at("date_added"));
    EXPECT_EQ(answer.field("x-taxii-date-added-last"), record.at("date_added"));
  }
}

TEST_F(TaxiiContent, S2_TimesHaveSixDigits) {
  sample_.file({made_note(1)});
  const auto list = get(manifest()).json.at("objects");
  for (const auto& it : list) {
    const std::string time = it.at("date_added");
    ASSERT_EQ(time.size(), std::string_view("2026-03-31T12:00:00.000000Z").size());
    EXPECT_TRUE(parse_timestamp(time).has_value()) << time;
  }
}

// 3.3 Sorting

TEST_F(TaxiiContent, S3_3_OldestFirstAndNoTwoAtOnce) {
  since();
  sample_.registry().stop_clock();
  std::vector<std::string> filed;
  for (int i = 0; i < 6; ++i) {
    sample_.file({made_note(2 * i), made_incident(2 * i + 1)});
    filed.push_back(note(2 * i));
    filed.push_back(incident(2 * i + 1));
  }
  const auto answer = get(manifest("?" + since()));
  EXPECT_EQ(ids(answer), filed);
  std::string before;
  for (const auto& it : answer.json.at("objects")) {
    EXPECT_GT(it.at("date_added").get<std::string>(), before);
    before = it.at("date_added");
  }
}

// 3.4 Filtering

TEST_F(TaxiiContent, S3_4_LimitIsAPositiveNumber) {
  sample_.file({made_note(1), made_note(2)});
  for (const std::string& rest :
       {std::string("objects/"), std::string("manifest/"), "objects/" + note(1) + "/",
        "objects/" + note(1) + "/versions/"}) {
    for (const char* limit :
         {"0", "-1", "abc", "", "1.5", "1e3", "+1", "0x10", "00", "1,2", "%201"})
      EXPECT_EQ(get(in("statements", rest + "?limit=" + limit)).status, 400U) << limit;
    for (const char* limit : {"1", "007", "1000", "1000000", "99999999999999999999999"})
      EXPECT_EQ(get(in("statements", rest + "?limit=" + limit)).status, 200U) << limit;
  }
  EXPECT_EQ(ids(get(objects("?limit=1"))).size(), 1U);
}

TEST_F(TaxiiContent, S3_4_AddedAfterIsExclusive) {
  since();
  sample_.registry().stop_clock();
  sample_.file({made_note(1), made_note(2)});
  sample_.file({made_note(3)});
  const auto list = get(manifest("?" + since())).json.at("objects");
  ASSERT_EQ(list.size(), 3U);
  const std::string first = list[0].at("date_added");
  EXPECT_THAT(ids(get(objects("?added_after=" + first))), ElementsAre(note(2), note(3)));
  const std::string last = list[2].at("date_added");
  EXPECT_THAT(ids(get(objects("?added_after=" + last))), IsEmpty());
  // Digits beyond ours change nothing.
  std::string longer = first;
  longer.insert(longer.size() - 1, "999");
  EXPECT_THAT(ids(get(objects("?added_after=" + longer))), ElementsAre(note(2), note(3)));
}

TEST_F(TaxiiContent, S3_4_AddedAfterIsATime) {
  for (const char* time :
       {"2020-01-01T00:00:00Z", "2020-01-01T00:00:00.0Z", "2020-01-01T00:00:00.000Z",
        "2020-01-01T00:00:00.000000Z", "2020-01-01T00:00:00.123456789Z", "9999-12-31T23:59:59Z"})
    EXPECT_EQ(get(objects(std::string("?added_after=") + time)).status, 200U) << time;
  for (const char* time :
       {"", "garbage", "2020-01-01", "2020-01-01T00:00:00", "2020-01-01T00:00:00%2B02:00",
        "2020-13-01T00:00:00Z", "2020-02-30T00:00:00Z", "2020-01-01T00:00:00.Z",
        "2020-01-01T00:00:00.12345678xZ", "1577836800",
        "2020-01-01T00:00:00Z,2021-01-01T00:00:00Z"})
    EXPECT_EQ(get(objects(std::string("?added_after=") + time)).status, 400U) << time;
}

TEST_F(TaxiiContent, S3_4_NoParameterStandsThereTwice) {
  sample_.file({made_note(1)});
  const std::string time = "2020-01-01T00:00:00Z";
  for (const std::string& pair :
       {std::string("limit=1&limit=1"), "added_after=" + time + "&added_after=" + time,
        std::string("next=1-1&next=1-1"), std::string("match[type]=note&match[type]=incident"),
        std::string("match[id]=a&match[id]=a"),
        std::string("match[version]=last&match[version]=all"),
        std::string("match%5Btype%5D=note&match[type]=note"),
        std::string("match[spec_version]=2.1&match[spec_version]=2.1")})
    EXPECT_EQ(get(objects("?" + pair)).status, 400U) << pair;
  EXPECT_EQ(get(objects("?match[type]=note&match[version]=all&limit=2&other=1&other=2")).status,
            200U);
}

TEST_F(TaxiiContent, S3_4_NextIsOurs) {
  for (const char* next : {"", "x", "1", "1-", "-1", "1-2-0", "1-2-3-4", "01-2", "1-+2", "1.2",
                           "99999999999999999999-1", "1-99999999999999999999"})
    EXPECT_EQ(get(objects(std::string("?next=") + next)).status, 400U) << next;
  EXPECT_EQ(get(objects("?next=18446744073709551615-18446744073709551615")).text, "{}");
}

// 3.4.1 Fields of match

TEST_F(TaxiiContent, S3_4_1_SeveralValuesOfAFieldAreAlternatives) {
  since();
  sample_.file({made_note(1), made_incident(2), made_note(3)});
  EXPECT_THAT(ids(get(objects("?match[type]=incident,note&" + since()))),
              ElementsAre(note(1), incident(2), note(3)));
  EXPECT_THAT(ids(get(objects("?match[type]=incident,unheard-of&" + since()))),
              ElementsAre(incident(2)));
  EXPECT_THAT(ids(get(objects("?match[id]=" + note(3) + "," + note(1) + "," + note(7)))),
              ElementsAre(note(1), note(3)));
  EXPECT_THAT(ids(get(manifest("?match%5Bid%5D=" + note(3) + "%2C" + note(1)))),
              ElementsAre(note(1), note(3)));
}

TEST_F(TaxiiContent, S3_4_1_FieldsMustAllFit) {
  sample_.file({made_note(1), made_incident(2)});
  EXPECT_THAT(ids(get(objects("?match[type]=note&match[id]=" + note(1) + "," + incident(2)))),
              ElementsAre(note(1)));
  EXPECT_EQ(get(objects("?match[type]=incident&match[id]=" + note(1))).text, "{}");
}

TEST_F(TaxiiContent, S3_4_FieldsThatTheStandardDoesNotDefineMeanNothing) {
  sample_.file({made_note(1), made_incident(2)});
  const std::string id = "&match[id]=" + note(1);
  for (const char* query : {"?match[name]=x", "?match[name]=", "?match[TYPE]=incident"}) {
    EXPECT_THAT(ids(get(objects(query + id))), ElementsAre(note(1))) << query;
    EXPECT_THAT(ids(get(manifest(query + id))), ElementsAre(note(1))) << query;
    const std::string one = in("statements", "objects/" + note(1) + "/");
    EXPECT_THAT(ids(get(one + query)), ElementsAre(note(1))) << query;
    EXPECT_EQ(get(one + "versions/" + query).status, 200U) << query;
  }
}

TEST_F(TaxiiContent, S3_4_1_FieldsOfOtherEndpointsAndEmptyValuesAreRefused) {
  sample_.file({made_note(1)});
  for (const char* query : {"match[]=x", "match[type]=", "match[type]=note,", "match[type]=,note",
                            "match[version]=newest", "match[version]=",
                            "match[version]=last,,first", "match[name]=x&match[name]=x"})
    EXPECT_EQ(get(objects(std::string("?") + query)).status, 400U) << query;
  // An object's own endpoint has no match[id] and no match[type], its versions have fewer still.
  const std::string one = in("statements", "objects/" + note(1) + "/");
  EXPECT_EQ(get(one + "?match[type]=note").status, 400U);
  EXPECT_EQ(get(one + "?match[id]=" + note(1)).status, 400U);
  EXPECT_EQ(get(one + "?match[version]=all").status, 200U);
  EXPECT_EQ(get(one + "versions/?match[version]=all").status, 400U);
  EXPECT_EQ(get(one + "versions/?match[spec_version]=2.1").status, 200U);
}

TEST_F(TaxiiContent, S3_4_1_Versions) {
  sample_.file({made_note(1, 1), made_note(2, 1)});
  sample_.file({made_note(1, 2)});
  sample_.file({made_note(1, 3)});
  const auto versions = [&](const std::string& query) {
    std::vector<std::string> all;
    const auto answer = get(manifest("?match[id]=" + note(1) + "," + note(2) + query));
    if (answer.json.contains("objects"))
      for (const auto& it : answer.json.at("objects"))
        all.push_back(it.at("id").get<std::string>().substr(41) + " " +
                      it.at("version").get<std::string>().substr(17, 2));
    return all;
  };
  EXPECT_THAT(versions(""), ElementsAre("2 01", "1 03"));
  EXPECT_THAT(versions("&match[version]=last"), ElementsAre("2 01", "1 03"));
  EXPECT_THAT(versions("&match[version]=first"), ElementsAre("1 01", "2 01"));
  EXPECT_THAT(versions("&match[version]=all"), ElementsAre("1 01", "2 01", "1 02", "1 03"));
  EXPECT_THAT(versions("&match[version]=first,last"), ElementsAre("1 01", "2 01", "1 03"));
  EXPECT_THAT(versions("&match[version]=2026-01-02T00:00:02.000Z"), ElementsAre("1 02"));
  EXPECT_THAT(versions("&match[version]=2026-01-02T00:00:02Z,2026-01-02T00:00:03.000000Z"),
              ElementsAre("1 02", "1 03"));
  EXPECT_THAT(versions("&match[version]=2026-01-02T00:00:02Z,first"),
              ElementsAre("1 01", "2 01", "1 02"));
  EXPECT_THAT(versions("&match[version]=1999-01-01T00:00:00Z"), IsEmpty());
  // Exactly that time: no version is finer than a microsecond.
  EXPECT_THAT(versions("&match[version]=2026-01-02T00:00:02.0000000Z"), ElementsAre("1 02"));
  EXPECT_THAT(versions("&match[version]=2026-01-02T00:00:02.0000009Z"), IsEmpty());
  EXPECT_THAT(versions("&match[version]=2026-01-02T00:00:02.0000009Z,first"),
              ElementsAre("1 01", "2 01"));
}

TEST_F(TaxiiContent, S3_4_1_NoVersionTwiceAndNothingBesideAll) {
  sample_.file({made_note(1)});
  const std::string time = "2026-01-02T00:00:00Z";
  for (const std::string& value :
       {std::string("all,last"), std::string("first,all"), "all," + time, std::string("all,all"),
        std::string("last,last"), std::string("first,last,first"), time + "," + time,
        time + ",last,2026-01-02T00:00:00.000Z"})
    for (const auto& target : {objects("?match[version]="), manifest("?match[version]="),
                               in("statements", "objects/" + note(1) + "/?match[version]=")})
      EXPECT_EQ(get(target + value).status, 400U) << target << value;
}

TEST_F(TaxiiContent, S3_4_1_SpecVersions) {
  sample_.file({made_note(1)});
  const std::string id = "match[id]=" + note(1);
  EXPECT_THAT(ids(get(objects("?match[spec_version]=2.1&" + id))), ElementsAre(note(1)));
  EXPECT_THAT(ids(get(objects("?match[spec_version]=2.0,2.1&" + id))), ElementsAre(note(1)));
  EXPECT_EQ(get(objects("?match[spec_version]=2.0&" + id)).text, "{}");
  EXPECT_EQ(get(manifest("?" + id + "&match[spec_version]=1.2.1")).text, "{}");
}

// 3.5 Pagination

TEST_F(TaxiiContent, S3_5_PagesFollowOneAnother) {
  since();
  for (int i = 0; i < 5; ++i) sample_.file({made_note(3 * i), made_note(3 * i + 1)});
  sample_.file({made_note(0, 1)});
  for (const auto& target : {objects("?" + since()), manifest("?" + since()),
                             objects("?match[version]=all&" + since())}) {
    const auto whole = drain(target, 1000);
    EXPECT_GE(whole.size(), 10U);
    for (const std::size_t limit : {1U, 2U, 3U, 9U, 10U, 11U})
      EXPECT_EQ(drain(target, limit), whole);
  }
}

TEST_F(TaxiiContent, S3_4_NoLimitIsGreaterThanOurs) {
  since();
  std::vector<std::string> notes;
  std::vector<std::string> filed;
  for (int i = 1; i <= 1001; ++i) {
    notes.push_back(made_note(i));
    filed.push_back(note(i));
  }
  sample_.file(notes);
  const std::vector<std::string> most(filed.begin(), filed.end() - 1);
  for (const std::string limit :
       {"", "&limit=1000", "&limit=1001", "&limit=1000000", "&limit=99999999999999999999999"})
    for (const auto& target : {objects("?" + since()), manifest("?" + since())}) {
      const auto page = get(target + limit);
      EXPECT_TRUE(ids(page) == most) << target << limit;
      ASSERT_TRUE(page.json.contains("more")) << target << limit;
      const std::string next = page.json.at("next");
      const auto rest = get(target + limit + "&next=" + next);
      EXPECT_THAT(ids(rest), ElementsAre(filed.back())) << target << limit;
      EXPECT_FALSE(rest.json.contains("more")) << target << limit;
    }
}

TEST_F(TaxiiContent, S3_5_WhatComesMeanwhileIsAtTheEnd) {
  since();
  sample_.file({made_note(1), made_note(2), made_note(3)});
  const auto first = get(objects("?limit=2&" + since()));
  EXPECT_THAT(ids(first), ElementsAre(note(1), note(2)));
  sample_.file({made_note(4), made_note(1, 1)});
  const std::string next = "&next=" + first.json.at("next").get<std::string>();
  EXPECT_THAT(ids(get(objects("?limit=9&" + since() + next))),
              ElementsAre(note(3), note(4), note(1)));
  // A poller that remembers X-TAXII-Date-Added-Last instead has the same.
  EXPECT_THAT(ids(get(objects("?added_after=" + first.field("x-taxii-date-added-last")))),
              ElementsAre(note(3), note(4), note(1)));
}

/// A page looks at one version, which on a record of millions it does at so many.
class TaxiiThroughANarrowWindow : public TaxiiContent {
 protected:
  TaxiiThroughANarrowWindow() : TaxiiContent({.window = 1}) {}
};

TEST_F(TaxiiThroughANarrowWindow, S3_5_APageMayBeEmptyThoughThereIsMore) {
  sample_.file({made_note(1), made_incident(2), made_note(3), made_incident(4)});
  for (const auto& target : {objects("?match[type]=incident"), manifest("?match[type]=incident")}) {
    const auto first = get(target);
    EXPECT_EQ(first.status, 200U);
    EXPECT_EQ(first.text,
              R"({"more":true,"next":")" + first.json.at("next").get<std::string>() + "\"}");
    EXPECT_EQ(first.field("x-taxii-date-added-first"), "");
    EXPECT_EQ(first.field("x-taxii-date-added-last"), "");
    EXPECT_THAT(drain(target, 10), ElementsAre(incident(2), incident(4)));
  }
}

TEST_F(TaxiiContent, S3_5_APageOfLargeObjectsEndsEarly) {
  since();
  const std::string wide = R"(,"abstract":")" + std::string(std::size_t{3} << 20, 'w') + '"';
  std::vector<std::string> filed;
  for (int i = 0; i < 6; ++i) {
    sample_.file({made_note(i, 0, kParty, wide)});
    filed.push_back(note(i));
  }
  const auto first = get(objects("?" + since()));
  EXPECT_EQ(ids(first).size(), 3U);
  EXPECT_TRUE(first.json.contains("next"));
  // Whoever goes on behind that time gets the fourth.
  const auto records = get(manifest("?" + since())).json.at("objects");
  EXPECT_EQ(first.field("x-taxii-date-added-last"), records.at(2).at("date_added"));
  EXPECT_EQ(drain(objects("?" + since()), 100), filed);
}

// 3.7 Envelope, 5.4 Get objects

TEST_F(TaxiiContent, S3_7_NothingFoundIsAnEmptyEnvelope) {
  for (const auto& target :
       {in("incidents", "objects/"), in("incidents", "manifest/"), in("norms", "objects/?limit=3"),
        objects("?match[type]=campaign"), manifest("?added_after=2999-01-01T00:00:00Z")}) {
    const auto answer = get(target);
    EXPECT_EQ(answer.status, 200U);
    EXPECT_EQ(answer.text, "{}") << target;
    // Section 3.2 demands the fields of every 200, but there is no object with a time.
    EXPECT_EQ(answer.field("x-taxii-date-added-first"), "");
    EXPECT_EQ(answer.field("x-taxii-date-added-last"), "");
  }
}

TEST_F(TaxiiContent, S5_4_ObjectsAreByteForByteAsFiled) {
  since();
  const std::string odd = "\n{ \"id\" : \"" + note(1) + R"(", "type":"note",
  "spec_version":"2.1","created":"2026-01-02T00:00:00.000Z",
  "modified":"2026-01-02T00:00:00.000000Z",
  "created_by_ref":")" + samples::party(kParty) +
                          R"(","content":"\u00e9 é \/ 1e3",
  "object_refs":[")" + samples::party(1) +
                          "\"]}\t";
  sample_.file({odd, made_note(2)});
  EXPECT_EQ(get(objects("?" + since())).text, R"({"objects":[)" + odd + "," + made_note(2) + "]}");
  EXPECT_EQ(get(in("statements", "objects/" + note(1) + "/")).text, R"({"objects":[)" + odd + "]}");
}

TEST_F(TaxiiContent, S5_4_CollectionsHoldWhatTheySay) {
  since();
  sample_.file({made_incident(1), made_note(2), made_norm(3), made_norm(4, "rulebook")});
  EXPECT_THAT(ids(get(in("incidents", "objects/"))), ElementsAre(incident(1)));
  EXPECT_THAT(ids(get(in("norms", "objects/"))), ElementsAre(note(3), note(4)));
  EXPECT_THAT(ids(get(objects("?" + since()))),
              ElementsAre(incident(1), note(2), note(3), note(4)));
  // The registry's own government is in none.
  EXPECT_THAT(get(objects()).text, Not(HasSubstr(R"("kind":"admission")")));
  EXPECT_THAT(get(objects()).text, Not(HasSubstr(R"("kind":"charter")")));
}

TEST_F(TaxiiContent, S5_4_HiddenObjectsAreNowhereUntilDisclosed) {
  since();
  const std::string hidden = made_note(1, 0, kParty, samples::marked(samples::kAmber));
  const auto filed = sample_.registry().file(
      {samples::open_to_all(made_note(2)), samples::for_readers(hidden, {samples::party(kParty)})},
      samples::party(kParty), samples::key(kParty));
  ASSERT_TRUE(filed.has_value()) << filed.error().sentence();
  EXPECT_THAT(ids(get(objects("?" + since()))), ElementsAre(note(2)));
  EXPECT_EQ(get(in("statements", "objects/" + note(1) + "/")).status, 404U);
  EXPECT_EQ(get(in("statements", "objects/" + note(1) + "/versions/")).status, 404U);
  EXPECT_EQ(get(objects("?match[id]=" + note(1))).text, "{}");

  const auto version = parse_timestamp(samples::time_at(0)).value();
  ASSERT_TRUE(sample_.registry()
                  .control(filing::Disclose{{filed->index, 1}, note(1), version, false})
                  .has_value());
  EXPECT_THAT(ids(get(objects("?" + since()))), ElementsAre(note(2), note(1)));
  EXPECT_EQ(get(in("statements", "objects/" + note(1) + "/")).text,
            R"({"objects":[)" + hidden + "]}");
  const auto records = get(manifest("?" + since())).json.at("objects");
  EXPECT_LT(records[0].at("date_added"), records[1].at("date_added"));
  hold(filed->index, 1, true);  // named by where it was filed
  EXPECT_THAT(ids(get(objects("?" + since()))), ElementsAre(note(2)));
}

TEST_F(TaxiiContent, S5_4_WhatIsErasedOrOnHoldIsLeftOut) {
  since();
  const auto entry = sample_.file({made_note(1), made_note(2), made_note(3)});
  const auto before = get(manifest("?" + since())).json.at("objects");
  hold(entry, 0, true);
  ASSERT_TRUE(sample_.registry()
                  .control(filing::Erase{.item = {.entry = entry, .ordinal = 1},
                                         .ground = "names a person",
                                         .authority = "the registrar"})
                  .has_value());
  EXPECT_THAT(ids(get(objects("?" + since()))), ElementsAre(note(3)));
  for (const int number : {1, 2}) {
    EXPECT_EQ(get(in("statements", "objects/" + note(number) + "/")).status, 404U);
    EXPECT_EQ(get(objects("?match[version]=all&match[id]=" + note(number))).text, "{}");
  }
  hold(entry, 0, false);
  const auto after = get(manifest("?" + since())).json.at("objects");
  ASSERT_EQ(after.size(), 2U);
  EXPECT_EQ(after[0], before[0]) << "and its time is the same";
  EXPECT_EQ(after[1], before[2]);
}

// 5.3 Manifests

TEST_F(TaxiiContent, S5_3_ManifestRecordsSayWhatEnvelopesHold) {
  sample_.file({made_note(1, 7), made_incident(2)});
  const auto records = get(manifest("?match[id]=" + note(1))).json.at("objects");
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].size(), 4U);
  EXPECT_EQ(records[0].at("id"), note(1));
  EXPECT_EQ(records[0].at("version"), samples::time_at(7));
  EXPECT_EQ(records[0].at("media_type"), "application/stix+json;version=2.1");
  for (const char* query : {"", "?match[version]=all", "?match[type]=incident", "?limit=2"})
    EXPECT_EQ(ids(get(manifest(query))), ids(get(objects(query))));
}

// 5.6 Get an object

TEST_F(TaxiiContent, S5_6_AnObjectsVersions) {
  sample_.file({made_note(1, 1)});
  sample_.file({made_note(1, 2)});
  const std::string one = in("statements", "objects/" + note(1) + "/");
  const auto versions = [&](const std::string& query) {
    std::vector<std::string> all;
    const auto answer = get(one + query);
    EXPECT_EQ(answer.status, 200U) << answer.text;
    if (answer.json.contains("objects"))
      for (const auto& it : answer.json.at("objects"))
        all.push_back(it.at("modified").get<std::string>().substr(17, 2));
    return all;
  };
  EXPECT_THAT(versions(""), ElementsAre("02"));
  EXPECT_THAT(versions("?match[version]=all"), ElementsAre("01", "02"));
  EXPECT_THAT(versions("?match[version]=first"), ElementsAre("01"));
  EXPECT_THAT(versions("?match[version]=2026-01-02T00:00:01Z"), ElementsAre("01"));
  EXPECT_THAT(versions("?match[version]=all&limit=1"), ElementsAre("01"));
  EXPECT_THAT(versions("?match[version]=2000-01-01T00:00:00Z"), IsEmpty());
  EXPECT_THAT(versions("?match[spec_version]=2.0"), IsEmpty());
  EXPECT_THAT(versions("?added_after=2999-01-01T00:00:00Z"), IsEmpty());
}

TEST_F(TaxiiContent, S5_6_AnUnknownObjectIs404) {
  sample_.file({made_note(1), made_incident(2)});
  for (const std::string& id :
       {note(9), std::string("x"), std::string("note--1"), "NOTE--" + note(1)})
    for (const char* rest : {"", "versions/"})
      EXPECT_EQ(get(in("statements", "objects/" + id + "/" + rest)).status, 404U) << id;
  EXPECT_EQ(get(in("incidents", "objects/" + note(1) + "/")).status, 404U)
      << "it is in another collection";
  EXPECT_EQ(get(in("incidents", "objects/" + incident(2) + "/")).status, 200U);
}

// 5.8 Object versions

TEST_F(TaxiiContent, S5_8_VersionsInTheOrderInWhichTheyWereAdded) {
  sample_.file({made_note(1, 1)});
  sample_.file({made_note(1, 3)});
  sample_.file({made_note(1, 2)});
  const std::string versions = in("statements", "objects/" + note(1) + "/versions/");
  EXPECT_EQ(get(versions).text,
            R"({"versions":["2026-01-02T00:00:01.000Z","2026-01-02T00:00:03.000Z",)"
            R"("2026-01-02T00:00:02.000Z"]})");
  const auto first = get(versions + "?limit=2");
  EXPECT_EQ(first.json.at("versions").size(), 2U);
  EXPECT_EQ(first.json.at("more"), true);
  const auto rest = get(versions + "?limit=2&next=" + first.json.at("next").get<std::string>());
  EXPECT_EQ(rest.text, R"({"versions":["2026-01-02T00:00:02.000Z"]})");
  EXPECT_EQ(get(versions + "?match[spec_version]=2.0").text, "{}");
}

}  // namespace
}  // namespace comity::views
