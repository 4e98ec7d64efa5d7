#include "filing/verified_statements.h"

#include <cstring>

#include <gtest/gtest.h>

namespace comity::filing {
namespace {

crypto::LeafHash leaf(std::size_t number) {
  crypto::LeafHash leaf;
  std::memcpy(leaf.bytes.data(), &number, sizeof number);
  return leaf;
}

TEST(VerifiedStatements, KnowsWhatItWasTold) {
  VerifiedStatements verified;
  verified.add(leaf(1));
  verified.add(leaf(1));
  EXPECT_TRUE(verified.contains(leaf(1)));
  EXPECT_FALSE(verified.contains(leaf(2)));
  crypto::LeafHash alike = leaf(1);
  alike.bytes.back() ^= std::byte{1};
  EXPECT_FALSE(verified.contains(alike));
}

TEST(VerifiedStatements, ForgetsTheOldest) {
  VerifiedStatements verified;
  for (std::size_t i = 0; i <= VerifiedStatements::kMost; ++i) verified.add(leaf(i));
  EXPECT_FALSE(verified.contains(leaf(0)));
  EXPECT_TRUE(verified.contains(leaf(1)));
  EXPECT_TRUE(verified.contains(leaf(VerifiedStatements::kMost)));
  verified.add(leaf(0));
  EXPECT_TRUE(verified.contains(leaf(0)));
  EXPECT_FALSE(verified.contains(leaf(1)));
}

}  // namespace
}  // namespace comity::filing
