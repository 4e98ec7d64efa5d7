#pragma once

#include <string_view>

namespace comity::stix {

/// The preferred name of a character set in the IANA registry (or its name, where it has none),
/// in letters of any case; an alias is none.
[[nodiscard]] bool is_character_set(std::string_view name);

}  // namespace comity::stix
