#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "crypto/merkle.h"
#include "log/sqlite_state.h"
#include "log/stored_entry.h"

namespace comity::log {

/// Told how many entries are done, now and then.
using Progress = std::function<void(std::uint64_t done)>;

/// Brings the admission state up to the log: checks and admits again every entry from the state's
/// size on, in batches. A state that is ahead of the log (a restored backup of the log) is made
/// anew. Gives the places that the replayed erasures erase, which a crash may have kept from being
/// overwritten: for Committer::erase. Refuses `log-inadmissible`, naming the entry, where the rules
/// don't admit what the log holds.
[[nodiscard]] Result<std::vector<filing::ItemPlace>> replay(const Files& files,
                                                            const crypto::TreeHead& head,
                                                            SqliteState& state,
                                                            const Progress& progress = {});

/// The places that the entries from `first` on erase, found without admitting anything: an erasure
/// that a crash has torn leaves half an item, at which a replay ends. Each entry that erases is
/// proved to be in the log. The state knows of disclosures before `first`.
[[nodiscard]] Result<std::vector<filing::ItemPlace>> erasures_from(std::uint64_t first,
                                                                   const Files& files,
                                                                   const crypto::TreeHead& head,
                                                                   const SqliteState& state);

/// Every place that holds a copy of the item that an entry erased: its own, and the disclosing
/// entry's where it was disclosed.
[[nodiscard]] std::vector<filing::ItemPlace> erased_places(const rules::AdmittedEntry& entry);

}  // namespace comity::log
