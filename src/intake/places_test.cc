#include "intake/places.h"

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

}  // namespace
}  // namespace comity::intake
