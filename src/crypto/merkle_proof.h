#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/error.h"
#include "crypto/merkle.h"
#include "crypto/merkle_range.h"

namespace comity::crypto {

/// No proof in a tree of less than 2^63 leaves is longer than this; parsers refuse above it.
inline constexpr std::size_t kInclusionHashes = 63;
inline constexpr std::size_t kConsistencyHashes = 65;

/// The complete subtree of the leaves [index << level, (index + 1) << level).
struct Subtree {
  unsigned level = 0;
  std::uint64_t index = 0;

  auto operator<=>(const Subtree&) const = default;
};

/// Where proofs are built from. The log implements it over tiles of height 8 (C2SP tlog-tiles): a
/// subtree's hash is in the tile of level `level / 8`, or hashed up from there.
class SubtreeReader {
 public:
  virtual ~SubtreeReader() = default;

  /// The hashes, in the order asked; all in one call, so that a tile is read once. A fault where
  /// one can't be had.
  [[nodiscard]] virtual Result<std::vector<NodeHash>> read(
      std::span<const Subtree> subtrees) const = 0;
};

/// From one size of a log to a later one.
struct Growth {
  TreeSize from{};
  TreeSize to{};
};

/// PATH(index, D[size]) of RFC 6962 section 2.1.1, the leaf's sibling first. Refuses
/// `merkle-index-out-of-range` unless index < size.
[[nodiscard]] Result<std::vector<NodeHash>> prove_inclusion(LeafIndex index, TreeSize size,
                                                            const SubtreeReader& reader);

/// PROOF(from, D[to]) of RFC 6962 section 2.1.2; empty where from is 0 or equals to. Refuses
/// `merkle-sizes-reversed` unless from <= to.
[[nodiscard]] Result<std::vector<NodeHash>> prove_consistency(Growth growth,
                                                              const SubtreeReader& reader);

/// The frontier, and by it the root, of the tree at a size.
[[nodiscard]] Result<CompactRange> read_range(TreeSize size, const SubtreeReader& reader);

/// The root that an inclusion proof leads to (RFC 9162 section 2.1.3.2): the payload that a COSE
/// receipt signs. Refuses `merkle-index-out-of-range` unless index < size, and
/// `merkle-proof-malformed` unless the proof has exactly the length that index and size demand.
[[nodiscard]] Result<RootHash> root_of_inclusion(const LeafHash& leaf, LeafIndex index,
                                                 TreeSize size, std::span<const NodeHash> proof);

/// Refuses as root_of_inclusion, and `merkle-proof-mismatch` where it leads to another root.
[[nodiscard]] Result<void> verify_inclusion(const LeafHash& leaf, LeafIndex index,
                                            const TreeHead& head, std::span<const NodeHash> proof);

/// RFC 9162 section 2.1.4.2, with the two cases that it leaves out: from size 0 (its root must be
/// the empty root) and between equal sizes (the roots must be equal) the proof must be empty.
/// Refuses `merkle-sizes-reversed`, `merkle-proof-malformed` (length) and `merkle-proof-mismatch`.
[[nodiscard]] Result<void> verify_consistency(const TreeHead& from, const TreeHead& to,
                                              std::span<const NodeHash> proof);

}  // namespace comity::crypto
