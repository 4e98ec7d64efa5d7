#include "query/snapshot.h"

#include <utility>

#include <fmt/format.h>

namespace comity::query {
namespace {

using log::Database;
using log::Prepared;
using log::Query;

Result<UnixSeconds> time_of(const Prepared& find, std::uint64_t entry) {
  Query row(find, entry);
  COMITY_TRY(const bool found, row.step());
  if (!found)
    return fail("The record lacks an entry that it was folded from; see `comity rebuild`.");
  return UnixSeconds{row.integer(0)};
}

/// How many entries the log had at that time. Times of entries never decrease.
Result<std::uint64_t> size_at_time(const Database& database, std::uint64_t size, UnixSeconds time) {
  COMITY_TRY(const auto find, database.prepare("SELECT time FROM entry WHERE id = ?1"));
  std::uint64_t before = 0;  // entries known to be there then
  std::uint64_t after = size;
  while (before < after) {
    const std::uint64_t middle = before + (after - before) / 2;
    COMITY_TRY(const UnixSeconds then, time_of(find, middle));
    if (count(then) <= count(time))
      before = middle + 1;
    else
      after = middle;
  }
  return before;
}

}  // namespace

Result<Snapshot> Snapshot::open(const std::string& path, unsigned cache_kib) {
  COMITY_TRY(auto database, Database::open_to_read(path));
  COMITY_CHECK(database.run(
      fmt::format("PRAGMA cache_size = -{}; PRAGMA mmap_size = 268435456; BEGIN", cache_kib)));
  Snapshot snapshot(std::move(database));
  COMITY_CHECK(snapshot.read_stamp());
  return snapshot;
}

Result<void> Snapshot::refresh() {
  COMITY_CHECK(let_go());
  COMITY_CHECK(database_.run("BEGIN"));
  holds_ = true;
  return read_stamp();
}

Result<void> Snapshot::let_go() {
  if (!std::exchange(holds_, false)) return {};
  return database_.run("COMMIT");
}

Result<void> Snapshot::read_stamp() {
  COMITY_TRY(stamp_, record::read_stamp(database_));
  return {};
}

Result<std::uint64_t> Snapshot::size_at(const AsOf& as_of) const {
  if (const auto* at = std::get_if<AtSize>(&as_of)) {
    if (at->size <= stamp_.size) return at->size;
    return refuse("as-of-beyond-record",
                  fmt::format("The record has {} entries, so there is no state at {}; ask for one "
                              "of 0 to {}.",
                              stamp_.size, at->size, stamp_.size));
  }
  if (const auto* at = std::get_if<AtTime>(&as_of)) {
    COMITY_TRY(const auto size, size_at_time(database_, stamp_.size, at->time));
    if (size > 0) return size;
    return refuse("as-of-before-record", fmt::format("The log had no entry yet at {}; ask for a "
                                                     "later time.",
                                                     to_rfc3339(at->time)));
  }
  return stamp_.size;
}

}  // namespace comity::query
