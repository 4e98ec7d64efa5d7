#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "base/error.h"
#include "base/time.h"
#include "log/sqlite.h"
#include "record/store.h"

#include "query/as_of.h"

/// Questions to the record, and nothing that changes it.
namespace comity::query {

/// The record as it stands at one moment, on a connection of its own: whatever is asked of one
/// snapshot is of one state, also while the fold goes on. One thread.
class Snapshot {
 public:
  static constexpr unsigned kCacheKib = 65'536;

  /// REQUIRES: a record was folded there. A file that is none is a fault. `cache_kib`: of memory
  /// for pages of it, at most.
  [[nodiscard]] static Result<Snapshot> open(const std::string& path,
                                             unsigned cache_kib = kCacheKib);

  /// What it is folded from.
  [[nodiscard]] const record::Stamp& stamp() const { return stamp_; }
  [[nodiscard]] const log::Database& database() const { return database_; }

  /// Moves on to the newest state. REQUIRES: no query of this snapshot is being read.
  Result<void> refresh();
  /// Lets go of its state, so that the database need not keep what others have replaced. Nothing
  /// may be asked until it is refreshed. REQUIRES: as refresh.
  Result<void> let_go();

  /// As log::Database::stop_when: of whatever is asked of this snapshot.
  void stop_when(std::function<bool()> is_over) { database_.stop_when(std::move(is_over)); }

  /// The size of the log that is meant: rows with since < size <= until hold then. Refuses
  /// `as-of-beyond-record` for a size that the record doesn't have, `as-of-before-record` for a
  /// time before its first entry.
  [[nodiscard]] Result<std::uint64_t> size_at(const AsOf& as_of) const;

 private:
  explicit Snapshot(log::Database database) : database_(std::move(database)) {}
  Result<void> read_stamp();

  log::Database database_;
  record::Stamp stamp_;
  bool holds_ = true;  // a state
};

}  // namespace comity::query
