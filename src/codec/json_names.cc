#include "codec/json_names.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace comity::codec {
namespace {

/// Up to so many names are compared through a small table, more are sorted.
constexpr std::size_t kSmallObject = 64;

/// A slot of a table of 128: spreads names that differ in length, beginning or end.
std::size_t slot_of(std::string_view name) {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  if (name.size() >= sizeof first) {
    std::memcpy(&first, name.data(), sizeof first);
    std::memcpy(&last, name.data() + name.size() - sizeof last, sizeof last);
  } else {
    for (const char c : name) first = first << 8 | static_cast<unsigned char>(c);
  }
  const std::uint64_t mixed = (first ^ std::rotl(last, 29) ^ name.size()) * 0x9e3779b97f4a7c15;
  return mixed >> 57;
}

/// Each name meets at most the 63 before it, whatever they are.
const std::string_view* duplicate_of_few(std::span<const std::string_view> names) {
  std::array<std::uint8_t, 2 * kSmallObject> table{};  // 1 + index of a name; 0 is free
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::size_t slot = slot_of(names[i]);
    for (; table[slot] != 0; slot = (slot + 1) % table.size())
      if (names[table[slot] - 1U] == names[i]) return &names[i];
    table[slot] = static_cast<std::uint8_t>(i + 1);
  }
  return nullptr;
}

}  // namespace

const std::string_view* find_duplicate(std::span<std::string_view> names) {
  if (names.size() <= kSmallObject) return duplicate_of_few(names);
  std::ranges::sort(names);
  const auto twice = std::ranges::adjacent_find(names);
  return twice == names.end() ? nullptr : &*twice;
}

}  // namespace comity::codec
