#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

#include "query/version.h"

namespace comity::query {

/// Which objects are meant. What is not given doesn't narrow.
struct Selection {
  /// One of `selection_kinds()`.
  std::string kind = "objects";
  std::string party;    ///< STIX id of who filed it
  std::string source;   ///< the name of an external reference, as it is written there
  std::string country;  ///< of a victim, as the incident has it: of claims and responses, of theirs
  /// Days since 1970-01-01: the object's own date overlaps them, as coarse as it is.
  std::optional<std::int64_t> from;
  std::optional<std::int64_t> to;
  bool all_versions = false;  ///< else the one that is shown of each object
};

/// "incidents", "claims" ... "objects" is everything but the registry's own government (charter,
/// admissions, keys), "all" is that too.
[[nodiscard]] const std::vector<std::string>& selection_kinds();

/// The selection as a text that is the same for the same selection alone.
[[nodiscard]] std::string canonical(const Selection& selection);

/// Calls with each version that is meant, in the order of the log, as of a size; what is on hold is
/// never among them. An error of its own ends it. Memory does not grow with their number, and time
/// is linear in the versions of the record. REQUIRES: the kind is one of `selection_kinds()`.
Result<void> for_each(const Snapshot& snapshot, const Selection& selection, std::uint64_t size,
                      const std::function<Result<void>(const Version&)>& visit);

}  // namespace comity::query
