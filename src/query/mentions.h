#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/error.h"

#include "query/version.h"

namespace comity::query {

/// At most `limit` objects, by the versions that are shown, that name this one: what is about it,
/// relates it to another, or is said to be made by it. In the order of the log.
[[nodiscard]] Result<std::vector<Version>> mentions_of(const Snapshot& snapshot, ObjectKey object,
                                                       std::uint64_t size, std::size_t limit);

/// A relationship that is shown, with the object at its other end.
struct Relation {
  Version version;
  std::string type;   ///< "uses", "attributed-to" ...
  std::string other;  ///< STIX id
  bool outgoing = false;
};
/// At most `limit` relationships from or to the object, in the order of the log.
[[nodiscard]] Result<std::vector<Relation>> relations_of(const Snapshot& snapshot, ObjectKey object,
                                                         std::uint64_t size, std::size_t limit);

/// The STIX ids of what a note, an opinion, a grouping or a report is about, in its order.
[[nodiscard]] Result<std::vector<std::string>> subjects_of(const Snapshot& snapshot,
                                                           VersionKey version);

}  // namespace comity::query
