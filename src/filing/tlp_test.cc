#include "filing/tlp.h"

namespace comity::filing {
namespace {

// TLP 2.0: OASIS common object repository, extension-definition "TLP 2.0 Marking Definitions".
// TLP 1: STIX 2.1, section 7.2.1.4.
TEST(Tlp, FixedIdsAreKnown) {
  const std::string prefix = "marking-definition--";
  EXPECT_EQ(tlp_of(prefix + "94868c89-83c2-464b-929b-a1a8aa3c8487"), Tlp::clear);
  EXPECT_EQ(tlp_of(prefix + "bab4a63c-aed9-4cf5-a766-dfca5abac2bb"), Tlp::green);
  EXPECT_EQ(tlp_of(prefix + "55d920b0-5e8b-4f79-9ee9-91f868d9b421"), Tlp::amber);
  EXPECT_EQ(tlp_of(prefix + "939a9414-2ddd-4d32-a0cd-375ea402b003"), Tlp::amber_strict);
  EXPECT_EQ(tlp_of(prefix + "e828b379-4e03-4974-9ac4-e53a884c97c1"), Tlp::red);
  EXPECT_EQ(tlp_of(prefix + "613f2e26-407d-48c7-9eca-b8e91df99dc9"), Tlp::clear);
  EXPECT_EQ(tlp_of(prefix + "34098fce-860f-48ae-8e50-ebd3cc5e41da"), Tlp::green);
  EXPECT_EQ(tlp_of(prefix + "f88d31f6-486f-44da-b317-01333bde0b82"), Tlp::amber);
  EXPECT_EQ(tlp_of(prefix + "5e57c739-391a-4eb3-b6be-7d15ca92d5ed"), Tlp::red);
  EXPECT_EQ(tlp_of(prefix + "5e57c739-391a-4eb3-b6be-7d15ca92d5ee"), Tlp::none);
  EXPECT_EQ(tlp_of("5e57c739-391a-4eb3-b6be-7d15ca92d5ed"), Tlp::none);
}

}  // namespace
}  // namespace comity::filing
