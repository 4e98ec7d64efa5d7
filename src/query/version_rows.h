#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "log/sqlite.h"

#include "query/version.h"

/// How the questions of this layer read versions.
namespace comity::query {

/// SELECT's columns of a `Version` from a table `version v`; ?1 is the size.
inline constexpr std::string_view kVersionColumns =
    "v.id, v.object, t.text, o.uuid, k.text, pt.text, po.uuid, v.entry, v.ordinal, d.entry, "
    "e.time, v.modified, v.revoked, v.relayed, v.since < ?1 AND v.until >= ?1, h.held_by, "
    "h.ground, h.authority";
inline constexpr int kVersionWidth = 18;
/// The tables that they come from, behind `version v` in FROM.
inline constexpr std::string_view kVersionJoins =
    " JOIN object o ON o.id = v.object JOIN stix_type t ON t.id = o.type"
    " JOIN word k ON k.id = v.kind JOIN object po ON po.id = v.party"
    " JOIN stix_type pt ON pt.id = po.type JOIN entry e ON e.id = v.entry"
    " LEFT JOIN disclosure d ON d.disclosed_by = v.entry"
    " LEFT JOIN hold h ON h.entry = coalesce(d.entry, v.entry) AND h.ordinal = v.ordinal";

/// The columns at `first` and after.
[[nodiscard]] Version read_version(const log::Query& row, int first = 0);
/// A STIX id of its type and UUID, or "" where there is none.
[[nodiscard]] std::string read_id(const log::Query& row, int type);

/// What `read` makes of each row.
template <class Read>
auto read_all(log::Query& query, const Read& read)
    -> Result<std::vector<decltype(read(std::as_const(query)))>> {
  std::vector<decltype(read(std::as_const(query)))> all;
  while (true) {
    COMITY_TRY(const bool row, query.step());
    if (!row) return all;
    all.push_back(read(std::as_const(query)));
  }
}

}  // namespace comity::query
