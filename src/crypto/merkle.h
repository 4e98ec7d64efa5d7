#pragma once

#include <cstdint>

#include "base/bytes.h"

/// The Merkle tree of RFC 6962 section 2.1 (the same in RFC 9162 section 2.1.1), with SHA-256.
namespace comity::crypto {

struct LeafTag;
struct NodeTag;
struct RootTag;

/// SHA-256(0x00 || leaf).
using LeafHash = Digest<LeafTag>;
/// The hash of a subtree: of one leaf, or SHA-256(0x01 || left || right). Proofs consist of these.
using NodeHash = Digest<NodeTag>;
/// The hash of a whole tree of some size: what checkpoints sign.
using RootHash = Digest<RootTag>;

/// Counts leaves from zero.
enum class LeafIndex : std::uint64_t {};
/// How many leaves a tree has.
enum class TreeSize : std::uint64_t {};

[[nodiscard]] constexpr std::uint64_t number(LeafIndex index) {
  return static_cast<std::uint64_t>(index);
}
[[nodiscard]] constexpr std::uint64_t count(TreeSize size) {
  return static_cast<std::uint64_t>(size);
}

/// A log at one moment.
struct TreeHead {
  TreeSize size{};
  RootHash root;

  bool operator==(const TreeHead&) const = default;
};

[[nodiscard]] LeafHash leaf_hash(ByteView leaf);
[[nodiscard]] NodeHash node_hash(const NodeHash& left, const NodeHash& right);

/// A leaf is the smallest subtree; a tree is the largest.
[[nodiscard]] inline NodeHash as_node(const LeafHash& leaf) { return {leaf.bytes}; }
[[nodiscard]] inline RootHash as_root(const NodeHash& node) { return {node.bytes}; }

/// The root of the tree of size 0: SHA-256 of nothing.
[[nodiscard]] RootHash empty_root();

}  // namespace comity::crypto
