#pragma once

#include <compare>
#include <cstddef>
#include <string_view>

namespace comity::stix {

/// A timestamp of section 2.16, any number of digits of a second: its text, which orders as time
/// does once trailing zeros are gone.
struct Timestamp {
  std::string_view second;    ///< "2016-01-20T12:31:12"; empty for what is no timestamp
  std::string_view fraction;  ///< "123" or empty, as written

  explicit operator bool() const { return !second.empty(); }
};

/// RFC 3339 as section 2.16.1 narrows it: capital T and Z, UTC, a date that exists. A leap second
/// (60) may stand where one can: at 23:59.
[[nodiscard]] Timestamp parse_time(std::string_view text);

/// In the order of time. REQUIRES: both are timestamps.
[[nodiscard]] std::strong_ordering compare(const Timestamp& a, const Timestamp& b);

}  // namespace comity::stix
