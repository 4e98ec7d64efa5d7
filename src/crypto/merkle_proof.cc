#include "crypto/merkle_proof.h"

#include <algorithm>
#include <bit>
#include <span>

namespace comity::crypto {
namespace {

/// The leaves [begin, end) under one node of the tree.
struct Leaves {
  std::uint64_t begin;
  std::uint64_t end;

  /// Where RFC 6962 section 2.1 splits them: the largest power of two below their number.
  [[nodiscard]] std::uint64_t split() const { return begin + std::bit_floor(end - begin - 1); }
};

/// The complete subtrees of a node's leaves, left to right. REQUIRES: begin is a multiple of the
/// smallest power of two that is not less than their number, as it is for every node of the tree.
std::vector<Subtree> complete_subtrees(Leaves leaves) {
  std::vector<Subtree> subtrees;
  while (leaves.begin < leaves.end) {
    const auto level = static_cast<unsigned>(std::bit_width(leaves.end - leaves.begin) - 1);
    subtrees.push_back({level, leaves.begin >> level});
    leaves.begin += std::uint64_t{1} << level;
  }
  return subtrees;
}

/// REQUIRES: not empty; the hashes of complete_subtrees of one node.
NodeHash hash_of(std::span<const NodeHash> subtrees) {
  NodeHash hash = subtrees.back();
  for (std::size_t i = subtrees.size() - 1; i-- > 0;) hash = node_hash(subtrees[i], hash);
  return hash;
}

Result<std::vector<NodeHash>> read_all(std::span<const Subtree> subtrees,
                                       const SubtreeReader& reader) {
  if (subtrees.empty()) return std::vector<NodeHash>();
  COMITY_TRY(auto hashes, reader.read(subtrees));
  COMITY_ASSERT(hashes.size() == subtrees.size());
  return hashes;
}

/// The hashes of nodes, by one call of the reader.
Result<std::vector<NodeHash>> read_nodes(std::span<const Leaves> nodes,
                                         const SubtreeReader& reader) {
  std::vector<Subtree> wanted;
  std::vector<std::size_t> ends;
  for (const Leaves& node : nodes) {
    const std::vector<Subtree> parts = complete_subtrees(node);
    wanted.insert(wanted.end(), parts.begin(), parts.end());
    ends.push_back(wanted.size());
  }
  COMITY_TRY(const auto hashes, read_all(wanted, reader));
  std::vector<NodeHash> proof;
  std::size_t begin = 0;
  for (const std::size_t end : ends) {
    proof.push_back(hash_of(std::span(hashes).subspan(begin, end - begin)));
    begin = end;
  }
  return proof;
}

std::unexpected<Error> wrong_length() {
  return refuse("merkle-proof-malformed",
                "The Merkle proof has not the length that index and size demand; get it again.");
}

std::unexpected<Error> mismatch() {
  return refuse("merkle-proof-mismatch",
                "The Merkle proof does not lead to the root; the proof, the leaf or the checkpoint "
                "is not what it is said to be.");
}

Result<void> check_inside(LeafIndex index, TreeSize size) {
  if (number(index) < count(size)) return {};
  return refuse("merkle-index-out-of-range",
                "The tree has no leaf of this index; ask with an index below its size.");
}

Result<void> check_order(Growth growth) {
  if (growth.from <= growth.to) return {};
  return refuse("merkle-sizes-reversed",
                "A tree can't shrink; name the smaller size first, or distrust the log.");
}

}  // namespace

Result<std::vector<NodeHash>> prove_inclusion(LeafIndex index, TreeSize size,
                                              const SubtreeReader& reader) {
  COMITY_CHECK(check_inside(index, size));
  std::vector<Leaves> siblings;
  Leaves node{0, count(size)};
  while (node.end - node.begin > 1) {
    const std::uint64_t split = node.split();
    if (number(index) < split) {
      siblings.push_back({split, node.end});
      node.end = split;
    } else {
      siblings.push_back({node.begin, split});
      node.begin = split;
    }
  }
  std::reverse(siblings.begin(), siblings.end());
  return read_nodes(siblings, reader);
}

Result<std::vector<NodeHash>> prove_consistency(Growth growth, const SubtreeReader& reader) {
  COMITY_CHECK(check_order(growth));
  const std::uint64_t from = count(growth.from);
  if (from == 0 || growth.from == growth.to) return std::vector<NodeHash>();
  std::vector<Leaves> nodes;
  Leaves node{0, count(growth.to)};
  while (node.end != from) {
    const std::uint64_t split = node.split();
    if (from <= split) {
      nodes.push_back({split, node.end});
      node.end = split;
    } else {
      nodes.push_back({node.begin, split});
      node.begin = split;
    }
  }
  // A node that begins at 0 is the whole older tree, whose root the verifier has.
  if (node.begin != 0) nodes.push_back(node);
  std::reverse(nodes.begin(), nodes.end());
  return read_nodes(nodes, reader);
}

Result<CompactRange> read_range(TreeSize size, const SubtreeReader& reader) {
  COMITY_TRY(const auto hashes, read_all(complete_subtrees({0, count(size)}), reader));
  return CompactRange::from(size, hashes);
}

Result<RootHash> root_of_inclusion(const LeafHash& leaf, LeafIndex index, TreeSize size,
                                   std::span<const NodeHash> proof) {
  COMITY_CHECK(check_inside(index, size));
  std::uint64_t at = number(index);      // fn of RFC 9162
  std::uint64_t last = count(size) - 1;  // sn of RFC 9162
  NodeHash hash = as_node(leaf);
  for (const NodeHash& sibling : proof) {
    if (last == 0) return wrong_length();
    if ((at & 1) != 0 || at == last) {
      hash = node_hash(sibling, hash);
      // Levels where this node has no sibling, being the last, hash nothing.
      while ((at & 1) == 0 && at != 0) at >>= 1, last >>= 1;
    } else {
      hash = node_hash(hash, sibling);
    }
    at >>= 1;
    last >>= 1;
  }
  if (last != 0) return wrong_length();
  return as_root(hash);
}

Result<void> verify_inclusion(const LeafHash& leaf, LeafIndex index, const TreeHead& head,
                              std::span<const NodeHash> proof) {
  COMITY_TRY(const RootHash root, root_of_inclusion(leaf, index, head.size, proof));
  if (root != head.root) return mismatch();
  return {};
}

Result<void> verify_consistency(const TreeHead& from, const TreeHead& to,
                                std::span<const NodeHash> proof) {
  COMITY_CHECK(check_order({.from = from.size, .to = to.size}));
  if (count(from.size) == 0 || from.size == to.size) {
    if (!proof.empty()) return wrong_length();
    if (from.root != (count(from.size) == 0 ? empty_root() : to.root)) return mismatch();
    if (count(to.size) == 0 && to.root != empty_root()) return mismatch();
    return {};
  }
  std::uint64_t at = count(from.size) - 1;
  std::uint64_t last = count(to.size) - 1;
  while ((at & 1) != 0) at >>= 1, last >>= 1;
  // Where the older tree is complete, its root is the first node and not in the proof.
  NodeHash first = {from.root.bytes};
  if (at != 0 || !std::has_single_bit(count(from.size))) {
    if (proof.empty()) return wrong_length();
    first = proof.front();
    proof = proof.subspan(1);
  }
  if (proof.empty()) return wrong_length();
  NodeHash older = first;
  NodeHash newer = first;
  for (const NodeHash& sibling : proof) {
    if (last == 0) return wrong_length();
    if ((at & 1) != 0 || at == last) {
      older = node_hash(sibling, older);
      newer = node_hash(sibling, newer);
      while ((at & 1) == 0 && at != 0) at >>= 1, last >>= 1;
    } else {
      newer = node_hash(newer, sibling);
    }
    at >>= 1;
    last >>= 1;
  }
  if (last != 0) return wrong_length();
  if (as_root(older) != from.root || as_root(newer) != to.root) return mismatch();
  return {};
}

}  // namespace comity::crypto
