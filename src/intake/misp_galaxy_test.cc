#include "intake/misp_galaxy.h"

#include <chrono>

#include "intake/definitions.h"
#include "intake/fields.h"

#include "tests/golden.h"
#include "tests/intake/importer.h"

namespace comity::intake {
namespace {

/// A made-up galaxy with one actor.
Json galaxy() {
  return Json::parse(R"({"type":"threat-actor","version":1,"values":[{
    "value":"ODD OTTER","uuid":"5b2ab0b4-0d0e-4f0a-9d1b-6f6a3a1f2b3c","description":"A cluster.",
    "meta":{"synonyms":["APT999","ODD OTTER","","APT999"],"country":"FR",
      "attribution-confidence":"50","cfr-suspected-state-sponsor":"Russian Federation",
      "cfr-suspected-victims":["Italy"],"cfr-type-of-incident":"Espionage",
      "refs":["https://example.org/otter","no address"],"new-member":{"a":[1]}}}]})");
}

Result<Imported> import_galaxy(const Json& file) {
  const std::string text = file.dump();
  return misp_galaxy(as_bytes(text), kImporter);
}

TEST(MispGalaxy, AnActorWithItsAliasesAndWhatIsClaimedOfIt) {
  const auto imported = import_galaxy(galaxy());
  ASSERT_TRUE(imported);
  ASSERT_EQ(imported->objects.size(), 1U);
  testing::expect_golden("intake/misp-galaxy.ndjson", imported->objects[0] + "\n");
  const Json object = Json::parse(imported->objects[0]);
  EXPECT_EQ(object["type"], "intrusion-set");
  EXPECT_EQ(object["aliases"], Json::parse(R"(["APT999"])"));
  EXPECT_FALSE(object.contains("country"));
  EXPECT_EQ(object["external_references"], Json::parse(R"([
    {"source_name":"misp-galaxy","external_id":"5b2ab0b4-0d0e-4f0a-9d1b-6f6a3a1f2b3c"},
    {"source_name":"example.org","url":"https://example.org/otter"},
    {"source_name":"MISP threat-actor galaxy","description":"no address"}])"));
  const Json& said = object["extensions"][kExtension];
  EXPECT_EQ(said["claims"], Json::parse(R"([
    {"claim":"country","value":"FR","made_by":"MISP galaxy","country":"FR",
     "stated_confidence":"50"},
    {"claim":"state_sponsor","value":"Russian Federation","country":"RU",
     "made_by":"Council on Foreign Relations, as given in the MISP galaxy"}])"));
  EXPECT_EQ(said["coding"]["values"]["cfr-suspected-victims"], Json::parse(R"(["Italy"])"));
  EXPECT_EQ(imported->doubts.kinds().at("source_malformed").count, 1U);
}

TEST(MispGalaxy, OddMembersCostNothing) {
  Json file = galaxy();
  file["values"][0]["meta"] = 7;
  file["values"].push_back(file["values"][0]);
  const auto imported = import_galaxy(file);
  ASSERT_TRUE(imported);
  EXPECT_EQ(imported->objects.size(), 1U);
  EXPECT_EQ(imported->doubts.kinds().at("id_repeated").count, 1U);
  EXPECT_FALSE(Json::parse(imported->objects[0]).contains("aliases"));
  file["values"][0].erase("description");
  EXPECT_TRUE(import_galaxy(file));
}

TEST(MispGalaxy, ManySynonymsTakeNoLongerThanTheyMust) {
  Json file = galaxy();
  Json& synonyms = file["values"][0]["meta"]["synonyms"];
  for (int i = 0; i < 250'000; ++i) synonyms.push_back(std::to_string(i));
  const auto begin = std::chrono::steady_clock::now();
  const auto imported = import_galaxy(file);
  // A second on a slow machine; comparing each with each would take minutes.
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
  ASSERT_TRUE(imported);
  EXPECT_EQ(Json::parse(imported->objects[0])["aliases"].size(), 250'001U);
}

TEST(MispGalaxy, WhatIsNoGalaxyIsRefused) {
  for (const auto& [pointer, place] : {std::pair{"/type", "type"}, std::pair{"/values", "values"},
                                       std::pair{"/values/0/value", "values[0].value"},
                                       std::pair{"/values/0/uuid", "values[0].uuid"}}) {
    Json file = galaxy();
    file[Json::json_pointer(pointer)] = 7;
    const auto refused = import_galaxy(file);
    ASSERT_FALSE(refused) << pointer;
    EXPECT_EQ(refused.error().code(), "intake-malformed");
    EXPECT_TRUE(refused.error().sentence().contains(place)) << refused.error().sentence();
  }
  Json file = galaxy();
  file["type"] = "ransomware";
  EXPECT_FALSE(import_galaxy(file));
  EXPECT_FALSE(misp_galaxy(as_bytes("[]"), kImporter));
}

}  // namespace
}  // namespace comity::intake
