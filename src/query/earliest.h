#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "query/table.h"

namespace comity::query {

/// For each incident a day, in days since 1970-01-01, where it has one.
using Days = std::vector<std::optional<std::int64_t>>;

/// The earliest day that an incident has in the column, of the marked rows. A value is read as
/// "2022-08-26", "2022-08-26 00:00:00" or several of them with ';' between; what is no day ("NaT")
/// is passed over.
[[nodiscard]] Days earliest(const Table& table, std::string_view column, const Marks& rows);
[[nodiscard]] Days earliest(const Table& table, std::string_view column);
/// The earlier of two, or the one that there is.
[[nodiscard]] Days earlier(const Days& a, const Days& b);
/// Days from one to the other, negative ones too, of the incidents that have both.
[[nodiscard]] std::vector<std::int64_t> days_between(const Days& from, const Days& to);

}  // namespace comity::query
