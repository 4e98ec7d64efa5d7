#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace comity::cli {

/// The text without what would steer a terminal: control characters, and bytes that are not UTF-8,
/// become '?'. Whatever was filed by others goes through this before a person sees it.
[[nodiscard]] std::string printable(std::string_view text);

/// How many columns a terminal needs for it, taking each character for one.
[[nodiscard]] std::size_t columns(std::string_view text);
/// The text in at most so many columns; of a longer one the beginning and "...".
[[nodiscard]] std::string shortened(std::string_view text, std::size_t most);

/// Digits alone, few enough for 64 bits.
[[nodiscard]] bool is_whole_number(std::string_view text);

/// "1 entry", "3 entries", "12,345 entries".
[[nodiscard]] std::string counted(std::uint64_t number, std::string_view one,
                                  std::string_view many);
/// "12,345"
[[nodiscard]] std::string grouped(std::uint64_t number);
/// "1.4 MB"
[[nodiscard]] std::string size_text(std::uint64_t bytes);

/// The words, broken into lines of at most `width` columns, each behind `indent` spaces, the first
/// behind `first` instead; ends with a newline. A longer word stands alone.
[[nodiscard]] std::string wrapped(std::string_view words, std::size_t indent,
                                  std::string_view first = {}, std::size_t width = 96);

/// Lines of a label in a column of its own and what it says, wrapped.
class Facts {
 public:
  explicit Facts(std::size_t column = 14) : column_(column) {}
  /// Nothing where the value is empty.
  Facts& add(std::string_view label, std::string_view value);
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::size_t column_;
  std::string text_;
};

/// The same error; a refusal with the place before its sentence: the file, or the object in it.
[[nodiscard]] Error at_place(const std::string& place, const Error& error);

/// "a, b, c"
[[nodiscard]] std::string joined(const std::vector<std::string>& parts, std::string_view by = ", ");

}  // namespace comity::cli
