#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>

#include "base/files.h"
#include "crypto/checkpoint.h"
#include "crypto/secret_key.h"
#include "filing/control.h"
#include "log/epoch.h"
#include "log/segment_writer.h"
#include "log/tree_writer.h"
#include "rules/admit.h"

namespace comity::log {

struct CommitOptions {
  /// A batch is not begun unless this much stays free after it.
  std::uint64_t reserve_bytes = std::uint64_t{64} << 20;
  std::uint64_t segment_bytes = kSegmentBytes;
};

/// Who signs the checkpoints. The key is the log's note key; it must outlive who is handed this.
struct LogSigner {
  std::string origin;
  const crypto::SecretKey* key = nullptr;
};

/// An entry, its hash, and what belongs to it into the segments; views that must live during the
/// call.
struct EntryContent {
  ByteView entry;
  crypto::LeafHash leaf;  ///< crypto::leaf_hash(entry), computed by whoever made it, in parallel
  ByteView manifest;
  std::span<const rules::Part> public_parts;
  std::span<const rules::Part> hidden_parts;
};

/// The one writer of a log: appends batches in the order of `docs/formats/log.md` (segments,
/// bundles, tiles; one sync; the checkpoint, which is the commit point). Holds the directory's lock
/// as long as it lives. One thread. `files` and the signer's key must outlive it.
///
/// What it signs is computed from the tree that it continues, and only while the checkpoint on disk
/// is the last that it signed or was opened at, and the epoch is unchanged. After any failure from
/// the first write of a batch on, nobody knows what is on disk: every later call fails until the
/// log is opened again, which finds the batch either whole or gone.
class Committer {
 public:
  /// Makes a new log: epoch, then the signed checkpoint of size 0, so that a log without a
  /// checkpoint is damaged, not new. Refuses `log-exists` where there is one or parts of one.
  [[nodiscard]] static Result<Committer> create(Files& files, LogSigner signer,
                                                CommitOptions options = {});

  /// Opens the log at its checkpoint; reads O(log size) small files. Cuts back the segments; stray
  /// tiles beyond the size are overwritten later. Refuses `registry-locked`; `store-moved`;
  /// `log-missing`; what crypto::open_checkpoint refuses; and `log-damaged`, naming the file, where
  /// the right edge does not match the checkpoint. Nothing is signed; what was found is made
  /// durable.
  [[nodiscard]] static Result<Committer> open(Files& files, LogSigner signer,
                                              CommitOptions options = {});

  /// The last checkpoint: what is promised.
  [[nodiscard]] const crypto::SignedCheckpoint& checkpoint() const { return checkpoint_; }
  /// Its bytes as they stand in the file.
  [[nodiscard]] const std::string& note() const { return note_; }
  [[nodiscard]] crypto::TreeHead head() const { return checkpoint_.checkpoint.head(); }

  /// Commits the batch and gives the new checkpoint; with an empty batch, the last one. All
  /// failures are faults: none says anything about the entries. Where there is too little space
  /// nothing is begun and the committer stays usable. REQUIRES: the indices continue the log.
  Result<crypto::SignedCheckpoint> commit(std::span<const rules::AdmittedEntry> batch);

  /// The same for entries that no rules have seen: for benchmarks and tests alone, and
  /// tests/structure.py refuses whoever else names it.
  Result<crypto::SignedCheckpoint> commit_unadmitted(std::span<const EntryContent> batch);

  /// Overwrites the item of a committed erasure (see log::erase), and syncs. The same again is
  /// harmless, so a replay after a crash repeats it.
  Result<void> erase(std::span<const filing::ItemPlace> places);

  /// Whether an earlier failure has ended it.
  [[nodiscard]] bool ended() const { return ended_; }

 private:
  Committer(Files& files, LogSigner signer, CommitOptions options)
      : files_(&files), signer_(std::move(signer)), options_(options) {}

  Result<void> load();
  Result<void> check_usable() const;
  Result<void> check_space(std::span<const EntryContent> batch) const;
  Result<void> check_unchanged() const;
  Result<void> write(std::span<const EntryContent> batch);
  Result<void> sign_and_replace();

  Files* files_;
  LogSigner signer_;
  CommitOptions options_;
  std::unique_ptr<FileLock> lock_;
  Epoch epoch_;
  crypto::SignedCheckpoint checkpoint_;
  std::string note_;
  TreeWriter tree_;
  std::optional<SegmentWriter> visible_;
  std::optional<SegmentWriter> hidden_;
  bool ended_ = false;
};

}  // namespace comity::log
