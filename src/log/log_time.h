#pragma once

#include "base/error.h"
#include "base/time.h"
#include "log/log_reader.h"

namespace comity::log {

/// The log's time at the head of the reader: that of its last tick, looked for from the end
/// backwards; the founding entry's `iat` where there is none. Ticks are frequent, so this reads
/// little. Trusts what it reads: a log that is audited has them in order.
[[nodiscard]] Result<UnixSeconds> log_time(const LogReader& log);

}  // namespace comity::log
