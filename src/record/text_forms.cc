#include "record/text_forms.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace comity::record {
namespace {

constexpr std::size_t kNameBytes = 256;
constexpr std::size_t kParts = 24;

struct Range {
  char32_t first;
  char32_t last;
};

template <std::size_t N>
bool is_in(const std::array<Range, N>& ranges, char32_t character) {
  return std::ranges::any_of(ranges, [character](const Range& range) {
    return range.first <= character && character <= range.last;
  });
}

/// What parts words beyond ASCII: punctuation, symbols, private use. Rough, since a text is never
/// lost by it: the index parts words by its own tables.
constexpr std::array<Range, 15> kSeparators{{{0x80, 0xa9},
                                             {0xab, 0xb4},
                                             {0xb6, 0xb9},
                                             {0xbb, 0xbf},
                                             {0xd7, 0xd7},
                                             {0xf7, 0xf7},
                                             {0x2000, 0x2bff},
                                             {0x3000, 0x3004},
                                             {0x3008, 0x303f},
                                             {0xe000, 0xf8ff},
                                             {0xfe10, 0xfe6f},
                                             {0xff00, 0xff0f},
                                             {0xff1a, 0xff20},
                                             {0xfff0, 0xffff},
                                             {0x1f000, 0x1faff}}};

/// Ideographs, their radicals, Hiragana and Katakana.
constexpr std::array<Range, 7> kUnspaced{{{0x2e80, 0x2fdf},
                                          {0x3005, 0x3007},
                                          {0x3040, 0x30ff},
                                          {0x3400, 0x4dbf},
                                          {0x4e00, 0x9fff},
                                          {0xf900, 0xfaff},
                                          {0x20000, 0x3ffff}}};

constexpr std::string_view kNameMark = "\xee\x80\x80";  // U+E000

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct Character {
  std::string_view bytes;
  char32_t code = 0;  ///< U+FFFD for a byte that is none

  [[nodiscard]] bool separates() const {
    if (code >= 0x80) return is_in(kSeparators, code);
    const char c = bytes.front();
    return !is_lower(c) && !is_upper(c) && !is_digit(c);
  }
  [[nodiscard]] bool is_unspaced() const { return code >= 0x2e80 && is_in(kUnspaced, code); }
};

/// The first character of a text that is not empty.
Character first_of(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return {text.substr(0, 1), lead};
  const std::size_t size = lead >= 0xf0 ? 4 : (lead >= 0xe0 ? 3 : 2);
  if (lead < 0xc2 || lead > 0xf4 || text.size() < size) return {text.substr(0, 1), 0xfffd};
  char32_t code = lead & (0xffU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xc0U) != 0x80U) return {text.substr(0, 1), 0xfffd};
    code = code << 6U | (byte(i) & 0x3fU);
  }
  return {text.substr(0, size), code};
}

void append_word(std::string& text, std::string_view word) {
  if (!text.empty()) text += ' ';
  text += word;
}

}  // namespace

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  bool inside = false;    // the last word may go on
  bool unspaced = false;  // and is of characters without spaces
  while (!text.empty()) {
    const Character next = first_of(text);
    text.remove_prefix(next.bytes.size());
    if (next.separates()) {
      inside = false;
      continue;
    }
    const bool goes_on = inside && unspaced == next.is_unspaced();
    if (!goes_on) words.emplace_back();
    inside = true;
    unspaced = next.is_unspaced();
    if (goes_on && unspaced) words.back() += ' ';
    words.back() += next.bytes;
  }
  return words;
}

std::vector<std::string_view> parts_of(std::string_view word) {
  std::vector<std::string_view> parts;
  std::size_t start = 0;
  for (std::size_t i = 1; i <= word.size(); ++i) {
    const bool ends = i == word.size() || (is_lower(word[i - 1]) && is_upper(word[i])) ||
                      (is_digit(word[i - 1]) != is_digit(word[i]));
    if (!ends) continue;
    parts.push_back(word.substr(start, i - start));
    start = i;
  }
  return parts;
}

std::string set_apart(std::string_view text) {
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (std::ranges::all_of(text, is_ascii)) return std::string(text);
  std::string apart;
  apart.reserve(text.size() + text.size() / 4);
  while (!text.empty()) {
    const Character next = first_of(text);
    text.remove_prefix(next.bytes.size());
    if (next.is_unspaced()) apart += ' ';
    apart += next.bytes;
    if (next.is_unspaced()) apart += ' ';
  }
  return apart;
}

std::string name_forms(std::string_view name) {
  std::string forms = set_apart(name);
  const auto words = words_of(name.substr(0, kNameBytes));
  std::vector<std::string_view> parts;
  for (const std::string& word : words) {
    const auto own = parts_of(word);
    if (own.size() > 1)
      for (const std::string_view part : own) append_word(forms, part);
    parts.insert(parts.end(), own.begin(), own.end());
  }
  if (parts.size() < 2 || parts.size() > kParts) return forms;
  std::string whole(parts.front());
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const std::string pair = std::string(parts[i - 1]).append(parts[i]);
    const bool is_word = std::ranges::find(words, pair) != words.end();
    if (!is_word) append_word(forms, pair);
    whole += parts[i];
  }
  if (parts.size() > 2) append_word(forms, whole);
  return forms;
}

std::string marked_as_name(std::string_view words) {
  std::string marked;
  while (!words.empty()) {
    const std::size_t space = words.find(' ');
    if (space != 0) append_word(marked, std::string(kNameMark).append(words.substr(0, space)));
    words.remove_prefix(space == std::string_view::npos ? words.size() : space + 1);
  }
  return marked;
}

}  // namespace comity::record
