#include "query/as_of.h"

#include <charconv>

#include "base/partial_date.h"

namespace comity::query {
namespace {

constexpr std::int64_t kMicrosPerSecond = 1'000'000;

UnixSeconds second_of(UnixMicros time) { return UnixSeconds{count(time) / kMicrosPerSecond}; }

}  // namespace

Result<AsOf> parse_as_of(std::string_view text) {
  std::uint64_t size = 0;
  const char* const end = text.data() + text.size();
  if (const auto [rest, error] = std::from_chars(text.data(), end, size);
      error == std::errc() && rest == end)
    return AtSize{size};
  if (const auto date = PartialDate::parse(text)) return AtTime{second_of(date->last())};
  if (const auto time = parse_timestamp(text)) return AtTime{second_of(*time)};
  return refuse("as-of-malformed",
                "Write the state of the record that you mean as the log's size (1234), a day "
                "(2026-03-31) or month, whose end is meant, or a time (2026-03-31T12:00:00Z).");
}

}  // namespace comity::query
