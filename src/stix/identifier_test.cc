#include "stix/identifier.h"

#include <string>

#include <gtest/gtest.h>

#include "stix/schema.h"

namespace comity::stix {
namespace {

TEST(Identifier, IsATypeAndAUuidOfRfc4122) {
  const Identifier id = parse_identifier("identity--023d105b-752e-4e3c-941c-7d3f3cb15e9e");
  ASSERT_TRUE(id);
  EXPECT_EQ(id.type, "identity");
  EXPECT_EQ(id.version, 4);
  EXPECT_FALSE(id.capitals);
  EXPECT_TRUE(parse_identifier("x-a--023D105B-752e-1e3c-941c-7d3f3cb15e9e").capitals);
  for (const auto* text :
       {"", "identity", "identity--", "identity-023d105b-752e-4e3c-941c-7d3f3cb15e9e",
        "--023d105b-752e-4e3c-941c-7d3f3cb15e9e", "ab--023d105b-752e-4e3c-941c-7d3f3cb15e9e",
        "identity--023d105b-752e-0e3c-941c-7d3f3cb15e9e",
        "identity--023d105b-752e-6e3c-941c-7d3f3cb15e9e",
        "identity--023d105b-752e-4e3c-741c-7d3f3cb15e9e",
        "identity--023d105b-752e-4e3c-c41c-7d3f3cb15e9e",
        "identity--023d105b752e-4e3c-941c-7d3f3cb15e9e0",
        "identity--023d105g-752e-4e3c-941c-7d3f3cb15e9e",
        "Identity--023d105b-752e-4e3c-941c-7d3f3cb15e9e",
        "identity--023d105b-752e-4e3c-941c-7d3f3cb15e9e "})
    EXPECT_FALSE(parse_identifier(text)) << text;
}

TEST(Identifier, TypesAreFoundByName) {
  for (std::size_t i = 0; i < kTypeNames.size(); ++i) {
    EXPECT_EQ(type_index(kTypeNames[i]), i);
    EXPECT_EQ(kTypes[i]->name, kTypeNames[i]);
    EXPECT_TRUE(is_type_name(kTypeNames[i]));
  }
  EXPECT_EQ(type_index(""), kTypeNames.size());
  EXPECT_EQ(type_index("x-custom"), kTypeNames.size());
}

TEST(Identifier, TypeNamesHaveAForm) {
  EXPECT_TRUE(is_type_name("x-1-b"));
  EXPECT_TRUE(is_type_name(std::string(250, 'a')));
  EXPECT_FALSE(is_type_name(std::string(251, 'a')));
  for (const auto* text : {"", "ab", "1ab", "-ab", "a--b", "a_b", "Abc", "a b"})
    EXPECT_FALSE(is_type_name(text)) << text;
}

}  // namespace
}  // namespace comity::stix
