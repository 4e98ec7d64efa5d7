#include "intake/landmarks.h"

#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "codec/json.h"
#include "filing/object.h"
#include "intake/definitions.h"
#include "intake/embedded.h"

#include "tests/golden.h"
#include "tests/intake/importer.h"

namespace comity::intake {
namespace {

using Json = nlohmann::ordered_json;

const Importer kLandmarkImporter{kParty, UnixMicros{1'750'000'000'123'456}};

Json embedded() { return Json::parse(as_text(landmarks_json())); }

Result<Landmarks> import_landmarks(const Json& file) {
  const std::string text = file.dump();
  return landmarks(as_bytes(text), kLandmarkImporter);
}

const Landmarks& record() {
  static const Landmarks made = landmarks(landmarks_json(), kLandmarkImporter).value();
  return made;
}

/// All objects in the order of filing.
std::vector<std::string> all_objects() {
  std::vector<std::string> all = record().common;
  for (const Case& made : record().cases)
    all.insert(all.end(), made.objects.begin(), made.objects.end());
  return all;
}

const Case& case_named(std::string_view name) {
  return *std::ranges::find(record().cases, name, &Case::name);
}

TEST(Landmarks, Counts) {
  EXPECT_EQ(record().cases.size(), 81U);
  std::map<std::string, int> kinds;
  std::map<std::string, int> types;
  for (const std::string& text : all_objects()) {
    const Json object = Json::parse(text);
    ++types[object["type"]];
    if (object.contains("extensions") && object["extensions"].contains(kExtension))
      ++kinds[object["extensions"][kExtension]["kind"]];
  }
  EXPECT_EQ(types["incident"], 81);
  EXPECT_EQ(types["location"], 47);
  EXPECT_EQ(kinds["claimant"], 78);
  EXPECT_EQ(kinds["attribution"], 117);
  EXPECT_EQ(kinds["response"], 82);
  EXPECT_EQ(kinds["reply"], 5);
}

TEST(Landmarks, EveryObjectIsAdmissibleAndRefersBackwards) {
  codec::JsonReader reader;
  std::set<std::string> known{kParty};
  for (const std::string& text : all_objects()) {
    const auto head = filing::read_object(as_bytes(text), reader);
    ASSERT_TRUE(head) << head.error().sentence() << "\n" << text;
    EXPECT_EQ(head->creator, kParty);
    EXPECT_EQ(head->tlp, filing::Tlp::clear);
    EXPECT_EQ(count(head->version), 1'750'000'000'123'000) << "milliseconds, no finer";
    EXPECT_TRUE(known.insert(head->id).second) << head->id << " stands twice";
    const Json object = Json::parse(text);
    EXPECT_EQ(object.dump(), text) << "compact, in one form";
    for (const char* name : {"source_ref", "target_ref"})
      if (object.contains(name)) {
        EXPECT_TRUE(known.contains(object[name])) << text;
      }
    for (const Json& ref : object.value("object_refs", Json::array()))
      EXPECT_TRUE(known.contains(ref)) << text;
  }
}

bool has_hole(const Json& value) {
  return value.is_null() || (value.is_structured() && value.empty()) ||
         (value.is_structured() && std::ranges::any_of(value, has_hole));
}

TEST(Landmarks, NothingIsNullOrEmpty) {
  for (const std::string& text : all_objects()) EXPECT_FALSE(has_hole(Json::parse(text))) << text;
}

TEST(Landmarks, AClaimCarriesNoStateButItsWording) {
  for (const std::string& text : all_objects()) {
    const Json object = Json::parse(text);
    if (object["type"] != "note") continue;
    const Json& meaning = object["extensions"][kExtension];
    for (const char* inferred : {"state", "cluster", "organ", "strength"})
      EXPECT_FALSE(meaning.contains(inferred)) << text;
    if (meaning.contains("wording")) {
      EXPECT_EQ(meaning["wording_form"], "paraphrase");
    }
  }
}

TEST(Landmarks, TheSameBytesTwice) {
  const auto again = landmarks(landmarks_json(), kLandmarkImporter);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->common, record().common);
  ASSERT_EQ(again->cases.size(), record().cases.size());
  for (std::size_t i = 0; i < again->cases.size(); ++i)
    EXPECT_EQ(again->cases[i].objects, record().cases[i].objects);
}

TEST(Landmarks, AnotherPartyMakesOtherIds) {
  const auto other = landmarks(landmarks_json(), {"identity--11111111-1111-4111-8111-111111111111",
                                                  kLandmarkImporter.created});
  ASSERT_TRUE(other);
  EXPECT_NE(Json::parse(other->common[0])["id"], Json::parse(record().common[0])["id"]);
}

TEST(Landmarks, ADoubtStaysMarked) {
  const Json incident = Json::parse(case_named("notpetya").objects[0]);
  EXPECT_EQ(incident["extensions"][kExtension]["doubtful"].size(), 1U);
  int doubted = 0;
  for (const std::string& text : case_named("notpetya").objects)
    if (text.contains("\"doubtful\":true")) ++doubted;
  EXPECT_EQ(doubted, 3) << "Canada, Australia and New Zealand";
}

TEST(Landmarks, ADenialIsAReply) {
  const Json incident = Json::parse(case_named("triangulation").objects[0]);
  EXPECT_EQ(incident["extensions"][kExtension]["response_search"], "not_searched");
  const Json reply = Json::parse(case_named("triangulation").objects.back());
  EXPECT_EQ(reply["type"], "note");
  EXPECT_EQ(reply["extensions"][kExtension]["kind"], "reply");
}

TEST(Landmarks, Golden) {
  std::string text;
  for (const std::string& object : definitions()) text += object + "\n";
  for (const std::string& object : case_named("notpetya").objects) text += object + "\n";
  for (const std::string& object : case_named("triangulation").objects) text += object + "\n";
  testing::expect_golden("intake/notpetya-triangulation.ndjson", text);
}

/// A file with one incident and one claim of each kind, for breaking.
Json small_file() {
  Json file = embedded();
  Json incident = *std::ranges::find_if(
      file["incidents"], [](const Json& each) { return each["id"] == "estonia-2020"; });
  file["incidents"] = Json::array({incident});
  return file;
}

void expect_refused(const Json& file, std::string_view place) {
  const auto refused = import_landmarks(file);
  ASSERT_FALSE(refused) << place;
  EXPECT_EQ(refused.error().code(), "intake-malformed");
  EXPECT_TRUE(refused.error().sentence().contains(place))
      << refused.error().sentence() << " does not name " << place;
}

/// Takes out each member of an object in turn; `optional` may go, every other one is missed by
/// name.
void expect_each_member_needed(const Json::json_pointer& at, std::string_view place,
                               const std::set<std::string>& optional) {
  const Json whole = small_file();
  ASSERT_TRUE(import_landmarks(whole)) << import_landmarks(whole).error().sentence();
  for (const auto& item : whole[at].items()) {
    Json broken = whole;
    broken[at].erase(item.key());
    if (optional.contains(item.key()))
      EXPECT_TRUE(import_landmarks(broken)) << item.key();
    else
      expect_refused(broken, std::string(place) + item.key());
    broken[at][item.key()] = 7;
    if (at.empty() && optional.contains(item.key())) continue;
    if (item.key() != "note") expect_refused(broken, std::string(place) + item.key());
    broken = whole;
    broken[at]["unknown_member"] = "x";
    expect_refused(broken, "unknown_member");
  }
}

TEST(Landmarks, EachMissingFieldIsNamed) {
  using Pointer = Json::json_pointer;
  expect_each_member_needed(
      Pointer(""), "", {"count", "date_precision", "basis", "day_precision_caveat", "neutrality"});
  expect_each_member_needed(Pointer("/incidents/0"), "incidents[0].", {"start", "note"});
  expect_each_member_needed(Pointer("/incidents/0/victims"), "incidents[0].victims.", {});
  expect_each_member_needed(Pointer("/incidents/0/alleged_initiators/0"),
                            "incidents[0].alleged_initiators[0].", {});
  expect_each_member_needed(Pointer("/incidents/0/attributions/0"), "incidents[0].attributions[0].",
                            {});
  expect_each_member_needed(Pointer("/incidents/0/responses/1"), "incidents[0].responses[1].", {});
  expect_each_member_needed(Pointer("/claimants/0"), "claimants[0].", {"group", "country"});
}

TEST(Landmarks, BadValuesAreNamed) {
  const auto with = [](const char* at, const Json& value) {
    Json file = small_file();
    file[Json::json_pointer(at)] = value;
    return file;
  };
  expect_refused(with("/incidents/0/id", "Estonia 2020"), "incidents[0].id");
  expect_refused(with("/incidents/0/end", "2019"), "incidents[0].end");
  expect_refused(with("/incidents/0/end", "2020-13"), "incidents[0].end");
  expect_refused(with("/incidents/0/victims/countries", {"EST"}), "victims.countries");
  expect_refused(with("/incidents/0/victims/countries", {"EE", "EE"}), "victims.countries");
  expect_refused(with("/incidents/0/flags", {""}), "incidents[0].flags[0]");
  for (const char* url : {"ftp://example.org/", "https://", "https://a b.org/", "https://u@h.org/"})
    expect_refused(with("/incidents/0/sources", {url}), "incidents[0].sources");
  expect_refused(with("/incidents/0/attributions/0/basis", "memory"), "attributions[0].basis");
  expect_refused(with("/incidents/0/attributions/0/by", "Nobody"), "attributions[0].by");
  expect_refused(with("/incidents/0/attributions/0/says", ""), "attributions[0].says");
  expect_refused(with("/incidents/0/attributions/0/doubt", false), "attributions[0].doubt");
  expect_refused(with("/claimants/0/controller", "Nobody"), "claimants[0].controller");
  Json twice = small_file();
  twice["incidents"].push_back(twice["incidents"][0]);
  expect_refused(twice, "incidents[1].id");
  twice = small_file();
  twice["claimants"].push_back(twice["claimants"][0]);
  expect_refused(twice, "by of the data file");
  twice = small_file();
  Json& claims = twice["incidents"][0]["attributions"];
  claims.push_back(claims[0]);
  expect_refused(twice, "incidents[0]");
}

TEST(Landmarks, RefusesWhatIsNoFile) {
  for (const char* text : {"", "[]", "{\"incidents\":", "{\"a\":1,\"a\":2}", "\xff"}) {
    const auto refused = landmarks(as_bytes(text), kLandmarkImporter);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), "intake-malformed");
  }
}

TEST(Landmarks, RefusesAnImporterThatIsNoIdentity) {
  for (const char* identity : {"", "identity--", "note--0c5e3b8a-6d3f-4b52-9c1e-5d1f6a2b7c90",
                               "identity--0C5E3B8A-6d3f-4b52-9c1e-5d1f6a2b7c90"}) {
    const auto refused = landmarks(landmarks_json(), {identity, kLandmarkImporter.created});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), "importer-malformed");
  }
}

}  // namespace
}  // namespace comity::intake
