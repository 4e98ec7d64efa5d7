#include "query/entry.h"

#include "log/sqlite.h"

namespace comity::query {
namespace {

using log::Query;

/// Calls with each row, whose columns are ordinal, entry, ground, authority.
template <class Take>
Result<void> each(const Snapshot& snapshot, std::string_view sql, std::uint64_t index,
                  const Take& take) {
  COMITY_TRY(const auto prepared, snapshot.database().prepare(sql));
  Query row(prepared, index);
  while (true) {
    COMITY_TRY(const bool found, row.step());
    if (!found) return {};
    take(row.count(0),
         Withheld{.by = row.count(1), .ground = row.text(2), .authority = row.text(3)});
  }
}

}  // namespace

Result<std::optional<Entry>> entry_of(const Snapshot& snapshot, std::uint64_t index) {
  Entry entry;
  {
    COMITY_TRY(const auto find,
               snapshot.database().prepare("SELECT time, void FROM entry WHERE id = ?1"));
    Query row(find, index);
    COMITY_TRY(const bool found, row.step());
    if (!found) return std::nullopt;
    entry.time = UnixSeconds{row.integer(0)};
    entry.void_for = row.text(1);
  }
  COMITY_CHECK(each(snapshot,
                    "SELECT ordinal, disclosed_by, '', '' FROM disclosure WHERE entry = ?1", index,
                    [&](std::uint64_t ordinal, const Withheld& why) {
                      entry.fates[ordinal].disclosed_by = why.by;
                    }));
  COMITY_CHECK(each(
      snapshot, "SELECT ordinal, erased_by, ground, authority FROM tombstone WHERE entry = ?1",
      index,
      [&](std::uint64_t ordinal, Withheld why) { entry.fates[ordinal].erased = std::move(why); }));
  COMITY_CHECK(each(
      snapshot, "SELECT ordinal, held_by, ground, authority FROM hold WHERE entry = ?1", index,
      [&](std::uint64_t ordinal, Withheld why) { entry.fates[ordinal].held = std::move(why); }));
  return entry;
}

}  // namespace comity::query
