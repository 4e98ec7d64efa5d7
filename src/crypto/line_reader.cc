#include "crypto/line_reader.h"

namespace comity::crypto {

std::optional<std::string_view> LineReader::next() {
  const std::size_t end = rest_.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = rest_.substr(0, end);
  rest_.remove_prefix(end + 1);
  return line;
}

std::optional<std::string_view> LineReader::next_after(std::string_view word) {
  const std::string_view before = rest_;
  const auto line = next();
  if (line && line->starts_with(word) && line->substr(word.size()).starts_with(' '))
    return line->substr(word.size() + 1);
  rest_ = before;
  return std::nullopt;
}

}  // namespace comity::crypto
