#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/snapshot.h"

namespace comity::query {

/// The record as of a size, as the parts of a search ask it. The snapshot must outlive it.
struct Moment {
  const log::Database* database = nullptr;
  std::uint64_t size = 0;
  std::int64_t last = 0;  ///< the greatest version.id filed until then: they grow with the log

  [[nodiscard]] static Result<Moment> at(const Snapshot& snapshot, std::uint64_t size);

  /// The number of a word, where any object uses it.
  [[nodiscard]] Result<std::optional<std::int64_t>> word(std::string_view text) const;
  /// The number of an object, where that STIX id was ever named.
  [[nodiscard]] Result<std::optional<std::int64_t>> object(std::string_view stix_id) const;
  /// The STIX id of an object.
  [[nodiscard]] Result<std::string> id_of(std::int64_t object) const;
  /// What it is called: the first name of the version shown, else its STIX id.
  [[nodiscard]] Result<std::string> name_of(std::int64_t object) const;
  /// Objects that bear that name or alias, whatever they are; a STIX id names itself.
  [[nodiscard]] Result<std::vector<std::int64_t>> objects_named(std::string_view name) const;
};

/// That `version v` is the one to show of its object as of the size ?2, neither revoked nor on
/// hold.
inline constexpr std::string_view kIsShown =
    "v.since < ?2 AND v.until >= ?2 AND v.revoked = 0 AND NOT EXISTS (SELECT 1 FROM hold h WHERE "
    "h.entry = v.entry AND h.ordinal = v.ordinal) AND NOT EXISTS (SELECT 1 FROM disclosure d JOIN "
    "hold h ON h.entry = d.entry AND h.ordinal = d.ordinal WHERE d.disclosed_by = v.entry)";

/// The first column of all rows, at most `limit`.
[[nodiscard]] Result<std::vector<std::int64_t>> integers(const log::Prepared& prepared,
                                                         std::span<const log::SqlValue> values,
                                                         std::size_t limit);

}  // namespace comity::query
