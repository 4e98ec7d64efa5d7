#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "crypto/merkle.h"
#include "log/sqlite_state.h"
#include "log/stored_entry.h"

namespace comity::log {

/// Told how many entries are done, now and then.
using Progress = std::function<void(std::uint64_t done)>;

/// Overwrites what stands at those places, for good: Committer::erase.
using EraseItems = std::function<Result<void>(std::span<const filing::ItemPlace> places)>;

struct ReplayOptions {
  /// Given what the erasures of a batch erase, which a crash may have kept from being overwritten,
  /// before the state has the batch: no state is ahead of an erasure that is still to be done.
  /// Empty for whoever only reads the log.
  EraseItems erase{};
  Progress progress{};
};

/// Brings the admission state up to the log: checks and admits again every entry from the state's
/// size on, in batches. A state that is ahead of the log (a restored backup of the log) is made
/// anew. Refuses `log-inadmissible`, naming the entry, where the rules don't admit what the log
/// holds.
[[nodiscard]] Result<void> replay(const Files& files, const crypto::TreeHead& head,
                                  SqliteState& state, const ReplayOptions& options = {});

/// Every place that holds a copy of the item that an entry erased: its own, and the disclosing
/// entry's where it was disclosed.
[[nodiscard]] std::vector<filing::ItemPlace> erased_places(const rules::AdmittedEntry& entry);

}  // namespace comity::log
