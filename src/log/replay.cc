#include "log/replay.h"

#include <string>

#include "rules/overlay.h"

namespace comity::log {
namespace {

constexpr std::uint64_t kBatch = 4096;

std::unexpected<Error> inadmissible(std::uint64_t index, const Error& why) {
  if (why.fault() != nullptr) return std::unexpected(why);
  return refuse("log-inadmissible", "Entry " + std::to_string(index) +
                                        " is in the log, but the rules don't admit it (" +
                                        why.code() + "): " + why.sentence());
}

Result<std::uint64_t> replay_batch(EntryWalk& walk, SqliteState& state,
                                   const rules::FindItem& find_item, codec::JsonReader& reader,
                                   const EraseItems& erase) {
  rules::Overlay batch(state);
  const filing::FindKey find_key = rules::find_key_in(batch);
  COMITY_TRY(std::uint64_t size, state.size());
  const std::uint64_t end = size + kBatch;
  std::vector<filing::ItemPlace> erased;
  while (size < end) {
    COMITY_TRY(auto stored, walk.next());
    if (!stored) break;
    auto checked = check_entry(*stored, find_key, reader);
    if (!checked) return inadmissible(size, checked.error());
    auto admitted = readmit(std::move(*checked), batch, find_item, reader);
    if (!admitted) return inadmissible(size, admitted.error());
    batch.put(admitted->changes(), ++size);
    for (const auto& place : erased_places(*admitted)) erased.push_back(place);
  }
  if (erase && !erased.empty()) COMITY_CHECK(erase(erased));
  COMITY_CHECK(state.apply(batch.take(), size));
  return size;
}

}  // namespace

Result<void> replay(const Files& files, const crypto::TreeHead& head, SqliteState& state,
                    const ReplayOptions& options) {
  COMITY_TRY(std::uint64_t size, state.size());
  const std::uint64_t target = crypto::count(head.size);
  if (size == target) return {};
  if (size > target) {
    COMITY_CHECK(state.reset());
    size = 0;
  }
  const LogReader log(files, head);
  COMITY_TRY(const auto visible, SegmentReader::open(files, SegmentKind::visible, head.size));
  COMITY_TRY(const auto hidden, SegmentReader::open(files, SegmentKind::hidden, head.size));
  const EntryWalk::Segments segments{visible, &hidden};
  // Control statements look back into the log while the walk goes on: a reader of their own.
  const LogReader earlier(files, head);
  const rules::FindItem find_item = find_item_in(earlier, segments);
  COMITY_TRY(auto walk, EntryWalk::open(log, segments, size));
  codec::JsonReader reader;
  while (size < target) {
    COMITY_TRY(size, replay_batch(walk, state, find_item, reader, options.erase));
    if (options.progress) options.progress(size);
  }
  return {};
}

std::vector<filing::ItemPlace> erased_places(const rules::AdmittedEntry& entry) {
  std::vector<filing::ItemPlace> places;
  if (!entry.erased()) return places;
  places.push_back(*entry.erased());
  for (const rules::ItemMarks& marks : entry.changes().marks)
    if (marks.place == *entry.erased() && marks.disclosed)
      places.push_back({marks.disclosed_at, marks.place.ordinal});
  return places;
}

}  // namespace comity::log
