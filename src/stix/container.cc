#include "stix/container.h"

#include <algorithm>

namespace comity::stix {
namespace {

using codec::JsonValue;

std::optional<std::string_view> type_of(const JsonValue& observable) {
  const auto type = observable.is_object() ? observable.member("type") : std::nullopt;
  return type && type->is_string() ? std::optional(type->text()) : std::nullopt;
}

}  // namespace

Container::Container(const JsonValue& objects) {
  for (const auto [key, element] : objects.members())
    entries_.push_back({key, type_of(JsonValue(element))});
  std::ranges::stable_sort(entries_, {}, &Entry::key);
}

std::size_t Container::find(std::string_view key) const {
  const auto found = std::ranges::lower_bound(entries_, key, {}, &Entry::key);
  return found != entries_.end() && found->key == key
             ? static_cast<std::size_t>(found - entries_.begin())
             : entries_.size();
}

}  // namespace comity::stix
