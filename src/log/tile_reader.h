#pragma once

#include <list>
#include <span>
#include <vector>

#include "base/files.h"
#include "crypto/merkle_proof.h"
#include "log/layout.h"

namespace comity::log {

/// The hashes of a log of one size, read from its tiles. Serves proofs of that size and of every
/// smaller one, since their subtrees are complete here too.
///
/// Keeps the last tiles used, with their inner nodes: about 1 MB. One thread at a time, though the
/// methods are const; each thread has its own. `files` must outlive it. Trusts the tiles: what
/// leads to the root must be compared with the root.
///
/// A partial tile that is missing is read from the full one, which may have replaced it. Refuses
/// `tile-missing`; `tile-damaged` where a file has another size than its place demands; and
/// `entry-out-of-range` for what a log of this size does not have.
class TileReader final : public crypto::SubtreeReader {
 public:
  static constexpr std::size_t kTiles = 64;

  TileReader(const Files& files, crypto::TreeSize size) : files_(&files), size_(size) {}

  [[nodiscard]] crypto::TreeSize size() const { return size_; }
  /// Goes on with the log as it has grown; full tiles stay in memory. REQUIRES: size >= size().
  void advance(crypto::TreeSize size);

  [[nodiscard]] Result<std::vector<crypto::NodeHash>> read(
      std::span<const crypto::Subtree> subtrees) const override;
  [[nodiscard]] Result<crypto::LeafHash> leaf(crypto::LeafIndex index) const;

  /// The hashes of a tile as they stand in the file, past the memory.
  [[nodiscard]] Result<std::vector<crypto::NodeHash>> read_tile(const TileId& tile) const;

 private:
  struct Tile {
    TileId id;
    /// [h] are the nodes 2^h hashes high, left to right, only the complete ones.
    std::vector<std::vector<crypto::NodeHash>> nodes;
  };

  Result<const Tile*> find(const TileId& id) const;
  Result<crypto::NodeHash> read(const crypto::Subtree& subtree) const;

  const Files* files_;
  crypto::TreeSize size_;
  mutable std::list<Tile> tiles_;  // the most recently used first
};

}  // namespace comity::log
