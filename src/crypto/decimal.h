#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace comity::crypto {

/// The number that the text is the decimal form of: ASCII digits alone, no leading zero unless the
/// number is 0, below 2^64; nothing otherwise. So each number has exactly one text.
[[nodiscard]] std::optional<std::uint64_t> parse_decimal(std::string_view text);

}  // namespace comity::crypto
