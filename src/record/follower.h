#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/files.h"
#include "codec/json.h"
#include "crypto/merkle_range.h"
#include "log/log_reader.h"
#include "log/replay.h"
#include "log/segment_reader.h"
#include "log/sqlite_state.h"
#include "record/fold.h"
#include "record/read_ahead.h"
#include "rules/overlay.h"

namespace comity::record {

/// Where a record lies.
struct RecordPlace {
  const Files& files;     ///< the log
  std::string directory;  ///< of record.sqlite and its admission state; need not be the log's
};

/// Keeps a record in step with a log: reads what the log has got since, checks and admits each
/// entry again on an admission state of its own, and folds it. Live, at a restart and at a rebuild
/// it goes the same way, and so does a watchdog. One thread, which has entries read and checked
/// ahead on another one; `files` must outlive it.
///
/// Where a copy of the log lacks what belongs to an entry (`log-record-missing` and the like) the
/// refusal is returned, and the record stays where it is; entries that are bad in themselves are
/// folded as void.
class Follower {
 public:
  /// Where the two databases contradict each other both are made anew.
  [[nodiscard]] static Result<std::unique_ptr<Follower>> open(RecordPlace place);
  ~Follower();

  /// From now on doesn't verify again what this process has verified; it outlives the follower.
  void skip_verified(const filing::VerifiedStatements& verified) { verified_ = &verified; }

  [[nodiscard]] const Stamp& stamp() const { return fold_->stamp(); }

  /// Folds what the log has up to that head; commits from time to time, so that reading goes on.
  /// A record of more entries than the head has, or of another root than the log had at its size,
  /// is of another log (or of a forked history), and made anew. Refuses `log-damaged` where the
  /// entries are not those of the tiles or of the head; then none of their batch is folded.
  ///
  /// What is erased leaves no bytes in the record's files, but while somebody reads a state of
  /// before, or there is no room to write them anew: then each later call tries again, whether or
  /// not the log has grown.
  Result<void> catch_up(const crypto::TreeHead& head, const log::Progress& progress = {});
  /// Whether it is to be tried again; `purge` does nothing else.
  [[nodiscard]] bool owes_purge() const { return fold_->store().owes_purge(); }
  Result<void> purge() { return fold_->purge(); }
  /// Any thread: has a `catch_up` under way give up what it has not committed, with a fault, and
  /// every later one.
  void stop() { stopping_ = true; }
  /// Throws the record away, to be folded from the beginning.
  Result<void> reset();

  [[nodiscard]] const Fold& fold() const { return *fold_; }
  [[nodiscard]] std::string path() const { return place_.directory + "/record.sqlite"; }

 private:
  /// The log as it is read during one `catch_up`.
  struct Sources;

  explicit Follower(RecordPlace place);
  Result<void> open_both();
  /// Whether the record is of the log with that head.
  [[nodiscard]] Result<bool> is_of(const crypto::TreeHead& head) const;
  [[nodiscard]] Result<void> check_tree(std::uint64_t size) const;
  Result<void> take_all(const crypto::TreeHead& head, const log::Progress& progress);
  Result<void> take_batch(ReadAhead& entries, std::uint64_t end);
  Result<void> take(Result<log::CheckedEntry> checked, const log::StoredEntry& stored,
                    rules::Overlay& batch);
  Result<void> commit(const rules::Changes& changes, std::uint64_t size);

  RecordPlace place_;
  const filing::VerifiedStatements* verified_ = nullptr;
  std::atomic<bool> stopping_ = false;
  std::unique_ptr<Sources> sources_;
  crypto::CompactRange tree_;  // of the leaves of the entries that the admission state has
  std::optional<Fold> fold_;
  std::unique_ptr<log::SqliteState> state_;
  codec::JsonReader reader_;
};

}  // namespace comity::record
