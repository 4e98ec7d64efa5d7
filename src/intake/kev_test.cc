#include "intake/kev.h"

#include "intake/definitions.h"
#include "intake/fields.h"

#include "tests/golden.h"
#include "tests/intake/importer.h"

namespace comity::intake {
namespace {

/// A made-up catalog with one entry.
Json catalog() {
  return Json::parse(R"({"title":"x","count":1,"vulnerabilities":[{
    "cveID":"CVE-2099-0001","vendorProject":"Example","product":"Thing",
    "vulnerabilityName":"Thing Overflow","dateAdded":"2025-08-25",
    "shortDescription":"It overflows.",
    "knownRansomwareCampaignUse":"Unknown","cwes":["CWE-59"],
    "notes":"See: https://example.org/a ; https://example.org/a;\thttps://example.org/b"}]})");
}

Result<Imported> import_kev(const Json& file) {
  const std::string text = file.dump();
  return kev(as_bytes(text), kImporter);
}

TEST(Kev, AVulnerabilityWithItsReferences) {
  const auto imported = import_kev(catalog());
  ASSERT_TRUE(imported);
  ASSERT_EQ(imported->objects.size(), 1U);
  testing::expect_golden("intake/kev.ndjson", imported->objects[0] + "\n");
  const Json object = Json::parse(imported->objects[0]);
  EXPECT_EQ(object["type"], "vulnerability");
  EXPECT_EQ(object["name"], "CVE-2099-0001");
  EXPECT_EQ(object["description"], "Thing Overflow: It overflows.");
  EXPECT_EQ(object["external_references"], Json::parse(R"([
    {"source_name":"cve","external_id":"CVE-2099-0001"},
    {"source_name":"cisa-kev",
     "url":"https://www.cisa.gov/known-exploited-vulnerabilities-catalog"},
    {"source_name":"example.org","url":"https://example.org/a"},
    {"source_name":"example.org","url":"https://example.org/b"}])"));
  const Json& said = object["extensions"][kExtension];
  EXPECT_EQ(said["known_exploited"], true);
  EXPECT_EQ(said["listed"], Json::parse(R"({"date":"2025-08-25","precision":"day"})"));
  EXPECT_EQ(said["coding"]["values"]["cwes"], Json::parse(R"(["CWE-59"])"));
}

TEST(Kev, DoubtsAreCounted) {
  Json file = catalog();
  file["vulnerabilities"][0]["dateAdded"] = "soon";
  file["vulnerabilities"].push_back(file["vulnerabilities"][0]);
  const auto imported = import_kev(file);
  ASSERT_TRUE(imported);
  EXPECT_EQ(imported->objects.size(), 1U);
  EXPECT_EQ(imported->doubts.kinds().at("date_malformed").count, 1U);
  EXPECT_EQ(imported->doubts.kinds().at("id_repeated").count, 1U);
}

TEST(Kev, WhatIsNoCatalogIsRefused) {
  EXPECT_FALSE(kev(as_bytes("{}"), kImporter));
  for (const char* id : {"", "CVE-2099-001", "CVE-20999-0001", "CVE-2099-000x", "cve-2099-0001"}) {
    Json file = catalog();
    file["vulnerabilities"][0]["cveID"] = id;
    const auto refused = import_kev(file);
    ASSERT_FALSE(refused) << id;
    EXPECT_TRUE(refused.error().sentence().contains("vulnerabilities[0].cveID"));
  }
}

}  // namespace
}  // namespace comity::intake
