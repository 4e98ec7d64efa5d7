#pragma once

#include <string_view>

namespace comity::filing {

/// Who may see an object, by its TLP marking; each stricter than the one before it.
enum class Tlp { none, clear, green, amber, amber_strict, red };

/// What a marking definition's id says: the five fixed ids of TLP 2.0 (the OASIS extension for STIX
/// 2.1) and the four of TLP 1 (STIX 2.1 section 7.2.1.4), WHITE being CLEAR; `none` for any other.
[[nodiscard]] Tlp tlp_of(std::string_view marking_id);

/// "TLP:AMBER+STRICT" and the like; "no TLP marking" for `none`.
[[nodiscard]] std::string_view name_of(Tlp tlp);

}  // namespace comity::filing
