#pragma once

#include <array>
#include <string>
#include <vector>

#include "base/files.h"
#include "crypto/merkle_range.h"
#include "log/layout.h"

namespace comity::log {

/// Grows the tree of a log: takes entries, writes bundles and tiles. Syncs and signs nothing.
///
/// Holds the frontier, the partial tile of each level and the partial bundle: with entries of
/// 2 KiB at most half a MB whatever the size, plus the full bundles since the last write. Moves.
/// One thread. After a fault of `write` it must be thrown away and the log opened again.
class TreeWriter {
 public:
  /// An empty log.
  TreeWriter() = default;

  /// Continues a log: reads the partial tiles of the right edge, and the last bundle, which must
  /// match its tile. Refuses as TileReader; `bundle-missing`, `bundle-damaged`; and `log-damaged`
  /// where the tiles don't lead to the head's root.
  [[nodiscard]] static Result<TreeWriter> open(const Files& files, const crypto::TreeHead& head);

  /// REQUIRES: leaf is the entry's hash, entry.size() <= kEntryBytes, and less than 2^63 entries.
  void add(ByteView entry, const crypto::LeafHash& leaf);

  /// The tree with all that was added. At most 63 hashings.
  [[nodiscard]] crypto::TreeHead head() const { return range_.head(); }
  [[nodiscard]] crypto::TreeSize size() const { return range_.size(); }

  /// How many bytes the partial bundle has, which each write writes again.
  [[nodiscard]] std::uint64_t partial_bytes() const { return bundle_.size(); }

  /// Writes what was added since the last write: full bundles and tiles once, then the partial ones
  /// as they are now. Only files that no earlier write has made, so whatever stands there is a
  /// stray of a batch that was never committed and is overwritten.
  Result<void> write(Files& files);

  /// Removes the partial files that full ones have replaced. For after the commit: before, the
  /// checkpoint on disk still needs them. At best: a failure leaves files that nobody needs.
  void remove_obsolete(Files& files);

 private:
  struct NewFile {
    std::string path;
    Bytes bytes;
  };

  void finish_tile(unsigned level);
  void finish_bundle();

  crypto::CompactRange range_;
  std::array<Bytes, kTileLevels> tiles_;         // of each level, the hashes of the partial tile
  Bytes bundle_;                                 // the partial bundle
  std::array<unsigned, kTileLevels> written_{};  // of each level, the width that stands on disk
  unsigned bundle_written_ = 0;
  std::vector<NewFile> full_;          // to be written
  std::vector<std::string> obsolete_;  // directories of partial files
};

}  // namespace comity::log
