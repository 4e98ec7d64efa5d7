#pragma once

#include <optional>
#include <vector>

#include "base/files.h"
#include "crypto/checkpoint.h"
#include "crypto/merkle_proof.h"
#include "log/bundle.h"
#include "log/tile_reader.h"

namespace comity::log {

/// The checkpoint that stands in the directory, signed by the log's key. Refuses `log-missing`
/// where there is none, and as crypto::open_checkpoint.
[[nodiscard]] Result<crypto::SignedCheckpoint> read_checkpoint(const Files& files,
                                                               const crypto::Vkey& log);

/// A log of one size, read from its directory, beside the writer and other readers. One thread at
/// a time, each has its own. `files` must outlive it.
///
/// Refuses as TileReader; `bundle-missing` and `bundle-damaged`; `entry-out-of-range` for an index
/// at or beyond the size. Sentences name the file.
class LogReader {
 public:
  /// At the checkpoint that stands in the directory; refuses as read_checkpoint.
  [[nodiscard]] static Result<LogReader> open(const Files& files, const crypto::Vkey& log);
  /// At a head that the caller trusts: of a checkpoint that was once signed for this log.
  LogReader(const Files& files, const crypto::TreeHead& head)
      : files_(&files), head_(head), tiles_(files, head.size) {}

  [[nodiscard]] const crypto::TreeHead& head() const { return head_; }
  [[nodiscard]] std::uint64_t size() const { return crypto::count(head_.size); }
  /// Goes on with the log as it has grown. REQUIRES: head.size >= head().size.
  void advance(const crypto::TreeHead& head);

  /// The entry, compared with its leaf hash in the tile.
  [[nodiscard]] Result<Bytes> entry(crypto::LeafIndex index) const;
  [[nodiscard]] Result<crypto::LeafHash> leaf(crypto::LeafIndex index) const;
  /// Lives as long as the reader.
  [[nodiscard]] const TileReader& tiles() const { return tiles_; }

  /// The entries from `first` to the end of its bundle or of the log: from 0 on, calling again with
  /// first + entries.size() reads all. Not compared with the leaf hashes: a replay hashes anyway.
  [[nodiscard]] Result<EntryRun> read_run(std::uint64_t first) const;

  /// Proofs at the size of this reader, verified against its root: `log-damaged` where the tiles
  /// lead elsewhere. Refuses as crypto::prove_inclusion and crypto::prove_consistency.
  [[nodiscard]] Result<std::vector<crypto::NodeHash>> prove_inclusion(
      crypto::LeafIndex index) const;
  [[nodiscard]] Result<std::vector<crypto::NodeHash>> prove_consistency(
      const crypto::TreeHead& from) const;

 private:
  const Files* files_;
  crypto::TreeHead head_;
  TileReader tiles_;
  mutable std::optional<EntryRun> recent_;  // a whole bundle, the last that entry() read
};

}  // namespace comity::log
