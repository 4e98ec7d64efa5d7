#include "crypto/merkle_range.h"

#include <bit>
#include <optional>

namespace comity::crypto {

Result<CompactRange> CompactRange::from(TreeSize size, std::span<const NodeHash> hashes) {
  if (hashes.size() != static_cast<std::size_t>(std::popcount(count(size))))
    return refuse("merkle-range-malformed",
                  "A tree needs one hash for each bit set in its size; read the frontier again.");
  CompactRange range;
  range.size_ = count(size);
  std::size_t next = 0;
  for (std::size_t level = kLevels; level-- > 0;)
    if ((range.size_ >> level & 1) != 0) range.frontier_[level] = hashes[next++];
  return range;
}

std::span<const NodeHash> CompactRange::append(const LeafHash& leaf) {
  COMITY_ASSERT(size_ >> 63 == 0);
  std::size_t level = 0;
  completed_[0] = as_node(leaf);
  for (; (size_ >> level & 1) != 0; ++level)
    completed_[level + 1] = node_hash(frontier_[level], completed_[level]);
  frontier_[level] = completed_[level];
  ++size_;
  return std::span<const NodeHash>(completed_).first(level + 1);
}

RootHash CompactRange::root() const {
  // The smallest subtree is the rightmost; larger ones join it from the left (RFC 6962 2.1).
  std::optional<NodeHash> right;
  for (std::size_t level = 0; level < kLevels; ++level) {
    if ((size_ >> level & 1) == 0) continue;
    right = right ? node_hash(frontier_[level], *right) : frontier_[level];
  }
  return right ? as_root(*right) : empty_root();
}

std::vector<NodeHash> CompactRange::hashes() const {
  std::vector<NodeHash> hashes;
  for (std::size_t level = kLevels; level-- > 0;)
    if ((size_ >> level & 1) != 0) hashes.push_back(frontier_[level]);
  return hashes;
}

}  // namespace comity::crypto
