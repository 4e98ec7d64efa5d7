#include "text.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/bytes.h"

namespace comity::cli {
namespace {

/// How many bytes the character at the front takes: 1 to 4, or 0 where it is none.
std::size_t character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  return size <= text.size() && is_utf8(text.substr(0, size)) ? size : 0;
}

/// C0, DEL, C1, and the marks that turn the direction of writing.
bool steers(std::string_view c) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(c[i]); };
  if (c.size() == 1) return at(0) < 0x20 || at(0) == 0x7f;
  if (c.size() == 2) return at(0) == 0xc2 && at(1) < 0xa0;
  if (c.size() != 3 || at(0) != 0xe2) return false;
  const unsigned low = at(1) * 256U + at(2);
  return (low >= 0x80aa && low <= 0x80ae) || (low >= 0x81a6 && low <= 0x81a9);
}

}  // namespace

std::string printable(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  while (!text.empty()) {
    const std::size_t size = character(text);
    const std::string_view c = text.substr(0, std::max<std::size_t>(size, 1));
    if (size == 0 || steers(c))
      clean += c == "\n" || c == "\t" ? ' ' : '?';
    else
      clean += c;
    text.remove_prefix(c.size());
  }
  return clean;
}

std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

std::string shortened(std::string_view text, std::size_t most) {
  constexpr std::string_view kMore = "...";
  if (columns(text) <= most) return std::string(text);
  std::size_t end = 0;
  for (std::size_t column = 0; end < text.size(); ++end) {
    const bool begins = (static_cast<unsigned char>(text[end]) & 0xc0) != 0x80;
    if (begins && ++column + kMore.size() > most) break;
  }
  return std::string(text.substr(0, end)).append(kMore);
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, ",");
  return digits;
}

std::string counted(std::uint64_t number, std::string_view one, std::string_view many) {
  return grouped(number) + " " + std::string(number == 1 ? one : many);
}

std::string size_text(std::uint64_t bytes) {
  constexpr std::array<const char*, 4> kUnits{"kB", "MB", "GB", "TB"};
  if (bytes < 1000) return counted(bytes, "byte", "bytes");
  auto value = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  for (; value >= 1000 && unit + 1 < kUnits.size(); ++unit) value /= 1000;
  return fmt::format("{:.1f} {}", value, kUnits[unit]);
}

std::string wrapped(std::string_view words, std::size_t indent, std::string_view first,
                    std::size_t width) {
  std::string text = first.empty() ? std::string(indent, ' ') : std::string(first);
  std::size_t column = columns(text);
  bool fresh = true;
  while (!words.empty()) {
    const std::size_t space = words.find(' ');
    const std::string_view word = words.substr(0, space);
    words = space == std::string_view::npos ? std::string_view{} : words.substr(space + 1);
    if (word.empty()) continue;
    if (!fresh && column + 1 + columns(word) > width) {
      text += "\n" + std::string(indent, ' ');
      column = indent;
      fresh = true;
    }
    if (!fresh) {
      text += ' ';
      ++column;
    }
    text += word;
    column += columns(word);
    fresh = false;
  }
  return text + "\n";
}

Facts& Facts::add(std::string_view label, std::string_view value) {
  if (value.empty()) return *this;
  std::string head = "  " + std::string(label);
  head.resize(std::max(head.size() + 1, column_ + 2), ' ');
  text_ += wrapped(value, column_ + 2, head);
  return *this;
}

std::string joined(const std::vector<std::string>& parts, std::string_view by) {
  std::string text;
  for (const auto& part : parts) {
    if (!text.empty()) text += by;
    text += part;
  }
  return text;
}

bool is_whole_number(std::string_view text) {
  return !text.empty() && text.size() < 20 &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

Error at_place(const std::string& place, const Error& error) {
  const auto* refusal = error.refusal();
  if (refusal == nullptr || place.empty()) return error;
  return Refusal(refusal->code, place + ": " + refusal->sentence);
}

}  // namespace comity::cli
