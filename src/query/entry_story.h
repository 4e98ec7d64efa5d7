#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "crypto/merkle.h"
#include "filing/manifest.h"
#include "log/stored_entry.h"

#include "query/entry.h"
#include "query/json.h"
#include "query/record_at.h"

namespace comity::query {

/// An entry as it was filed, and what became of it.
struct EntryStory {
  log::StoredEntry stored;
  Entry entry;
};

/// An item of a filing, and what became of it.
struct EntryItem {
  std::uint64_t ordinal = 0;
  filing::Item item;  ///< points into the story
  ItemFate fate;
  std::size_t bytes = 0;  ///< of content that the log has: none where it is hidden or erased
};

/// Refuses `entry-out-of-range`.
[[nodiscard]] Result<Entry> find_entry(const RecordAt& at, std::uint64_t index);

/// Reads the entry in the log, whose files are at least of that checkpoint: the record passes
/// through sizes of which none were made. Refuses as log::read_entry.
[[nodiscard]] Result<EntryStory> read_story(const Files& files, const crypto::TreeHead& head,
                                            std::uint64_t index, Entry entry);

/// Of an entry that is a filing. Refuses `log-record-missing`. The story outlives them.
[[nodiscard]] Result<std::vector<EntryItem>> items_of(const EntryStory& story);

/// The entry for programs: who signed it when, and its items or what it controls.
[[nodiscard]] Result<Json> entry_json(const EntryStory& story);

}  // namespace comity::query
