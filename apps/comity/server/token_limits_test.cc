#include "server/token_limits.h"

#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace comity::server {
namespace {

using Answer = TokenLimits::Answer;
using std::chrono::seconds;

cli::Token token(const std::string& text) {
  cli::Token made;
  made.hash = cli::hash_of_token(text);
  return made;
}

Limits few() {
  Limits limits;
  limits.token_requests_per_second = 1;
  limits.token_burst = 2;
  return limits;
}

/// How many requests are answered at that time.
int answered(TokenLimits& tokens, const std::string& text, TokenLimits::Clock::time_point now) {
  int count = 0;
  while (count < 100 && tokens.asked(cli::hash_of_token(text), now) == Answer::within) ++count;
  return count;
}

TEST(TokenLimits, EachTokenHasARateOfItsOwn) {
  TokenLimits tokens(few());
  const TokenLimits::Clock::time_point now{};
  cli::Token rich = token("rich");
  rich.burst = 5;
  cli::Token free = token("free");
  free.requests_per_second = 0;
  cli::Token slow = token("slow");
  slow.requests_per_second = 3;
  tokens.replace(std::vector{token("a"), token("b"), rich, free, slow}, now);
  EXPECT_EQ(answered(tokens, "a", now), 2);
  EXPECT_EQ(tokens.asked(cli::hash_of_token("a"), now), Answer::beyond);
  EXPECT_EQ(answered(tokens, "b", now), 2);
  EXPECT_EQ(answered(tokens, "rich", now), 5);
  EXPECT_EQ(answered(tokens, "free", now), 100);
  EXPECT_EQ(answered(tokens, "slow", now), 2);
  EXPECT_EQ(answered(tokens, "a", now + seconds(1)), 1);
  EXPECT_EQ(answered(tokens, "slow", now + seconds(1)), 2);
  EXPECT_EQ(answered(tokens, "rich", now + seconds(3)), 3);
}

TEST(TokenLimits, KnowNoOther) {
  TokenLimits tokens(few());
  EXPECT_EQ(tokens.asked(cli::hash_of_token("a")), Answer::unknown);
  tokens.replace(std::vector{token("a")});
  EXPECT_EQ(tokens.asked(cli::hash_of_token("b")), Answer::unknown);
  EXPECT_EQ(tokens.asked(cli::hash_of_token("")), Answer::unknown);
}

TEST(TokenLimits, AreReplacedWhole) {
  TokenLimits tokens(few());
  const TokenLimits::Clock::time_point now{};
  tokens.replace(std::vector{token("goes"), token("stays")}, now);
  EXPECT_EQ(answered(tokens, "stays", now), 2);
  tokens.replace(std::vector{token("stays"), token("comes")}, now);
  EXPECT_EQ(tokens.asked(cli::hash_of_token("goes"), now), Answer::unknown);
  EXPECT_EQ(answered(tokens, "stays", now), 0);  // or a reload would be a way around the rate
  EXPECT_EQ(answered(tokens, "comes", now), 2);
  cli::Token narrowed = token("stays");
  narrowed.burst = 1;
  tokens.replace(std::vector{narrowed}, now);
  EXPECT_EQ(answered(tokens, "stays", now + seconds(60)), 1);
}

TEST(TokenLimits, AreAskedWhileTheyAreReplaced) {
  Limits limits = few();
  limits.token_requests_per_second = 0;
  TokenLimits tokens(limits);
  tokens.replace(std::vector{token("a")});
  std::thread asks([&] {
    for (int i = 0; i < 1000; ++i) EXPECT_EQ(tokens.asked(cli::hash_of_token("a")), Answer::within);
  });
  for (int i = 0; i < 100; ++i) tokens.replace(std::vector{token("a"), token(std::to_string(i))});
  asks.join();
}

}  // namespace
}  // namespace comity::server
