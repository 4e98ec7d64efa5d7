#include "filing/stix_id.h"

namespace comity::filing {
namespace {

constexpr std::string_view kUuid = "613f2e26-407d-48c7-9eca-b8e91df99dc9";

TEST(StixId, UuidHasItsFormInLowerCase) {
  EXPECT_TRUE(is_uuid(kUuid));
  EXPECT_TRUE(is_uuid("00000000-0000-0000-0000-000000000000"));
  for (const auto* bad :
       {"", "613F2E26-407d-48c7-9eca-b8e91df99dc9", "613f2e26-407d-48c7-9eca-b8e91df99dc",
        "613f2e26-407d-48c7-9eca-b8e91df99dc9a", "613f2e26407d48c79ecab8e91df99dc9aaaa",
        "613f2e26-407d-48c7-9eca_b8e91df99dc9", "g13f2e26-407d-48c7-9eca-b8e91df99dc9"})
    EXPECT_FALSE(is_uuid(bad)) << bad;
}

TEST(StixId, TypeHasItsAlphabetAndLength) {
  EXPECT_TRUE(is_stix_type("x-y"));
  EXPECT_TRUE(is_stix_type(std::string(250, 'a')));
  for (const auto& bad : {std::string("ab"), std::string(251, 'a'), std::string("Note"),
                          std::string("a_b"), std::string("a b")})
    EXPECT_FALSE(is_stix_type(bad)) << bad;
}

TEST(StixId, IdIsTypeAndUuid) {
  const std::string uuid(kUuid);
  const auto id_with_type_of = [&uuid](std::size_t length) {
    std::string id(length, 'a');
    return id.append("--").append(uuid);
  };
  EXPECT_TRUE(is_stix_id("note--" + uuid));
  EXPECT_TRUE(is_stix_id("note--" + uuid, "note"));
  EXPECT_FALSE(is_stix_id("note--" + uuid, "report"));
  for (const auto& bad : {uuid, "--" + uuid, "no--" + uuid, "note-" + uuid, "note--" + uuid + " ",
                          id_with_type_of(219)})
    EXPECT_FALSE(is_stix_id(bad)) << bad;
  EXPECT_TRUE(is_stix_id(id_with_type_of(218)));  // 256 bytes
}

TEST(StixId, PartyIsAnIdentity) {
  EXPECT_TRUE(is_party_id("identity--" + std::string(kUuid)));
  EXPECT_FALSE(is_party_id("identities--" + std::string(kUuid)));
}

}  // namespace
}  // namespace comity::filing
