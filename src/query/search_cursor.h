#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "query/search_request.h"

namespace comity::query {

/// Where the next page of a search begins. It holds all that is needed, so nothing is kept between
/// pages; it names the size of the log that the search is of, so that what is filed later changes
/// nothing; and it stands for one search alone.
///
/// It is no secret and gives no right: a checksum over it and the search tells one that was cut,
/// changed or brought from another search.
struct SearchCursor {
  std::uint64_t size = 0;
  std::int64_t key = 0;     ///< of the last hit in the search's order
  std::uint64_t entry = 0;  ///< where that hit was filed, which a rebuild of the record keeps
  std::uint64_t ordinal = 0;

  bool operator==(const SearchCursor&) const = default;
};

/// 66 characters of base64url.
[[nodiscard]] std::string print(const SearchCursor& cursor, const SearchRequest& request);

/// Refuses `search-cursor-malformed` for what `print` doesn't write, `search-cursor-other` for one
/// that doesn't belong to this search (kind, words, filters, order).
[[nodiscard]] Result<SearchCursor> parse_cursor(std::string_view text,
                                                const SearchRequest& request);

}  // namespace comity::query
