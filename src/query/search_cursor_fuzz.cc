#include <cstddef>
#include <cstdint>
#include <span>

#include "base/bytes.h"

#include "query/search_cursor.h"
#include "tests/fuzz_target.h"

// What parses as a search's cursor prints again to the same text. What is printed, for any place
// and any words, parses to the same place, and for no other search.
COMITY_FUZZ_TARGET(query_search_cursor_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  const ByteView input = std::as_bytes(std::span(data, size));
  query::SearchRequest request;
  if (const auto cursor = query::parse_cursor(as_text(input), request))
    COMITY_ASSERT(query::print(*cursor, request) == as_text(input));

  constexpr std::size_t kPlaceBytes = 32;
  if (size < kPlaceBytes) return 0;
  const auto part = [&](std::size_t at) { return input.subspan(at * 8); };
  const query::SearchCursor cursor{.size = big_endian<std::uint64_t>(part(0)),
                                   .key = big_endian<std::int64_t>(part(1)),
                                   .entry = big_endian<std::uint64_t>(part(2)),
                                   .ordinal = big_endian<std::uint64_t>(part(3))};
  request.words = as_text(input.subspan(kPlaceBytes));
  const std::string text = query::print(cursor, request);
  COMITY_ASSERT(query::parse_cursor(text, request) == cursor);
  request.words += 'x';
  COMITY_ASSERT(!query::parse_cursor(text, request));
  return 0;
}
