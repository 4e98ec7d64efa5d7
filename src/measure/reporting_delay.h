#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "measure/calendar.h"

namespace comity::measure {

/// One event whose two dates are known as far as they are.
struct Disclosure {
  DateInterval occurred;
  DateInterval disclosed;
};

struct DelayQuestion {
  /// The last month that the data cover.
  Month as_of{};
  /// Events of the last so many months before `as_of` are left out: of those only the ones that
  /// were disclosed soon are known, which would make delays look short.
  std::int32_t settled_after = 24;
  /// The share of reports that a month needs not to be greyed, 1 to 100.
  std::uint32_t percent = 90;
};

/// Whole months from the month of the event to that of its disclosure.
struct ReportingDelay {
  /// The delay within which the asked percentage of settled events was disclosed, the order
  /// statistic of rank ceil(percent * settled / 100): `least` if every date lay where it makes the
  /// delay shortest, `most` where longest. Negative ones count as they are.
  std::int32_t least = 0;
  std::int32_t most = 0;
  std::uint64_t settled = 0;
  std::uint64_t too_recent = 0;
  /// Settled events that were disclosed before they happened, wherever their dates lay.
  std::uint64_t negative = 0;

  bool operator==(const ReportingDelay&) const = default;
};

/// Nothing where no event is settled: then nothing can be said of the last months.
/// REQUIRES: 1 <= percent <= 100, settled_after >= 0.
[[nodiscard]] std::optional<ReportingDelay> reporting_delay(std::span<const Disclosure> events,
                                                            const DelayQuestion& question);

/// The first month to grey: month m is whole once m + `most` has passed. After `as_of` where no
/// month is grey.
[[nodiscard]] Month grey_from(const ReportingDelay& delay, Month as_of);

}  // namespace comity::measure
