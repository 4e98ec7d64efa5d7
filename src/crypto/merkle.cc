#include "crypto/merkle.h"

#include <array>
#include <cstring>

#include "crypto/sha256.h"

namespace comity::crypto {

LeafHash leaf_hash(ByteView leaf) { return {Sha256().update(std::byte{0}).update(leaf).finish()}; }

NodeHash node_hash(const NodeHash& left, const NodeHash& right) {
  // One piece: as many hashings as there are leaves go through here.
  std::array<std::byte, 1 + 2 * NodeHash::kSize> bytes;
  bytes[0] = std::byte{1};
  std::memcpy(bytes.data() + 1, left.bytes.data(), NodeHash::kSize);
  std::memcpy(bytes.data() + 1 + NodeHash::kSize, right.bytes.data(), NodeHash::kSize);
  return {sha256(bytes)};
}

RootHash empty_root() { return {Sha256().finish()}; }

}  // namespace comity::crypto
