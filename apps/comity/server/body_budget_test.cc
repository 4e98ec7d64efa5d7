#include "server/body_budget.h"

#include <cerrno>

#include <gtest/gtest.h>

namespace comity::server {
namespace {

Limits limits() {
  Limits limits;
  limits.body_bytes_in_flight = 100;
  limits.body_bytes_per_address = 60;
  return limits;
}

TEST(BodyBudget, OneAddressLeavesSomeToOthers) {
  BodyBudget budget(limits());
  EXPECT_TRUE(budget.take("a", 40));
  EXPECT_TRUE(budget.take("a", 20));
  EXPECT_EQ(budget.take("a", 1).error().code(), "too-many-requests");
  EXPECT_TRUE(budget.take("b", 40));
  const auto full = budget.take("b", 1);
  ASSERT_FALSE(full);
  ASSERT_NE(full.error().fault(), nullptr);
  EXPECT_EQ(full.error().fault()->error_number, EAGAIN);
}

TEST(BodyBudget, WhatIsGivenBackIsThereAgain) {
  BodyBudget budget(limits());
  for (int i = 0; i < 10; ++i) {
    EXPECT_TRUE(budget.take("a", 60));
    EXPECT_FALSE(budget.take("a", 1));
    budget.give_back("a", 10);
    EXPECT_TRUE(budget.take("b", 50));
    budget.give_back("b", 50);
    budget.give_back("a", 50);
  }
  EXPECT_TRUE(budget.take("c", 0));
  budget.give_back("d", 0);
}

}  // namespace
}  // namespace comity::server
