#include "space_and_clock.h"

#include <string>

#include "log/committer.h"

#include "text.h"

namespace comity::cli {
namespace {

// Below the reserve a batch is not begun, and below this it comes soon.
constexpr std::uint64_t kReserve = log::CommitOptions{}.reserve_bytes;
constexpr std::uint64_t kLittleSpace = std::uint64_t{1} << 30;
// What a clock may be set back by when it is corrected.
constexpr std::int64_t kClockSeconds = 5;

}  // namespace

void look_at_space(const Result<std::uint64_t>& free, Diagnosis& diagnosis) {
  if (!free) return diagnosis.ill("space", free.error());
  const std::string says = size_text(*free) + " are free";
  const std::string reserve = std::to_string(kReserve >> 20) + " MiB";
  if (*free < kReserve)
    diagnosis.ill("space", says, "Make room: until " + reserve + " are free no filing is taken.");
  else if (*free < kLittleSpace)
    diagnosis.ill("space", says, "Make room: below " + reserve + " no filing is taken.");
  else
    diagnosis.well("space", says);
}

void look_at_clock(const Result<UnixSeconds>& log_time, UnixMicros now, Diagnosis& diagnosis) {
  if (!log_time) return diagnosis.ill("clock", log_time.error());
  if (count(*log_time) > count(now) / 1'000'000 + kClockSeconds)
    diagnosis.ill("clock",
                  "the log's time " + to_rfc3339(*log_time) + " is ahead of this machine's",
                  "Set the clock (NTP); the log's time stands still until then.");
  else
    diagnosis.well("clock", "not behind the log's time, " + to_rfc3339(*log_time));
}

}  // namespace comity::cli
