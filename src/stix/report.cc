#include "stix/report.h"

#include <algorithm>
#include <ranges>
#include <utility>

namespace comity::stix {
namespace {

constexpr std::size_t kShownBytes = 256;
constexpr std::string_view kEllipsis = "...";

bool is_plain(std::string_view name) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  return !name.empty() && name.size() <= kShownBytes && letter(name[0]) &&
         std::ranges::all_of(name, [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

/// Cut at the beginning of a UTF-8 sequence.
std::string_view shortened(std::string_view text) {
  if (text.size() <= kShownBytes) return text;
  std::size_t end = kShownBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

void append_escaped(std::string& to, std::string_view text, char quote) {
  constexpr std::string_view kHex = "0123456789abcdef";
  const std::string_view shown = shortened(text);
  for (const char c : shown) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == quote || c == '\\') {
      to += '\\';
      to += c;
    } else if (byte < 0x20 || byte == 0x7F) {
      to += "\\u00";
      to += kHex[byte >> 4];
      to += kHex[byte & 15];
    } else {
      to += c;
    }
  }
  if (shown.size() < text.size()) to += kEllipsis;
}

}  // namespace

std::string Path::text() const {
  std::vector<const Path*> way;
  for (const Path* here = this; here->parent; here = here->parent) way.push_back(here);
  std::string text = "$";
  for (const Path* step : std::views::reverse(way)) {
    if (step->index >= 0) {
      text += "[" + std::to_string(step->index) + "]";
    } else if (is_plain(step->name)) {
      text += '.';
      text += step->name;
    } else {
      text += "['";
      append_escaped(text, step->name, '\'');
      text += "']";
    }
  }
  return text;
}

std::string quoted(std::string_view text) {
  std::string result = "\"";
  append_escaped(result, text, '"');
  return result + "\"";
}

void Report::add(Level level, std::string_view code, const Path& path, std::string_view section,
                 std::string sentence) {
  if (done_) return;
  const bool is_error = level == Level::error;
  if (!is_error &&
      (!warnings() || warnings_ >= kMost || findings_->size() - start_ >= kMostOfBundle))
    return;
  findings_->push_back({level, code, path.text(), section, std::move(sentence)});
  ++(is_error ? errors_ : warnings_);
  if (!is_error) return;
  done_ = effort_ == Effort::first_error || errors_ >= kMost ||
          findings_->size() - start_ >= 2 * kMostOfBundle;
}

}  // namespace comity::stix
