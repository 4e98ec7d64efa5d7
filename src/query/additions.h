#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "base/error.h"
#include "base/time.h"
#include "filing/control.h"

#include "query/sql_cache.h"

namespace comity::query {

/// Where and when versions were added to the record (record/added.h). Their numbers grow with both.
/// One thread; the snapshot must outlive it and may be refreshed.
class Additions {
 public:
  explicit Additions(const Snapshot& snapshot) : sql_(snapshot) {}

  /// The number of the last version at that place or before it; 0 where there is none.
  [[nodiscard]] Result<std::int64_t> last_until(const filing::ItemPlace& place);
  /// The same of those that were added at that time or before.
  [[nodiscard]] Result<std::int64_t> last_added_until(UnixMicros time);
  /// The greatest number of all.
  [[nodiscard]] Result<std::int64_t> last();

  /// Where the last of the versions up to that number stands.
  [[nodiscard]] Result<filing::ItemPlace> place_of(std::int64_t version);
  /// When what stands there was added.
  [[nodiscard]] Result<UnixMicros> added(const filing::ItemPlace& place);

 private:
  SqlCache sql_;
  std::optional<std::pair<std::uint64_t, UnixMicros>> added_;  // of the entry asked for last
};

}  // namespace comity::query
