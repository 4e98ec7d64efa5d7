#include "intake/cell_text.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace comity::intake {
namespace {

/// White space of Unicode beyond ASCII, in UTF-8 (property White_Space).
constexpr std::array<std::string_view, 19> kSpaces{"\u0085", "\u00A0", "\u1680", "\u2000", "\u2001",
                                                   "\u2002", "\u2003", "\u2004", "\u2005", "\u2006",
                                                   "\u2007", "\u2008", "\u2009", "\u200A", "\u2028",
                                                   "\u2029", "\u202F", "\u205F", "\u3000"};

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || (c >= '\x1c' && c <= '\x1f');
}

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

void append_utf8(std::string& text, std::uint32_t code) {
  const auto tail = [&text, code](int shift) {
    text += static_cast<char>(0x80U | ((code >> shift) & 0x3FU));
  };
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xC0U | (code >> 6U));
    tail(0);
  } else if (code < 0x10000) {
    text += static_cast<char>(0xE0U | (code >> 12U));
    tail(6);
    tail(0);
  } else {
    text += static_cast<char>(0xF0U | (code >> 18U));
    tail(12);
    tail(6);
    tail(0);
  }
}

/// Reads the literal from left to right; every step consumes something or fails.
class PythonReader {
 public:
  explicit PythonReader(std::string_view text) : text_(text) {}

  bool list(int depth) {
    if (depth == 0 || !take('[')) return false;
    skip_space();
    while (!take(']')) {
      if (!element(depth)) return false;
      skip_space();
      if (take(',')) {
        skip_space();
      } else if (text_.empty() || text_.front() != ']') {
        return false;
      }
    }
    return true;
  }

  [[nodiscard]] bool at_end() const { return text_.empty(); }
  std::vector<std::string> strings;

 private:
  bool element(int depth) {
    if (text_.empty()) return false;
    if (text_.front() == '[') return list(depth - 1);
    if (text_.front() == '\'' || text_.front() == '"') return string();
    return plain();
  }

  /// None, True, a number: anything up to the next comma, bracket or space.
  bool plain() {
    const std::size_t end = std::min(text_.find_first_of(",[]'\" \t\r\n"), text_.size());
    const std::string_view word = text_.substr(0, end);
    text_.remove_prefix(end);
    if (word.empty()) return false;
    if (word != "None") strings.emplace_back(word);
    return true;
  }

  bool string() {
    const char quote = text_.front();
    text_.remove_prefix(1);
    std::string value;
    while (!text_.empty()) {
      const char c = text_.front();
      text_.remove_prefix(1);
      if (c == quote) {
        strings.emplace_back(stripped(value));
        return true;
      }
      if (c != '\\') {
        value += c;
      } else if (!escape(value)) {
        return false;
      }
    }
    return false;
  }

  bool escape(std::string& value) {
    if (text_.empty()) return false;
    const char c = text_.front();
    text_.remove_prefix(1);
    static constexpr std::string_view kNames = "\\'\"abfnrtv";
    static constexpr std::string_view kValues = "\\'\"\a\b\f\n\r\t\v";
    if (const auto at = kNames.find(c); at != kNames.npos) {
      value += kValues[at];
      return true;
    }
    if (c == 'x') return code(value, 2);
    if (c == 'u') return code(value, 4);
    if (c == 'U') return code(value, 8);
    value += '\\';  // as Python: an unknown escape stands for itself
    value += c;
    return true;
  }

  bool code(std::string& value, std::size_t digits) {
    if (text_.size() < digits) return false;
    std::uint32_t number = 0;
    for (const char c : text_.substr(0, digits)) {
      static constexpr std::string_view kDigits = "0123456789abcdefABCDEF";
      const auto at = kDigits.find(c);
      if (at == kDigits.npos) return false;
      number = number * 16 + static_cast<std::uint32_t>(at < 16 ? at : at - 6);
    }
    text_.remove_prefix(digits);
    if (number > 0x10FFFF || (number >= 0xD800 && number < 0xE000)) return false;
    append_utf8(value, number);
    return true;
  }

  bool take(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  void skip_space() {
    while (!text_.empty() && is_space(text_.front())) text_.remove_prefix(1);
  }

  std::string_view text_;
};

}  // namespace

std::string_view stripped(std::string_view text) {
  for (bool changed = true; changed && !text.empty();) {
    changed = false;
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    for (const std::string_view space : kSpaces) {
      if (text.starts_with(space)) {
        text.remove_prefix(space.size());
        changed = true;
      }
      if (text.ends_with(space)) {
        text.remove_suffix(space.size());
        changed = true;
      }
    }
  }
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(stripped(text.substr(0, end)));
    if (end == text.npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> all;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_word(text[end])) ++end;
    if (end > at) all.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return all;
}

std::optional<std::vector<std::string>> python_list(std::string_view text) {
  PythonReader reader(stripped(text));
  if (!reader.list(16) || !reader.at_end()) return std::nullopt;
  return std::move(reader.strings);
}

}  // namespace comity::intake
