#pragma once

#include <string_view>

#include <nlohmann/json.hpp>

namespace comity::codec {

/// JSON as nlohmann's own parser reads it, members in the order in which they stand, in time linear
/// in the text: that parser looks through all members of an object for each new one, so that a
/// megabyte of them takes it half a minute. Of members of one name, which what was filed does not
/// have, all are kept, and the first is found.
///
/// Discarded (`is_discarded`) where the text is no JSON. Any depth; numbers as nlohmann reads them.
[[nodiscard]] nlohmann::ordered_json parse_ordered(std::string_view text);

}  // namespace comity::codec
