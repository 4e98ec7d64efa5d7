#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query/search_pool.h"
#include "query/search_request.h"
#include "query/snapshot.h"

namespace comity::query {

/// Searches the record; one page of what is found, in the order asked for, ties the last filed
/// first. Shown alone is sought: no version that another has replaced, none revoked or on hold.
///
/// The same search of the same size of the log gives the same hits for ever, erasures and holds
/// apart; and pages follow one another without gap or overlap while the log grows.
///
/// Bounded: words look at the last filed of what they match, and where a list is long it is not
/// counted to its end; the page says so. Refuses `search-too-long`, `search-limit`,
/// `search-filter-unfit` (a filter or order that the kind doesn't have), `search-cursor-malformed`,
/// `search-cursor-other`, and as `Snapshot::size_at`.
[[nodiscard]] Result<SearchPage> search(const Snapshot& snapshot, const SearchRequest& request,
                                        const SearchBounds& bounds = {});

/// Refuses as `search` does, without searching.
[[nodiscard]] Result<void> check_search(const Snapshot& snapshot, const SearchRequest& request);

/// What to try where words find nothing: for each word the nearest that something shown has, put
/// into the rest; the best first, at most a few.
[[nodiscard]] Result<std::vector<std::string>> near_words(const Snapshot& snapshot, SearchKind kind,
                                                          std::string_view words);

/// "incidents", "actors", "claims".
[[nodiscard]] std::string_view word_of(SearchKind kind);
/// Why a hit was found, as a code: "name", "in_name", "actor", "in_text", "in_claim", "".
[[nodiscard]] std::string_view word_of(Relevance relevance);

}  // namespace comity::query
