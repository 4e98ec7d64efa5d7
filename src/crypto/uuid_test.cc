#include "crypto/uuid.h"

namespace comity::crypto {
namespace {

TEST(Uuid, VersionFiveOfTheRfc) {
  // RFC 9562 appendix A.4: namespace DNS, name "www.example.com".
  const auto dns = parse_uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
  ASSERT_TRUE(dns);
  EXPECT_EQ(to_text(uuid_v5(*dns, "www.example.com")), "2ed6657d-e927-568b-95e1-2665a8aea6a2");
}

TEST(Uuid, RefusesOtherForms) {
  for (const char* text :
       {"", "6ba7b810-9dad-11d1-80b4-00c04fd430c", "6BA7B810-9dad-11d1-80b4-00c04fd430c8",
        "6ba7b8109dad11d180b400c04fd430c8", "6ba7b81-09dad-11d1-80b4-00c04fd430c8",
        "6ba7b810-9dad-11d1-80b4-00c04fd430cg", "6ba7b810-9dad-11d1-80b4-00c04fd430c8-"}) {
    const auto refused = parse_uuid(text);
    ASSERT_FALSE(refused) << text;
    EXPECT_EQ(refused.error().code(), "uuid-malformed");
  }
}

RC_GTEST_PROP(Uuid, TextIsReadBack, (const std::string& name)) {
  const Uuid uuid = uuid_v5(Uuid{}, name);
  const auto read = parse_uuid(to_text(uuid));
  RC_ASSERT(read.has_value());
  RC_ASSERT(*read == uuid);
  RC_ASSERT(to_text(uuid)[14] == '5');
  RC_ASSERT(std::string("89ab").find(to_text(uuid)[19]) != std::string::npos);
}

}  // namespace
}  // namespace comity::crypto
