#pragma once

#include <string_view>

namespace comity::query {

/// SQL: that `version v` is the one to show of its object as of the size ?1, and neither revoked
/// nor on hold. What is on hold is counted nowhere: a count could tell what it says.
inline constexpr std::string_view kShown =
    "v.since < ?1 AND v.until >= ?1 AND v.revoked = 0 "
    "AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.entry = v.entry AND h.ordinal = v.ordinal) "
    "AND NOT EXISTS (SELECT 1 FROM disclosure d JOIN hold h ON h.entry = d.entry "
    "AND h.ordinal = d.ordinal WHERE d.disclosed_by = v.entry) ";

}  // namespace comity::query
