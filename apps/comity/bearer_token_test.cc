#include "bearer_token.h"

#include <gtest/gtest.h>

namespace comity::cli {
namespace {

TEST(BearerToken, IsDrawn) {
  const std::string token = draw_token();
  EXPECT_EQ(token.size(), 50U);
  ASSERT_TRUE(token.starts_with("comity_"));
  EXPECT_EQ(from_base64url(token.substr(7)).value().size(), 32U);
  EXPECT_NE(token, draw_token());
}

TEST(BearerToken, IsKnownByItsSha256) {
  // `printf comity_ | sha256sum`
  const auto hash = hash_of_token("comity_");
  EXPECT_EQ(to_hex(hash.view()),
            "6e993e87f8ac4f908cbbb2398152e75fe5a018460a1f1164fab69e4e4a31269b");
  EXPECT_EQ(id_of(hash), "6e993e87f8ac");
  EXPECT_NE(hash, hash_of_token("Comity_"));
}

TEST(BearerToken, StandsBehindItsScheme) {
  EXPECT_EQ(bearer_token_in("Bearer comity_x"), "comity_x");
  EXPECT_EQ(bearer_token_in("bEARER   comity_x"), "comity_x");
  EXPECT_EQ(bearer_token_in("Bearer a b"), "a b");
  EXPECT_EQ(bearer_token_in("Bearer"), "");
  EXPECT_EQ(bearer_token_in("Bearer "), "");
  for (const char* other : {"", " ", "Basic YTpi", "Bearerx y", "Beare", " Bearer x", "comity_x"})
    EXPECT_EQ(bearer_token_in(other), std::nullopt) << other;
}

}  // namespace
}  // namespace comity::cli
