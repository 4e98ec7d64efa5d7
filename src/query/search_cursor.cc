#include "query/search_cursor.h"

#include <algorithm>
#include <array>

#include "crypto/sha256.h"

namespace comity::query {
namespace {

constexpr std::byte kForm{1};
constexpr std::size_t kPlaceBytes = 1 + 4 * sizeof(std::uint64_t);
constexpr std::size_t kCheckBytes = 16;

/// All that makes a search another one, each part behind its length.
Bytes search_bytes(const SearchRequest& request) {
  Bytes bytes;
  const auto add = [&bytes](std::string_view text) {
    append_big_endian(bytes, static_cast<std::uint64_t>(text.size()));
    append(bytes, text);
  };
  const auto add_all = [&](const std::vector<std::string>& texts) {
    append_big_endian(bytes, static_cast<std::uint64_t>(texts.size()));
    for (const std::string& text : texts) add(text);
  };
  const SearchFilters& filters = request.filters;
  for (const auto part : {static_cast<unsigned>(request.kind), static_cast<unsigned>(request.order),
                          static_cast<unsigned>(filters.dates.certainty)})
    bytes.push_back(static_cast<std::byte>(part));
  add(request.words);
  add(filters.dates.from ? filters.dates.from->text() : "");
  add(filters.dates.to ? filters.dates.to->text() : "");
  for (const auto* codes :
       {&filters.countries, &filters.sectors, &filters.effects, &filters.techniques})
    add_all(*codes);
  for (const auto* text :
       {&filters.response, &filters.actor, &filters.claimant, &filters.filed_by, &filters.source})
    add(*text);
  return bytes;
}

Bytes check_of(ByteView place, const SearchRequest& request) {
  const auto hash =
      crypto::sha256({as_bytes("comity search cursor"), place, search_bytes(request)});
  return {hash.begin(), hash.begin() + kCheckBytes};
}

}  // namespace

std::string print(const SearchCursor& cursor, const SearchRequest& request) {
  Bytes bytes{kForm};
  append_big_endian(bytes, cursor.size);
  append_big_endian(bytes, cursor.key);
  append_big_endian(bytes, cursor.entry);
  append_big_endian(bytes, cursor.ordinal);
  append(bytes, check_of(bytes, request));
  return to_base64url(bytes);
}

Result<SearchCursor> parse_cursor(std::string_view text, const SearchRequest& request) {
  const auto bytes = from_base64url(text.substr(0, kSearchBytes));
  if (!bytes || bytes->size() != kPlaceBytes + kCheckBytes || bytes->front() != kForm)
    return refuse("search-cursor-malformed",
                  "This is no cursor of a search; give it as the page before has it, or begin "
                  "without one.");
  const ByteView place = ByteView(*bytes).first(kPlaceBytes);
  if (!equal(check_of(place, request), ByteView(*bytes).subspan(kPlaceBytes)))
    return refuse("search-cursor-other",
                  "The cursor belongs to another search, or was altered; give the words, filters "
                  "and order with which it was got, or begin without one.");
  const auto part = [&](std::size_t at) { return place.subspan(1 + at * 8); };
  return SearchCursor{.size = big_endian<std::uint64_t>(part(0)),
                      .key = big_endian<std::int64_t>(part(1)),
                      .entry = big_endian<std::uint64_t>(part(2)),
                      .ordinal = big_endian<std::uint64_t>(part(3))};
}

}  // namespace comity::query
