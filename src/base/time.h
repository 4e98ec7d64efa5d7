#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace comity {

/// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted: the log's time (`tick`, `iat`).
enum class UnixSeconds : std::int64_t {};

/// Microseconds since 1970-01-01T00:00:00Z: STIX versions and TAXII's date_added.
enum class UnixMicros : std::int64_t {};

[[nodiscard]] constexpr std::int64_t count(UnixSeconds t) { return static_cast<std::int64_t>(t); }
[[nodiscard]] constexpr std::int64_t count(UnixMicros t) { return static_cast<std::int64_t>(t); }

/// "2017-06-27T10:00:00Z"
[[nodiscard]] std::string to_rfc3339(UnixSeconds time);
/// "2017-06-27T10:00:00.000Z", with six digits where the last three are not zero.
[[nodiscard]] std::string to_rfc3339(UnixMicros time);

/// Reads a STIX timestamp: RFC 3339 in UTC with a capital T and Z, with up to six digits of a
/// second, from 1970 to 9999. Refuses `timestamp-malformed`.
[[nodiscard]] Result<UnixMicros> parse_timestamp(std::string_view text);

/// Where the present comes from. The pure layers never see one; the sequencer is handed one.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual UnixMicros now() const = 0;
};

/// The system's clock.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] UnixMicros now() const override;
};

}  // namespace comity
