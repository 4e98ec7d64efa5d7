#pragma once

#include <string_view>

namespace comity::stix {

/// A language tag of RFC 5646: well formed (section 2.1), and its language a code of ISO 639-1
/// where it has two letters. Codes of three letters are taken as they are, since there are some
/// eight thousand; no longer ones are registered.
[[nodiscard]] bool is_language_tag(std::string_view tag);

}  // namespace comity::stix
