#include "views/withheld_field.h"

#include <limits>

#include <fmt/format.h>

#include "crypto/decimal.h"

namespace comity::views {
namespace {

constexpr std::string_view kBetween = ", ";

std::optional<ByteRange> parse_one(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto first = crypto::parse_decimal(text.substr(0, dash));
  const auto last = crypto::parse_decimal(text.substr(dash + 1));
  if (!first || !last || *last < *first) return std::nullopt;
  if (*last == std::numeric_limits<std::uint64_t>::max()) return std::nullopt;  // no end behind it
  return ByteRange{*first, *last + 1};
}

}  // namespace

std::string print_withheld(std::span<const ByteRange> ranges) {
  std::string field;
  for (const ByteRange& range : ranges) {
    const std::string one = fmt::format("{}{}-{}", field.empty() ? std::string_view() : kBetween,
                                        range.begin, range.end - 1);
    if (field.size() + one.size() > kWithheldBytes) break;
    field += one;
  }
  return field;
}

std::optional<std::vector<ByteRange>> parse_withheld(std::string_view field) {
  std::vector<ByteRange> ranges;
  if (field.empty()) return ranges;
  if (field.size() > kWithheldBytes) return std::nullopt;
  while (true) {
    const std::size_t end = field.find(kBetween);
    const auto range = parse_one(field.substr(0, end));
    if (!range || (!ranges.empty() && range->begin < ranges.back().end)) return std::nullopt;
    ranges.push_back(*range);
    if (end == std::string_view::npos) return ranges;
    field.remove_prefix(end + kBetween.size());
  }
}

}  // namespace comity::views
