#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "query/search_filters.h"

namespace comity::query {

struct Found {
  Matched matched;
  Relevance relevance = Relevance::none;
};

/// What is looked at in one search, so that none takes long.
struct SearchBounds {
  std::size_t pool = 2500;      ///< found things that are ordered and counted
  std::size_t by_words = 1000;  ///< of those, found in one of the ways to match words
  std::size_t counted = 1000;   ///< by facets of what is too much to gather
  std::size_t looked_at = 10'000;
};

/// What is found, each once, in no order.
struct Pool {
  std::vector<Found> found;
  bool is_whole = true;  ///< else there may be more, filed earlier
};

/// All that satisfies the filters; nothing where they let too much through to gather it.
[[nodiscard]] Result<std::optional<Pool>> gather(Matcher& matcher, const SearchBounds& bounds);

/// What the words find among it, and the names under which an actor was sought.
struct WordsFound {
  Pool pool;
  SoughtActor actor;
};
[[nodiscard]] Result<WordsFound> gather_by_words(const Moment& moment, SearchKind kind,
                                                 const std::string& words, Matcher& matcher,
                                                 const SearchBounds& bounds);

/// A place in the order of a list: what is behind it is less. Versions grow with the log.
struct Position {
  std::int64_t key = 0;
  std::int64_t version = 0;

  auto operator<=>(const Position&) const = default;
};

/// Walks all incidents or claims in their order and takes what satisfies the filters.
struct Walked {
  std::vector<Found> found;
  std::optional<Position> stopped;  ///< where it stopped looking; nothing at the end of all
};
/// `by_date` else by filing. Takes at most `take`; starts behind `after`.
[[nodiscard]] Result<Walked> walk(const Moment& moment, SearchKind kind, bool by_date,
                                  const Position& after, std::size_t take, Matcher& matcher,
                                  const SearchBounds& bounds);

}  // namespace comity::query
