#pragma once

#include <algorithm>
#include <cstdint>

#include "base/time.h"

/// When each item was added to the record, to the microsecond, in strictly increasing order over
/// the whole of it: what TAXII calls `date_added`.
///
/// Entries share the log's time, whole seconds, with all that came in the same batch. So every
/// entry takes one microsecond for each item of its manifest, public or not, and the item of that
/// ordinal has its own: beginning with the entry's time, or behind the entry before it where that
/// has taken more. More than a million items in a second reach into the next, and the entries of
/// that second follow them.
///
/// This depends on times and manifests alone, which stand in signed bytes for ever: an erasure
/// moves nothing, and whoever folds the same log has the same times.
namespace comity::record {

/// When item 0 of an entry of that time is added, behind entries that took all before `free`.
[[nodiscard]] constexpr UnixMicros added_at(UnixSeconds time, UnixMicros free) {
  return UnixMicros{std::max(count(time) * 1'000'000, count(free))};
}

/// The first microsecond behind an entry with places for so many items. A disclosure has one for
/// each ordinal up to that of what it discloses.
[[nodiscard]] constexpr UnixMicros free_behind(UnixMicros added, std::uint64_t items) {
  return UnixMicros{count(added) + static_cast<std::int64_t>(items)};
}

}  // namespace comity::record
