#include <fmt/format.h>

#include "record/milestone.h"
#include "record/store.h"

namespace comity::record {

using log::Query;
using log::SqlValue;

namespace {

template <class T>
SqlValue unless_empty(T value) {
  return value.empty() ? SqlValue{} : SqlValue{value};
}

std::int64_t integer(std::uint64_t count) { return static_cast<std::int64_t>(count); }

}  // namespace

Result<void> Store::insert_entry(const EntryRow& entry) {
  SqlValue party;
  if (!entry.party.empty()) {
    COMITY_TRY(party, object(entry.party));
  }
  const std::array<SqlValue, 9> values{integer(entry.index),
                                       count(entry.time),
                                       party,
                                       std::int64_t{entry.control ? 1 : 0},
                                       unless_empty(entry.refused_for),
                                       entry.changes.view(),
                                       unless_empty(entry.governance),
                                       integer(entry.hidden),
                                       count(entry.added)};
  return Query(insert_entry_, std::span<const SqlValue>(values)).run();
}

Result<StoredEntryRow> Store::entry(std::uint64_t index) const {
  COMITY_TRY(const auto find,
             database_.prepare("SELECT time, changes, governance FROM entry WHERE id = ?1"));
  Query row(find, index);
  COMITY_TRY(const bool found, row.step());
  if (!found || row.bytes(1).size() != ChangesDigest::kSize)
    return fail("The record lacks an entry that it was folded from; remove it to have it rebuilt.");
  return StoredEntryRow{.time = UnixSeconds{row.integer(0)},
                        .changes = ChangesDigest::from(row.bytes(1)),
                        .governance = to_bytes(row.bytes(2))};
}

Result<void> Store::put_changes(std::uint64_t index, const ChangesDigest& changes) {
  COMITY_TRY(const auto write, database_.prepare("UPDATE entry SET changes = ?2 WHERE id = ?1"));
  return Query(write, index, changes.view()).run();
}

Result<RecordDigest> Store::rechain(std::uint64_t index) {
  std::uint64_t size = index - index % kMilestone;
  COMITY_TRY(RecordDigest digest, digest_at(database_, size));
  COMITY_TRY(const auto all,
             database_.prepare("SELECT changes FROM entry WHERE id >= ?1 ORDER BY id"));
  Query row(all, size);
  while (true) {
    COMITY_TRY(const bool more, row.step());
    if (!more) return digest;
    digest = extend(digest, ChangesDigest::from(row.bytes(0)));
    if (++size % kMilestone == 0) COMITY_CHECK(put_milestone(size, digest));
  }
}

Result<void> Store::put_milestone(std::uint64_t size, const RecordDigest& digest) {
  COMITY_TRY(const auto write, database_.prepare("REPLACE INTO milestone VALUES (?1, ?2)"));
  return Query(write, size, digest.view()).run();
}

Result<void> Store::put_party(const rules::Party& party, std::uint64_t index) {
  COMITY_TRY(const auto number, object(party.id));
  SqlValue controller;
  if (!party.controller.empty()) {
    COMITY_TRY(controller, object(party.controller));
  }
  COMITY_TRY(const auto breadth, word(rules::word_of(party.group)));
  COMITY_TRY(const auto close, database_.prepare("UPDATE party SET until = ?2 "
                                                 "WHERE object = ?1 AND until = ?3"));
  COMITY_CHECK(Query(close, number, index, kForEver).run());
  COMITY_TRY(const auto write,
             database_.prepare("REPLACE INTO party VALUES (?1,?2,?3,?4,?5,?6,?7,?8)"));
  const std::array<SqlValue, 8> values{number,
                                       breadth,
                                       std::string_view(party.country),
                                       controller,
                                       std::int64_t{party.suspended ? 1 : 0},
                                       integer(party.admitted_at),
                                       integer(index),
                                       kForEver};
  return Query(write, std::span<const SqlValue>(values)).run();
}

Result<void> Store::put_key(const rules::Key& key) {
  COMITY_TRY(const auto party, object(key.party));
  COMITY_TRY(const auto write, database_.prepare("REPLACE INTO party_key VALUES (?1,?2,?3,?4,?5)"));
  const std::int64_t until = key.revoked_at ? integer(*key.revoked_at) : kForEver;
  return Query(write, key.kid.view(), party, key.custody, key.added_at, until).run();
}

Result<void> Store::bury(const Tombstone& tombstone) {
  SqlValue number;
  if (!tombstone.id.empty()) {
    COMITY_TRY(number, object(tombstone.id));
  }
  COMITY_TRY(const auto write,
             database_.prepare("REPLACE INTO tombstone VALUES (?1,?2,?3,?4,?5,?6)"));
  const std::array<SqlValue, 6> values{integer(tombstone.place.entry),
                                       integer(tombstone.place.ordinal),
                                       number,
                                       integer(tombstone.erased_by),
                                       std::string_view(tombstone.ground),
                                       std::string_view(tombstone.authority)};
  return Query(write, std::span<const SqlValue>(values)).run();
}

Result<std::vector<std::uint64_t>> Store::erased_of(std::uint64_t entry) const {
  COMITY_TRY(const auto find, database_.prepare("SELECT ordinal FROM tombstone WHERE entry = ?1"));
  Query row(find, entry);
  std::vector<std::uint64_t> erased;
  while (true) {
    COMITY_TRY(const bool more, row.step());
    if (!more) return erased;
    erased.push_back(row.count(0));
  }
}

Result<void> Store::put_disclosure(const filing::ItemPlace& place, std::uint64_t disclosed_by) {
  COMITY_TRY(const auto write, database_.prepare("REPLACE INTO disclosure VALUES (?1,?2,?3)"));
  return Query(write, place.entry, place.ordinal, disclosed_by).run();
}

Result<void> Store::put_hold(const HoldRow& hold) {
  COMITY_TRY(const auto write, database_.prepare("REPLACE INTO hold VALUES (?1,?2,?3,?4,?5)"));
  return Query(write, hold.place.entry, hold.place.ordinal, hold.held_by, hold.ground,
               hold.authority)
      .run();
}

Result<void> Store::lift_hold(const filing::ItemPlace& place) {
  COMITY_TRY(const auto write,
             database_.prepare("DELETE FROM hold WHERE entry = ?1 AND ordinal = ?2"));
  return Query(write, place.entry, place.ordinal).run();
}

}  // namespace comity::record
