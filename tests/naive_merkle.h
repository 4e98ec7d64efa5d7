#pragma once

#include <bit>
#include <span>
#include <vector>

#include "crypto/merkle.h"
#include "crypto/merkle_proof.h"

/// RFC 6962 section 2.1 word for word: slow, recursive, the whole tree in memory. The measure for
/// the clever implementation.
namespace comity::naive {

using Leaves = std::span<const crypto::LeafHash>;
using Proof = std::vector<crypto::NodeHash>;

inline std::size_t split(Leaves d) { return std::bit_floor(d.size() - 1); }

/// MTH(D[n]), of at least one leaf.
inline crypto::NodeHash mth(Leaves d) {
  if (d.size() == 1) return crypto::as_node(d.front());
  const std::size_t k = split(d);
  return crypto::node_hash(mth(d.first(k)), mth(d.subspan(k)));
}

inline crypto::RootHash root(Leaves d) {
  return d.empty() ? crypto::empty_root() : crypto::as_root(mth(d));
}

/// PATH(m, D[n])
inline Proof path(std::size_t m, Leaves d) {
  if (d.size() == 1) return {};
  const std::size_t k = split(d);
  Proof proof = m < k ? path(m, d.first(k)) : path(m - k, d.subspan(k));
  proof.push_back(m < k ? mth(d.subspan(k)) : mth(d.first(k)));
  return proof;
}

/// SUBPROOF(m, D[n], b)
inline Proof subproof(std::size_t m, Leaves d, bool whole) {
  if (m == d.size()) return whole ? Proof{} : Proof{mth(d)};
  const std::size_t k = split(d);
  Proof proof = m <= k ? subproof(m, d.first(k), whole) : subproof(m - k, d.subspan(k), false);
  proof.push_back(m <= k ? mth(d.subspan(k)) : mth(d.first(k)));
  return proof;
}

/// PROOF(m, D[n]) for 0 < m <= n.
inline Proof consistency(std::size_t m, Leaves d) { return subproof(m, d, true); }

/// Reads complete subtrees by hashing them from the leaves.
class Reader final : public crypto::SubtreeReader {
 public:
  explicit Reader(Leaves leaves) : leaves_(leaves) {}

  [[nodiscard]] Result<Proof> read(std::span<const crypto::Subtree> subtrees) const override {
    Proof hashes;
    for (const crypto::Subtree& subtree : subtrees) {
      const std::size_t size = std::size_t{1} << subtree.level;
      hashes.push_back(mth(leaves_.subspan(subtree.index * size, size)));
    }
    return hashes;
  }

 private:
  Leaves leaves_;
};

}  // namespace comity::naive
