#include "server/request_count.h"

#include <vector>

#include <gtest/gtest.h>

namespace comity::server {
namespace {

/// Addresses and tokens that may ask twice each, in all that a test takes.
class RequestCount : public ::testing::Test {
 protected:
  RequestCount() {
    cli::Token token;
    token.hash = cli::hash_of_token("good");
    tokens_.replace(std::vector{token});
  }

  static Limits few() {
    Limits limits;
    limits.requests_per_second = limits.token_requests_per_second = 0.0001;
    limits.burst = limits.token_burst = 2;
    return limits;
  }
  std::string count(std::optional<std::string_view> token, const std::string& address = "a") {
    const auto counted = count_request(token, address, tokens_, addresses_);
    return counted ? "" : counted.error().code();
  }

  AddressLimits addresses_{few()};
  TokenLimits tokens_{few()};
};

TEST_F(RequestCount, IsByAddressWithoutAToken) {
  EXPECT_EQ(count({}), "");
  EXPECT_EQ(count({}), "");
  EXPECT_EQ(count({}), "too-many-requests");
  EXPECT_EQ(count({}, "b"), "");
}

TEST_F(RequestCount, IsByTokenAloneWhereOneIsSent) {
  EXPECT_EQ(count("good"), "");
  EXPECT_EQ(count("good", "b"), "");
  EXPECT_EQ(count("good"), "too-many-requests");
  EXPECT_EQ(count("good", "c"), "too-many-requests");
  for (const char* address : {"a", "b"}) {
    EXPECT_EQ(count({}, address), "");
    EXPECT_EQ(count({}, address), "");
    EXPECT_EQ(count({}, address), "too-many-requests");
  }
}

TEST_F(RequestCount, OfATokenThatNobodyKnowsIsByAddress) {
  EXPECT_EQ(count("bad"), "token-unknown");
  EXPECT_EQ(count(""), "token-unknown");
  EXPECT_EQ(count("bad"), "too-many-requests");
  EXPECT_EQ(count({}), "too-many-requests");
  EXPECT_EQ(count("good"), "");
}

TEST_F(RequestCount, TellsNobodyTheToken) {
  const auto refused = count_request("comity_secret", "a", tokens_, addresses_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().sentence().find("secret"), std::string::npos);
}

}  // namespace
}  // namespace comity::server
