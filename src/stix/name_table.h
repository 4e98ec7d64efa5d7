#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace comity::stix {

/// Finds a name's place in a list of up to 64 in one probe or few: a table of 128 slots that holds
/// places, by a hash of the name's length, beginning and end.
class NameTable {
 public:
  static constexpr std::size_t kMost = 64;

  NameTable() = default;
  /// REQUIRES: at most kMost names, no two alike. The first of two is found.
  explicit NameTable(std::span<const std::string_view> names) : names_(names.begin(), names.end()) {
    for (std::size_t i = 0; i < names_.size(); ++i) {
      std::size_t slot = slot_of(names_[i]);
      while (slots_[slot] != 0) slot = (slot + 1) % slots_.size();
      slots_[slot] = static_cast<std::uint8_t>(i + 1);
    }
  }

  /// The place of the name in the list, or size().
  [[nodiscard]] std::size_t find(std::string_view name) const {
    for (std::size_t slot = slot_of(name); slots_[slot] != 0; slot = (slot + 1) % slots_.size())
      if (names_[slots_[slot] - 1U] == name) return slots_[slot] - 1U;
    return names_.size();
  }

  [[nodiscard]] std::size_t size() const { return names_.size(); }

 private:
  /// Reads nothing but the name, which may lie anywhere.
  static std::size_t slot_of(std::string_view name) {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    if (name.size() >= sizeof first) {
      std::memcpy(&first, name.data(), sizeof first);
      std::memcpy(&last, name.data() + name.size() - sizeof last, sizeof last);
    } else if (name.size() >= 4) {
      std::uint32_t half = 0;
      std::memcpy(&half, name.data(), sizeof half);
      first = half;
      std::memcpy(&half, name.data() + name.size() - sizeof half, sizeof half);
      last = half;
    } else {
      for (const char c : name) first = first << 8 | static_cast<unsigned char>(c);
    }
    const std::uint64_t mixed = (first ^ std::rotl(last, 29) ^ name.size()) * 0x9e3779b97f4a7c15;
    return mixed >> 57;
  }

  std::vector<std::string_view> names_;
  std::array<std::uint8_t, 2 * kMost> slots_{};
};

}  // namespace comity::stix
