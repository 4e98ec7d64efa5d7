#include "codec/canonical_json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace comity::codec {
namespace {

void write(std::string& to, const JsonValue& value);

void write_string(std::string& to, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  constexpr std::string_view kShort = "\b\t\n\f\r\"\\";
  constexpr std::string_view kLetter = "btnfr\"\\";
  to += '"';
  for (const char c : text) {
    if (const auto at = kShort.find(c); at != std::string_view::npos) {
      to += '\\';
      to += kLetter[at];
    } else if (static_cast<unsigned char>(c) < 0x20) {
      to += "\\u00";
      to += kHex[static_cast<unsigned char>(c) >> 4U];
      to += kHex[static_cast<unsigned char>(c) & 15U];
    } else {
      to += c;
    }
  }
  to += '"';
}

void write_members(std::string& to, const JsonValue& object) {
  std::vector<std::pair<std::string_view, JsonValue>> members;
  for (const auto& [name, value] : object.members()) members.emplace_back(name, value);
  std::ranges::sort(members, sorts_before, [](const auto& member) { return member.first; });
  to += '{';
  bool first = true;
  for (const auto& [name, value] : members) {
    if (!std::exchange(first, false)) to += ',';
    write_string(to, name);
    to += ':';
    write(to, value);
  }
  to += '}';
}

void write_elements(std::string& to, const JsonValue& array) {
  to += '[';
  bool first = true;
  for (const auto element : array.elements()) {
    if (!std::exchange(first, false)) to += ',';
    write(to, JsonValue(element));
  }
  to += ']';
}

/// As deep as the reader lets values nest: limits::kDepth.
void write(std::string& to, const JsonValue& value) {
  switch (value.kind()) {
    case JsonKind::kObject:
      write_members(to, value);
      break;
    case JsonKind::kArray:
      write_elements(to, value);
      break;
    case JsonKind::kString:
      write_string(to, value.text());
      break;
    case JsonKind::kNumber:
      to += canonical_number(value.number().value_or(0));
      break;
    case JsonKind::kBool:
      to += value.boolean() ? "true" : "false";
      break;
    case JsonKind::kNull:
      to += "null";
      break;
  }
}

}  // namespace

std::string canonical_json(const JsonValue& value) {
  std::string text;
  write(text, value);
  return text;
}

std::string canonical_object(std::vector<CanonicalMember> members) {
  std::ranges::sort(members, sorts_before, &CanonicalMember::name);
  std::string text = "{";
  for (const CanonicalMember& member : members) {
    if (text.size() > 1) text += ',';
    write_string(text, member.name);
    text += ':' + member.text;
  }
  return text + '}';
}

std::string canonical_number(double value) {
  COMITY_ASSERT(std::isfinite(value));
  if (value == 0) return "0";  // the negative one too
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::abs(value),
                                 std::chars_format::scientific);
  COMITY_ASSERT(end.ec == std::errc());
  const std::string_view printed(buffer.data(), end.ptr);  // "d.ddde+XX" or "de-XX"
  const std::size_t e = printed.find('e');
  std::string digits(printed.substr(0, e));
  std::erase(digits, '.');
  const bool below_one = printed[e + 1] == '-';
  int power = 0;
  std::from_chars(printed.data() + e + 2, end.ptr, power);
  if (below_one) power = -power;

  // The names of ECMA-262: k digits, and the decimal point stands after n of them.
  const auto k = static_cast<int>(digits.size());
  const int n = power + 1;
  const auto zeros = [](int count) { return std::string(static_cast<std::size_t>(count), '0'); };
  std::string text = value < 0 ? "-" : "";
  if (n > 21 || n <= -6) {
    if (k > 1) digits.insert(1, ".");
    return text + digits + (power < 0 ? "e-" : "e+") + std::to_string(std::abs(power));
  }
  if (n <= 0) return text + "0." + zeros(-n) + digits;
  if (n >= k) return text + digits + zeros(n - k);
  digits.insert(static_cast<std::size_t>(n), ".");
  return text + digits;
}

bool sorts_before(std::string_view first, std::string_view second) {
  // UTF-8 sorts by code points. UTF-16 differs in one thing: what takes two units begins with a
  // surrogate, below U+E000. The lead bytes of U+E000 to U+FFFF are moved behind all others.
  const auto weight = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0xEE || byte == 0xEF ? byte + 0x10 : byte;
  };
  const auto [a, b] = std::ranges::mismatch(first, second);
  if (b == second.end()) return false;
  if (a == first.end()) return true;
  return weight(*a) < weight(*b);
}

}  // namespace comity::codec
