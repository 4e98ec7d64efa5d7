#include "stix/identifier.h"

#include <array>

#include "stix/ascii.h"
#include "stix/name_table.h"
#include "stix/schema.h"

namespace comity::stix {
namespace {

constexpr std::size_t kUuidLength = 36;
constexpr std::size_t kVersionPlace = 14;
constexpr std::size_t kVariantPlace = 19;
constexpr std::size_t kTypeShortest = 3;
constexpr std::size_t kTypeLongest = 250;

enum : std::uint8_t { kLower = 1, kCapital = 2, kOther = 4 };

/// What each byte is to a UUID: 0 for digits, or one of the flags above.
constexpr std::array<std::uint8_t, 256> kHexClass = [] {
  std::array<std::uint8_t, 256> table{};
  table.fill(kOther);
  for (char c = '0'; c <= '9'; ++c) table[static_cast<unsigned char>(c)] = 0;
  for (char c = 'a'; c <= 'f'; ++c) table[static_cast<unsigned char>(c)] = kLower;
  for (char c = 'A'; c <= 'F'; ++c) table[static_cast<unsigned char>(c)] = kCapital;
  return table;
}();

/// All the classes of the digits of a UUID, joined; kOther where it is none. REQUIRES: 36 bytes.
std::uint8_t uuid_class(const char* uuid) {
  if (uuid[8] != '-' || uuid[13] != '-' || uuid[18] != '-' || uuid[23] != '-') return kOther;
  unsigned classes = 0;
  const auto add = [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      classes |= kHexClass[static_cast<unsigned char>(uuid[i])];
  };
  add(0, 8);
  add(9, 13);
  add(14, 18);
  add(19, 23);
  add(24, kUuidLength);
  return static_cast<std::uint8_t>(classes);
}

const NameTable& type_table() {
  static const NameTable table(kTypeNames);
  return table;
}

}  // namespace

bool is_type_name(std::string_view text) {
  if (text.size() < kTypeShortest || text.size() > kTypeLongest || !is_lower(text[0])) return false;
  char before = 0;
  for (const char c : text) {
    if (!is_lower(c) && !is_digit(c) && (c != '-' || before == '-')) return false;
    before = c;
  }
  return true;
}

std::size_t type_index(std::string_view type) { return type_table().find(type); }

Identifier parse_identifier(std::string_view text) {
  constexpr std::size_t kTail = kUuidLength + 2;  // "--" and the UUID
  if (text.size() < kTypeShortest + kTail || text.size() > kTypeLongest + kTail) return {};
  Identifier id{text.substr(0, text.size() - kTail), text.substr(text.size() - kUuidLength)};
  const char* tail = id.type.data() + id.type.size();
  if (tail[0] != '-' || tail[1] != '-') return {};
  const std::uint8_t classes = uuid_class(id.uuid.data());
  if ((classes & kOther) != 0) return {};
  const char variant = id.uuid[kVariantPlace];
  if (variant != '8' && variant != '9' && (variant | 0x20) != 'a' && (variant | 0x20) != 'b')
    return {};
  const char version = id.uuid[kVersionPlace];
  if (version < '1' || version > '5') return {};
  // A type of the specification is well formed; most are.
  if (type_index(id.type) == kTypeNames.size() && !is_type_name(id.type)) return {};
  id.version = version - '0';
  id.capitals = (classes & kCapital) != 0;
  return id;
}

}  // namespace comity::stix
