#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "codec/json_value.h"

namespace comity::stix {

/// The keys of a container of observables (section 2.13), sorted, so that each of its references is
/// looked up in logarithmic time. A view of the parsed text.
class Container {
 public:
  struct Entry {
    std::string_view key;
    std::optional<std::string_view> type;  ///< nothing where it is no object or has no type
  };

  /// REQUIRES: objects.is_object()
  explicit Container(const codec::JsonValue& objects);

  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  /// The place of the first object of that key, or size().
  [[nodiscard]] std::size_t find(std::string_view key) const;
  /// REQUIRES: place < size()
  [[nodiscard]] const Entry& at(std::size_t place) const { return entries_[place]; }

 private:
  std::vector<Entry> entries_;
};

}  // namespace comity::stix
