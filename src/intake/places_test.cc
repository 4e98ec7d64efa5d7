#include "intake/places.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <nlohmann/json.hpp>

#include "tests/precompiled.h"

namespace comity::intake {
namespace {

TEST(Places, NamesOfOneCountry) {
  for (const char* name : {"Russia", "Russian Federation", " Russia\u00A0"}) {
    const Place* place = Places::known().find(name);
    ASSERT_NE(place, nullptr) << name;
    EXPECT_EQ(place->kind, Place::Kind::kCountry);
    EXPECT_EQ(place->code, "RU");
    EXPECT_EQ(place->name, "Russian Federation");
  }
  EXPECT_EQ(Places::known().country_name("RU"), "Russian Federation");
  EXPECT_EQ(Places::known().country_name("XX"), "XX");
}

TEST(Places, WhatIsNoCountry) {
  const Place* region = Places::known().find("Southeast Asia (region)");
  ASSERT_NE(region, nullptr);
  EXPECT_EQ(region->kind, Place::Kind::kRegion);
  EXPECT_EQ(region->code, "south-eastern-asia");
  EXPECT_EQ(region->name, "Southeast Asia");
  EXPECT_EQ(Places::known().find("NATO (region)")->kind, Place::Kind::kOrganization);
  EXPECT_EQ(Places::known().find("Atlantis"), nullptr);
  for (const char* token : {"", " ", "Not available", "Unknown", "NaT", "nan", "None"})
    EXPECT_TRUE(Places::known().is_missing(token)) << token;
  EXPECT_FALSE(Places::known().is_missing("Atlantis"));
}

/// The names of places in EuRepoC 1.1, and what each means.
TEST(Places, EveryNameOfEurepocIsKnown) {
  const char* shared = std::getenv("COMITY_SHARED");
  const auto path = std::filesystem::path(shared ? shared : "") / "eurepoc" / "eurepoc_names.json";
  if (!shared || !std::filesystem::exists(path))
    GTEST_SKIP() << "COMITY_SHARED names no folder with eurepoc/eurepoc_names.json";
  using Kind = Place::Kind;
  const std::map<std::string, Kind> kinds{{"country", Kind::kCountry},
                                          {"region", Kind::kRegion},
                                          {"organisation", Kind::kOrganization},
                                          {"nonstate", Kind::kGroup},
                                          {"missing", Kind::kMissing}};
  std::ifstream file(path);
  const auto names = nlohmann::json::parse(file);
  EXPECT_EQ(names.size(), 175U);
  for (const auto& [name, expected] : names.items()) {
    const Place* place = Places::known().find(name);
    ASSERT_NE(place, nullptr) << name;
    EXPECT_EQ(place->kind, kinds.at(expected["kind"].get<std::string>())) << name;
    if (place->kind == Kind::kCountry) {
      EXPECT_EQ(place->code, expected["iso2"].get<std::string>()) << name;
    }
  }
}

}  // namespace
}  // namespace comity::intake
