#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

#include "query/version.h"

namespace comity::query {

/// An object that a word may mean.
struct Candidate {
  std::string id;
  std::string name;
  std::string kind;
  std::string party;  ///< who filed the version that is shown
};

/// The objects that `what` names best, at most `limit`: by a name in another list (an external
/// reference's external_id, in any case), before a name, before an alias, names compared as
/// record::fold_name has them. What is on hold is not found by its name.
[[nodiscard]] Result<std::vector<Candidate>> find_named(const Snapshot& snapshot,
                                                        std::string_view what, std::uint64_t size,
                                                        std::size_t limit);

/// Names that a person who wrote `what` may have meant, nearest first, at most `limit`: those of
/// few edits among the names that begin alike. What is on hold is left out.
[[nodiscard]] Result<std::vector<std::string>> near_names(const Snapshot& snapshot,
                                                          std::string_view what, std::uint64_t size,
                                                          std::size_t limit);

}  // namespace comity::query
