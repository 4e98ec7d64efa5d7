#include "filing/stix_id.h"

#include <algorithm>
#include <cstddef>

#include "base/limits.h"

namespace comity::filing {
namespace {

constexpr std::size_t kUuidLength = 36;
constexpr std::string_view kSeparator = "--";
constexpr std::size_t kTypeShortest = 3;
constexpr std::size_t kTypeLongest = 250;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex_digit(char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); }

}  // namespace

bool is_uuid(std::string_view text) {
  if (text.size() != kUuidLength) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool is_hyphen_place = i == 8 || i == 13 || i == 18 || i == 23;
    if (is_hyphen_place ? c != '-' : !is_hex_digit(c)) return false;
  }
  return true;
}

bool is_stix_type(std::string_view text) {
  return text.size() >= kTypeShortest && text.size() <= kTypeLongest &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-'; });
}

bool is_stix_id(std::string_view text) {
  if (text.size() <= kUuidLength + kSeparator.size()) return false;
  return is_stix_id(text, text.substr(0, text.size() - kUuidLength - kSeparator.size()));
}

bool is_stix_id(std::string_view text, std::string_view type) {
  return text.size() == type.size() + kSeparator.size() + kUuidLength &&
         text.size() <= limits::kNameBytes && is_stix_type(type) && text.starts_with(type) &&
         text.substr(type.size()).starts_with(kSeparator) &&
         is_uuid(text.substr(type.size() + kSeparator.size()));
}

bool is_party_id(std::string_view text) { return is_stix_id(text, "identity"); }

}  // namespace comity::filing
