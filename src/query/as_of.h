#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

#include "base/error.h"
#include "base/time.h"

namespace comity::query {

/// Which state of the record is asked: as it is, as it was when the log had so many entries, or as
/// it was at a time of the log's.
struct Newest {
  bool operator==(const Newest&) const = default;
};
struct AtSize {
  std::uint64_t size = 0;
  bool operator==(const AtSize&) const = default;
};
struct AtTime {
  UnixSeconds time{};
  bool operator==(const AtTime&) const = default;
};
using AsOf = std::variant<Newest, AtSize, AtTime>;

/// Reads what a person writes: a size ("1234"), a day or month in UTC, of which the end is meant
/// ("2026-03-31", "2026-03"), or a time ("2026-03-31T12:00:00Z"). Digits alone are a size, never a
/// year. Refuses `as-of-malformed`.
[[nodiscard]] Result<AsOf> parse_as_of(std::string_view text);

}  // namespace comity::query
