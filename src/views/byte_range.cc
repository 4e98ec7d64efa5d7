#include "views/byte_range.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace comity::views {
namespace {

/// Digits alone; more than fit in 64 bits are as good as the largest number.
std::optional<std::uint64_t> parse_position(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || end != text.data() + text.size()) return std::nullopt;
  if (error == std::errc::result_out_of_range) return UINT64_MAX;
  return error == std::errc{} ? std::optional(value) : std::nullopt;
}

std::unexpected<Error> unsatisfiable(std::uint64_t size) {
  return refuse(
      "range-unsatisfiable",
      fmt::format("The range begins behind the end, which is at byte {}; ask for less.", size));
}

}  // namespace

Result<std::optional<ByteRange>> parse_range(std::string_view field, std::uint64_t size) {
  constexpr std::string_view kUnit = "bytes=";
  const auto whole = [] { return std::optional<ByteRange>{}; };
  if (!field.starts_with(kUnit)) return whole();
  field.remove_prefix(kUnit.size());
  const std::size_t dash = field.find('-');
  if (dash == std::string_view::npos) return whole();
  const std::string_view first = field.substr(0, dash);
  const auto last = parse_position(field.substr(dash + 1));
  if (!last && dash + 1 != field.size()) return whole();
  if (first.empty()) {  // the last so many bytes
    if (!last) return whole();
    if (*last == 0 || size == 0) return unsatisfiable(size);
    return ByteRange{size - std::min(*last, size), size};
  }
  const auto begin = parse_position(first);
  if (!begin || (last && *last < *begin)) return whole();
  if (*begin >= size) return unsatisfiable(size);
  return ByteRange{*begin, last && *last < size ? *last + 1 : size};
}

std::string content_range(const ByteRange& range, std::uint64_t size) {
  return fmt::format("bytes {}-{}/{}", range.begin, range.end - 1, size);
}

}  // namespace comity::views
