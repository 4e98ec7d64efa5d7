#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/error.h"
#include "record/changes.h"
#include "record/entry_rows.h"
#include "record/erasure.h"
#include "record/row_writer.h"
#include "record/store.h"
#include "rules/admit.h"

namespace comity::record {

/// Whether the record is folded, or its digests alone, which do not depend on the rest.
enum class FoldDepth : std::uint8_t { whole, digests };

/// Folds a log into the record, entry by entry in their order: total, and deterministic on the
/// log's public content alone. Whoever folds the same entries has the same digest.
///
/// An erasure takes the object out of the record as if it had never had content, so the digests of
/// the record from its entry on are other ones than those filed before; the log keeps both.
/// One thread, which has the rows written on another one. Only faults are returned, maybe by a
/// later call than the one that they concern, but by `commit`: nothing in a log can stop the fold.
class Fold {
 public:
  /// `read` is asked for earlier entries when something is erased; it must outlive the fold.
  [[nodiscard]] static Result<Fold> open(const std::string& path, ReadEntry read,
                                         FoldDepth depth = FoldDepth::whole);

  /// Of what was folded, committed or not; the digest is of that once it is committed.
  [[nodiscard]] const Stamp& stamp() const { return stamp_; }

  /// REQUIRES: entry.index() == stamp().size
  Result<void> take(const rules::AdmittedEntry& entry);
  /// An entry that checks or rules refuse: it stands in the log, void, and changes nothing.
  Result<void> take_void(const Refusal& why);
  /// Forgets what was taken since the last commit.
  Result<void> roll_back();
  /// Makes what was taken since the last commit visible to readers, all at once. `root` is that of
  /// the log's tree of so many entries. Then tries to purge; a failure of that is none of this.
  Result<void> commit(const crypto::RootHash& root);
  /// Where a reader, or too little room to write the file anew, has kept `commit` from leaving
  /// nothing of what was erased in the files: tries again. REQUIRES: nothing was taken since the
  /// last commit.
  Result<void> purge() { return tables_->store.purge(); }

  /// Makes the indexes that questions need, where they aren't there.
  /// REQUIRES: nothing was taken since the last commit.
  Result<void> make_indexes();

  /// As it was committed. REQUIRES: nothing was taken since the last commit.
  [[nodiscard]] const Store& store() const { return tables_->store; }

 private:
  /// The tables, and the thread that writes them while the next entries are folded.
  struct Tables {
    explicit Tables(Store opened) : store(std::move(opened)) {}

    Store store;
    RowWriter writer{store};
  };
  class Sink;

  Fold(Store store, ReadEntry read, FoldDepth depth)
      : tables_(std::make_unique<Tables>(std::move(store))),
        read_(std::move(read)),
        depth_(depth) {}

  Result<void> take_filing(const rules::AdmittedEntry& entry, const filing::CheckedFiling& filing);
  Result<void> take_control(const rules::AdmittedEntry& entry,
                            const filing::CheckedControl& control);
  Result<void> erase(const filing::ItemPlace& place, const filing::Erase& why);
  /// `places`: for how many items it takes a microsecond each (added.h).
  Result<void> finish(EntryRow entry, std::uint64_t places);
  [[nodiscard]] bool is_whole() const { return depth_ == FoldDepth::whole; }
  /// Hands rows to the writer, once they are enough to be worth it.
  Result<void> hand_over();
  /// Writes what was taken so far; then the store is ours again.
  Result<void> write_all();

  std::unique_ptr<Tables> tables_;
  EntryRows rows_;  // not yet handed over
  ReadEntry read_;
  FoldDepth depth_;
  Stamp stamp_;
  ChangesWriter writer_;
  // The first entry whose changes an erasure has made others since the last commit.
  std::optional<std::uint64_t> rechain_from_;
};

}  // namespace comity::record
