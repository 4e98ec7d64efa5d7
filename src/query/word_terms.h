#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "log/sqlite.h"
#include "record/text_index.h"

#include "query/snapshot.h"

/// The words that the full-text index knows.
namespace comity::query {

/// How many words one beginning stands for at most.
inline constexpr std::size_t kTermsOfPrefix = 64;

/// Words of the index that begin so, as it writes them (small letters, no accents), in their
/// order, at most `limit`; also of texts that are shown to nobody, so they are not to be told. Some
/// milliseconds.
[[nodiscard]] Result<std::vector<std::string>> terms_beginning(const log::Database& database,
                                                               record::TextTable table,
                                                               std::string_view beginning,
                                                               std::size_t limit);

/// Words of what is shown that differ from the sought by a slip or two, the nearest first. They are
/// of the newest state, so as of an earlier one they may find nothing.
[[nodiscard]] Result<std::vector<std::string>> near_terms(const Snapshot& snapshot,
                                                          record::TextTable table,
                                                          std::string_view word);

/// How many letters must be left out, added, exchanged or swapped with their neighbour to make one
/// word of the other; above `most` any number above it.
[[nodiscard]] std::size_t slips_between(std::string_view one, std::string_view other,
                                        std::size_t most);

}  // namespace comity::query
