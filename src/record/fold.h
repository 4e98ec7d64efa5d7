#pragma once

#include <cstdint>
#include <string>

#include "base/error.h"
#include "record/changes.h"
#include "record/erasure.h"
#include "record/store.h"
#include "rules/admit.h"

namespace comity::record {

/// Folds a log into the record, entry by entry in their order: total, and deterministic on the
/// log's public content alone. Whoever folds the same entries has the same digest.
///
/// An erasure takes the object out of the record as if it had never had content, so the digests of
/// the record from its entry on are other ones than those filed before; the log keeps both.
/// One thread. Only faults are returned: nothing in a log can stop the fold.
class Fold {
 public:
  /// `read` is asked for earlier entries when something is erased; it must outlive the fold.
  [[nodiscard]] static Result<Fold> open(const std::string& path, ReadEntry read);

  /// Of what was folded, committed or not.
  [[nodiscard]] const Stamp& stamp() const { return stamp_; }

  /// REQUIRES: entry.index() == stamp().size
  Result<void> take(const rules::AdmittedEntry& entry);
  /// An entry that checks or rules refuse: it stands in the log, void, and changes nothing.
  Result<void> take_void(const Refusal& why);
  /// Forgets what was taken since the last commit.
  Result<void> roll_back();
  /// Makes what was taken since the last commit visible to readers, all at once. `root` is that of
  /// the log's tree of so many entries.
  Result<void> commit(const crypto::RootHash& root);

  [[nodiscard]] const Store& store() const { return store_; }

 private:
  Fold(Store store, ReadEntry read) : store_(std::move(store)), read_(std::move(read)) {}

  Result<void> take_filing(const rules::AdmittedEntry& entry, const filing::CheckedFiling& filing);
  Result<void> take_control(const rules::AdmittedEntry& entry,
                            const filing::CheckedControl& control);
  Result<void> erase(const filing::ItemPlace& place, const filing::Erase& why);
  Result<void> finish(const EntryRow& entry);

  Store store_;
  ReadEntry read_;
  Stamp stamp_;
  ChangesWriter writer_;
  bool erased_ = false;  // since the last commit
};

}  // namespace comity::record
