#pragma once

#include <utility>

#include <gtest/gtest.h>

#include "log/stored_entry.h"

#include "tests/memory_state.h"

/// The facts of a log as a reader finds them who has nothing but the log.
namespace comity::samples {

/// Checks and admits every entry again, into plain maps.
inline Result<rules::MemoryState> fold_log(const Files& files, const crypto::TreeHead& head) {
  rules::MemoryState state;
  const log::LogReader reader(files, head);
  const log::LogReader earlier(files, head);
  COMITY_TRY(const auto visible,
             log::SegmentReader::open(files, log::SegmentKind::visible, head.size));
  COMITY_TRY(const auto hidden,
             log::SegmentReader::open(files, log::SegmentKind::hidden, head.size));
  const log::EntryWalk::Segments segments{visible, &hidden};
  const auto find_item = log::find_item_in(earlier, segments);
  COMITY_TRY(auto walk, log::EntryWalk::open(reader, segments, 0));
  codec::JsonReader json;
  for (std::uint64_t size = 1;; ++size) {
    COMITY_TRY(const auto stored, walk.next());
    if (!stored) return state;
    COMITY_TRY(auto checked, log::check_entry(*stored, rules::find_key_in(state), json));
    COMITY_TRY(const auto admitted, log::readmit(std::move(checked), state, find_item, json));
    state.apply(admitted.changes(), size);
  }
}

/// Asks `actual` for every fact of `expected`.
inline void expect_same_facts(const rules::MemoryState& expected, const rules::State& actual) {
  const auto& [size, standing, statements, parties, keys, announced, sponsorships, versions,
               marks] = expected.all();
  EXPECT_EQ(actual.size().value(), size);
  EXPECT_EQ(actual.standing().value(), standing);
  for (const auto& [key, statement] : statements)
    EXPECT_EQ(actual.statement(key).value(), statement) << "statement " << statement.index;
  for (const auto& [id, party] : parties) {
    EXPECT_EQ(actual.party(id).value(), party) << id;
    EXPECT_EQ(actual.keys_of(id).value(), expected.keys_of(id).value()) << id;
    EXPECT_EQ(actual.sponsorships(id).value(), expected.sponsorships(id).value()) << id;
  }
  for (const auto& [kid, key] : keys) EXPECT_EQ(actual.key(kid).value(), key);
  for (const auto& [kid, key] : announced) EXPECT_EQ(actual.announced_key(kid).value(), key);
  for (const auto& [key, version] : versions) {
    EXPECT_EQ(actual.version(version.party, version.id, version.version).value(), version);
    EXPECT_EQ(actual.revocation(version.party, version.id).value(),
              expected.revocation(version.party, version.id).value());
  }
  for (const auto& [place, mark] : marks) EXPECT_EQ(actual.marks(place).value(), mark);
}

}  // namespace comity::samples
