#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "filing/control.h"
#include "filing/manifest.h"
#include "filing/statement.h"
#include "log/log_reader.h"

#include "registry_directory.h"

namespace comity::cli {

/// An item of a filing as the public log shows it.
struct WalkedItem {
  filing::ItemPlace place;
  filing::Item item;
  ByteView content;  ///< the object; empty where hidden or erased
};

/// An entry as the public log shows it, not verified: that is for an audit. Views live during the
/// call that is handed it.
struct WalkedEntry {
  std::uint64_t index = 0;
  UnixSeconds time{};  ///< the log's
  filing::Statement statement;
  std::optional<filing::Control> control;
  std::vector<WalkedItem> items;        ///< of a filing
  std::optional<WalkedItem> disclosed;  ///< by a disclosure: the object, public from here on
};

/// From which entry on (its log's time is looked for backwards), and with or without contents.
struct WalkFrom {
  std::uint64_t index = 0;
  std::uint64_t count = UINT64_MAX;
};

enum class Walk { on, stop };

/// Reads entries in order, statements, manifests and public contents, beside the writer. Refuses as
/// the readers of log/.
Result<void> walk(const ReadRegistry& registry, const WalkFrom& from,
                  const std::function<Result<Walk>(const WalkedEntry&)>& visit);

/// What controls have done to items, of a whole log.
struct ItemFate {
  bool erased = false;
  bool held = false;
  std::string ground;     ///< of the erasure or the hold
  std::string authority;  ///< likewise
  std::optional<std::uint64_t> disclosed_at;
};
using Fates = std::map<filing::ItemPlace, ItemFate>;
void note_fate(Fates& fates, const WalkedEntry& entry);

/// The log's time at an entry.
[[nodiscard]] Result<UnixSeconds> time_at(const log::LogReader& log, std::uint64_t index);

/// "a tick", "the erasure of item 2 of entry 17 (...)": what a control says, for a person.
[[nodiscard]] std::string describe(const filing::Control& control);
/// Its name in docs/formats/control.md.
[[nodiscard]] std::string name_of(const filing::Control& control);

}  // namespace comity::cli
