#pragma once

#include <cstdint>

#include "base/error.h"
#include "base/time.h"

#include "diagnosis.h"

namespace comity::cli {

/// Whether so many free bytes are room for more filings: a problem long before one is refused.
void look_at_space(const Result<std::uint64_t>& free, Diagnosis& diagnosis);

/// Whether the machine's clock, `now`, has fallen behind the log's time. That it is ahead of the
/// true time nothing here can tell: the log may have been at rest.
void look_at_clock(const Result<UnixSeconds>& log_time, UnixMicros now, Diagnosis& diagnosis);

}  // namespace comity::cli
