#include "crypto/merkle_range.h"

#include <bit>

#include "tests/naive_merkle.h"

namespace comity::crypto {
namespace {

std::vector<LeafHash> some_leaves(std::size_t count) {
  std::vector<LeafHash> leaves;
  leaves.reserve(count);
  for (std::size_t i = 0; i < count; ++i) leaves.push_back(leaf_hash(as_bytes(std::to_string(i))));
  return leaves;
}

TEST(CompactRange, RootIsTheNaiveOneAtEverySize) {
  const auto leaves = some_leaves(256);
  CompactRange range;
  for (std::size_t size = 0; size <= leaves.size(); ++size) {
    const auto prefix = std::span(leaves).first(size);
    EXPECT_EQ(range.root(), naive::root(prefix)) << size;
    EXPECT_EQ(count(range.size()), size);
    if (size < leaves.size()) range.append(leaves[size]);
  }
}

TEST(CompactRange, AppendReturnsTheSubtreesItCompletes) {
  const auto leaves = some_leaves(200);
  CompactRange range;
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    const auto completed = range.append(leaves[i]);
    ASSERT_EQ(completed.size(), static_cast<std::size_t>(std::countr_zero(i + 1)) + 1);
    for (std::size_t level = 0; level < completed.size(); ++level) {
      const std::size_t width = std::size_t{1} << level;
      const auto below = std::span(leaves).subspan((i >> level) << level, width);
      EXPECT_EQ(completed[level], naive::mth(below));
    }
  }
}

TEST(CompactRange, ContinuesFromItsHashes) {
  const auto leaves = some_leaves(130);
  CompactRange whole;
  for (const LeafHash& leaf : leaves) {
    auto resumed = CompactRange::from(whole.size(), whole.hashes());
    ASSERT_TRUE(resumed.has_value());
    EXPECT_EQ(resumed->head(), whole.head());
    resumed->append(leaf);
    whole.append(leaf);
    EXPECT_EQ(resumed->head(), whole.head());
  }
}

TEST(CompactRange, WrongNumberOfHashesIsRefused) {
  const std::vector<NodeHash> two(2);
  EXPECT_TRUE(CompactRange::from(TreeSize{3}, two).has_value());
  EXPECT_EQ(CompactRange::from(TreeSize{4}, two).error().code(), "merkle-range-malformed");
  EXPECT_FALSE(CompactRange::from(TreeSize{7}, two).has_value());
  EXPECT_FALSE(CompactRange::from(TreeSize{0}, two).has_value());
}

// 2^62 + 1 leaves: levels beyond 32 bits.
TEST(CompactRange, HugeSizes) {
  const NodeHash big = as_node(leaf_hash(as_bytes("big")));
  const LeafHash small = leaf_hash(as_bytes("small"));
  auto range = CompactRange::from(TreeSize{std::uint64_t{1} << 62}, std::span(&big, 1));
  ASSERT_TRUE(range.has_value());
  EXPECT_EQ(range->root(), as_root(big));
  range->append(small);
  EXPECT_EQ(range->root(), as_root(node_hash(big, as_node(small))));
}

}  // namespace
}  // namespace comity::crypto
