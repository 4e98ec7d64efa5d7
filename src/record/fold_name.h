#pragma once

#include <string>
#include <string_view>

namespace comity::record {

/// A name as names are compared: letters of ASCII in lower case, and nothing of ASCII but letters
/// and digits, so that "NotPetya", "not petya" and "Not-Petya" are one. Other characters stay as
/// they are: the full-text index, not this, knows of accents.
[[nodiscard]] std::string fold_name(std::string_view name);

}  // namespace comity::record
