#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "base/error.h"
#include "crypto/merkle.h"

namespace comity::crypto {

/// A growing tree of which only the frontier is kept: the hashes of the complete subtrees that
/// make up its leaves from left to right, one for each bit that is set in the size. About 4 KB
/// whatever the size. A value; a copy is a snapshot. One thread at a time.
class CompactRange {
 public:
  static constexpr std::size_t kLevels = 64;

  /// The empty tree.
  CompactRange() = default;

  /// The tree of that size, from the hashes of its complete subtrees, the largest (leftmost) first.
  /// Refuses `merkle-range-malformed` unless there is one hash for each bit set in the size.
  [[nodiscard]] static Result<CompactRange> from(TreeSize size, std::span<const NodeHash> hashes);

  /// Appends a leaf, and returns the hashes of all the subtrees that it completed: element k is
  /// the hash of the subtree of 2^k leaves with index (leaf index >> k) at its level, so element 0
  /// is the leaf itself. The view lives until the next append. REQUIRES: size() < 2^63.
  std::span<const NodeHash> append(const LeafHash& leaf);

  [[nodiscard]] TreeSize size() const { return TreeSize{size_}; }
  /// At most 63 hashings.
  [[nodiscard]] RootHash root() const;
  [[nodiscard]] TreeHead head() const { return {size(), root()}; }
  /// What `from` takes.
  [[nodiscard]] std::vector<NodeHash> hashes() const;

 private:
  std::uint64_t size_ = 0;
  std::array<NodeHash, kLevels> frontier_;   // [k] is meaningful where bit k of size_ is set
  std::array<NodeHash, kLevels> completed_;  // what the last append returned
};

}  // namespace comity::crypto
