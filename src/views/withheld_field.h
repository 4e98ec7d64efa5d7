#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "views/byte_range.h"

/// The field `Withheld` of an answer with status 451: which bytes of a file are on hold, as
/// "100-115, 200-300", the last byte of each named. docs/reference/api.md.
namespace comity::views {

/// Where more spans are on hold than so many bytes of text name, the first are named.
inline constexpr std::size_t kWithheldBytes = 4096;

/// REQUIRES: ranges that are not empty, in order, none within another.
[[nodiscard]] std::string print_withheld(std::span<const ByteRange> ranges);

/// The inverse, strict: each list has one text. Nothing where the field is malformed or longer than
/// it may be; an empty one is an empty list.
[[nodiscard]] std::optional<std::vector<ByteRange>> parse_withheld(std::string_view field);

}  // namespace comity::views
