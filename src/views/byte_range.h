#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"

/// Ranges of bytes: RFC 9110 section 14.
namespace comity::views {

/// The bytes [begin, end).
struct ByteRange {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;

  [[nodiscard]] std::uint64_t size() const { return end - begin; }
  bool operator==(const ByteRange&) const = default;
};

/// The one range that a Range field asks for of so many bytes; nothing where all of them should be
/// sent: the field has another unit, several ranges (which a server may ignore) or is malformed.
/// Refuses `range-unsatisfiable` where it asks for bytes behind the end alone.
[[nodiscard]] Result<std::optional<ByteRange>> parse_range(std::string_view field,
                                                           std::uint64_t size);

/// "bytes 0-99/1234", for Content-Range.
[[nodiscard]] std::string content_range(const ByteRange& range, std::uint64_t size);

}  // namespace comity::views
