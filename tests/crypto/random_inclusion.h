#pragma once

#include <cstdint>
#include <vector>

#include <rapidcheck.h>

#include "crypto/merkle.h"
#include "crypto/merkle_proof.h"

#include "tests/random_bytes.h"

namespace comity::crypto {

/// A leaf that is proved to be in a log.
struct RandomInclusion {
  LeafHash leaf;
  LeafIndex index{};
  TreeHead head;
  std::vector<NodeHash> path;
};

/// In a log of `least` to 2^63 - 1 leaves. There is no tree: any hashes, as many as index and size
/// demand, lead from the leaf to a root.
inline RandomInclusion random_inclusion(std::uint64_t least) {
  const auto number = [] { return *rc::gen::arbitrary<std::uint64_t>(); };
  const std::uint64_t size = least + number() % ((std::uint64_t{1} << 63) - least);
  RandomInclusion drawn{.leaf = drawn_digest<LeafHash>(),
                        .index = LeafIndex{number() % size},
                        .head = {.size = TreeSize{size}, .root = {}},
                        .path = {}};
  for (;;) {
    if (const auto root = root_of_inclusion(drawn.leaf, drawn.index, drawn.head.size, drawn.path)) {
      drawn.head.root = *root;
      return drawn;
    }
    drawn.path.push_back(drawn_digest<NodeHash>());
  }
}

}  // namespace comity::crypto
