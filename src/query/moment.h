#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/shown.h"
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

/// The first column of all rows, at most `limit`.
[[nodiscard]] Result<std::vector<std::int64_t>> integers(const log::Prepared& prepared,
                                                         std::span<const log::SqlValue> values,
                                                         std::size_t limit);

}  // namespace comity::query
