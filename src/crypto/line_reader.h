#pragma once

#include <optional>
#include <string_view>

namespace comity::crypto {

/// Reads a text line by line. Every line ends with a newline, the last one too; the text must
/// outlive the reader and what it returns.
class LineReader {
 public:
  explicit LineReader(std::string_view text) : rest_(text) {}

  /// The next line without its newline; nothing at the end, and where the newline is missing.
  [[nodiscard]] std::optional<std::string_view> next();

  /// The next line, if it begins with the word and a space: what follows them. Otherwise nothing,
  /// and nothing is read.
  [[nodiscard]] std::optional<std::string_view> next_after(std::string_view word);

  /// All that has not been read yet.
  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

}  // namespace comity::crypto
