#pragma once

#include <span>
#include <string_view>

namespace comity::codec {

/// A name that stands among them twice, or null. Takes time linear in the names, but for sorting
/// where there are more than 64; may reorder them.
[[nodiscard]] const std::string_view* find_duplicate(std::span<std::string_view> names);

}  // namespace comity::codec
