#include "query/additions.h"

#include <algorithm>

namespace comity::query {

Result<std::int64_t> Additions::last_until(const filing::ItemPlace& place) {
  constexpr auto kMost = static_cast<std::uint64_t>(INT64_MAX);
  COMITY_TRY(const auto version,
             sql_.number("SELECT id FROM version WHERE (entry, ordinal) <= (?1, ?2) "
                         "ORDER BY entry DESC, ordinal DESC LIMIT 1",
                         std::min(place.entry, kMost), std::min(place.ordinal, kMost)));
  return version.value_or(0);
}

/// Times of entries never decrease, so the last entry of such a time is found by halving.
Result<std::int64_t> Additions::last_added_until(UnixMicros time) {
  std::uint64_t before = 0;  // entries known to be added by then
  std::uint64_t after = sql_.snapshot().stamp().size;
  std::int64_t added = 0;
  while (before < after) {
    const std::uint64_t middle = before + (after - before) / 2;
    COMITY_TRY(const auto then, sql_.number("SELECT added FROM entry WHERE id = ?1", middle));
    if (!then)
      return fail("The record lacks an entry that it was folded from; see `comity rebuild`.");
    if (*then <= count(time)) {
      before = middle + 1;
      added = *then;
    } else {
      after = middle;
    }
  }
  if (before == 0) return 0;
  return last_until(
      {.entry = before - 1, .ordinal = static_cast<std::uint64_t>(count(time) - added)});
}

Result<std::int64_t> Additions::last() {
  COMITY_TRY(const auto last, sql_.number("SELECT max(id) FROM version"));
  return last.value_or(0);
}

Result<filing::ItemPlace> Additions::place_of(std::int64_t version) {
  COMITY_TRY(const auto* statement, sql_.prepared("SELECT entry, ordinal FROM version WHERE "
                                                  "id <= ?1 ORDER BY id DESC LIMIT 1"));
  log::Query row(*statement, version);
  COMITY_TRY(const bool found, row.step());
  if (!found) return filing::ItemPlace{};
  return filing::ItemPlace{.entry = row.count(0), .ordinal = row.count(1)};
}

Result<UnixMicros> Additions::added(const filing::ItemPlace& place) {
  if (!added_ || added_->first != place.entry) {
    COMITY_TRY(const auto added, sql_.number("SELECT added FROM entry WHERE id = ?1", place.entry));
    if (!added) return fail("The record lacks the entry of a version; see `comity rebuild`.");
    added_ = {place.entry, UnixMicros{*added}};
  }
  return UnixMicros{count(added_->second) + static_cast<std::int64_t>(place.ordinal)};
}

}  // namespace comity::query
