#include "query/cases.h"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "query/shown.h"
#include "query/version_rows.h"

namespace comity::query {
namespace {

using log::Query;

constexpr std::int64_t kMilli = 1000;  // microseconds
constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

/// That the record shows an incident under that object's number.
std::string is_case(std::string_view object) {
  return fmt::format(
      "EXISTS (SELECT 1 FROM version v JOIN incident n ON n.version = v.id WHERE v.object = {} AND "
      "v.until = 9223372036854775807 AND v.revoked = 0 AND {})",
      object, kNotHeld);
}

/// The cases that a version of the incident itself made what they are, and those that a version of
/// something about it did, by number of the version; ?1, ?2 behind which of a version, ?3 up to
/// which, ?4 at most. An object's references may name an incident twice.
std::string own_sql() {
  return fmt::format(
      "SELECT w.id, 0, w.object, w.entry, w.ordinal FROM version w NOT INDEXED WHERE w.id > ?1 AND "
      "w.id <= ?3 AND ?2 >= 0 AND {} AND "
      "NOT EXISTS (SELECT 1 FROM version x WHERE x.object = w.object AND x.id > w.id) AND "
      "NOT EXISTS (SELECT 1 FROM about b WHERE b.object = w.object AND b.version >= w.id) "
      "ORDER BY w.id LIMIT ?4",
      is_case("w.object"));
}
std::string about_sql() {
  return fmt::format(
      "SELECT a.version, a.ordinal + 1, a.object, w.entry, w.ordinal FROM about a CROSS JOIN "
      "version w ON w.id = a.version WHERE a.version >= ?1 AND a.version <= ?3 AND "
      "(a.version > ?1 OR a.ordinal + 1 > ?2) AND "
      "NOT EXISTS (SELECT 1 FROM about b WHERE b.object = a.object AND b.version > a.version) AND "
      "NOT EXISTS (SELECT 1 FROM about b WHERE b.version = a.version AND b.ordinal < a.ordinal AND "
      "b.object = a.object) AND "
      "NOT EXISTS (SELECT 1 FROM version x WHERE x.object = a.object AND x.id > a.version) AND {} "
      "ORDER BY a.version, a.ordinal LIMIT ?4",
      is_case("a.object"));
}

/// The times of the entries that made a case another, in order.
constexpr std::string_view kChanges =
    "SELECT e.added FROM entry e WHERE e.id IN (SELECT entry FROM version WHERE object = ?1 UNION "
    "SELECT w.entry FROM about a JOIN version w ON w.id = a.version WHERE a.object = ?1) "
    "ORDER BY e.id";

}  // namespace

Result<Cases::Range> Cases::range_of(const PublishedFilter& filter) {
  Range range{.after = 0, .part = kMost, .until = 0, .last = 0};
  if (filter.behind) {
    COMITY_TRY(range.after, additions_.last_until(filter.behind->item));
    range.part = static_cast<std::int64_t>(std::min(filter.behind->part, kAllParts));
  }
  if (filter.added_after) {
    COMITY_TRY(const auto added, additions_.last_added_until(*filter.added_after));
    if (added >= range.after) range = {.after = added, .part = kMost, .until = 0, .last = 0};
  }
  COMITY_TRY(range.last, additions_.last());
  range.until = std::min(range.last, range.after + window_);
  return range;
}

/// Those in the range, each with the version that made it so, in their order; at most `limit` of
/// either kind.
Result<std::vector<Cases::Standing>> Cases::walk(const Range& range, std::size_t limit) {
  std::vector<Standing> found;
  for (const std::string& sql : {own_sql(), about_sql()}) {
    COMITY_TRY(const auto* statement, sql_.prepared(sql));
    Query row(*statement, range.after, range.part, range.until, static_cast<std::int64_t>(limit));
    while (true) {
      COMITY_TRY(const bool more, row.step());
      if (!more) break;
      found.push_back({.version = row.integer(0),
                       .item = {.incident = row.integer(2),
                                .place = {.item = {.entry = row.count(3), .ordinal = row.count(4)},
                                          .part = row.count(1)}}});
    }
  }
  return found;
}

/// The cases of these incidents, each where it stands.
Result<std::vector<Cases::Standing>> Cases::find(const std::vector<std::string>& incidents) {
  std::vector<Standing> found;
  for (const std::string& id : incidents) {
    COMITY_TRY(const auto number, object_of(sql_.snapshot(), id));
    if (!number) continue;
    const auto object = static_cast<std::int64_t>(*number);
    COMITY_TRY(const auto shown, sql_.number("SELECT " + is_case("?1"), object));
    if (shown.value_or(0) == 0) continue;
    COMITY_TRY(const auto own,
               sql_.number("SELECT max(id) FROM version WHERE object = ?1", object));
    COMITY_TRY(const auto about,
               sql_.number("SELECT max(version) FROM about WHERE object = ?1", object));
    std::optional<std::int64_t> ordinal;
    const std::int64_t version = std::max(own.value_or(0), about.value_or(0));
    if (about == version) {
      COMITY_TRY(ordinal, sql_.number("SELECT min(ordinal) FROM about WHERE version = ?1 AND "
                                      "object = ?2",
                                      version, object));
    }
    COMITY_TRY(const auto place, additions_.place_of(version));
    const auto part = static_cast<std::uint64_t>(ordinal ? *ordinal + 1 : 0);
    found.push_back({version, {.incident = object, .place = {.item = place, .part = part}}});
  }
  return found;
}

/// Leaves those whose version is meant.
Result<void> Cases::keep_versions(const VersionChoice& choice, std::vector<CaseItem>& items) {
  if (choice.last || choice.first || choice.all) return {};
  std::vector<CaseItem> kept;
  for (const CaseItem& item : items) {
    COMITY_TRY(const auto time, modified(item));
    if (std::ranges::find(choice.at, time) != choice.at.end()) kept.push_back(item);
  }
  items = std::move(kept);
  return {};
}

Result<CasePage> Cases::page(const PublishedFilter& filter, std::size_t limit) {
  COMITY_ASSERT(limit > 0);
  CasePage page;
  COMITY_TRY(const Range range, range_of(filter));
  std::vector<Standing> found;
  if (filter.ids) {
    COMITY_TRY(found, find(*filter.ids));
  } else {
    COMITY_TRY(found, walk(range, limit + 1));
  }
  const auto key = [](const Standing& it) {
    return std::pair(it.version, static_cast<std::int64_t>(it.item.place.part));
  };
  std::erase_if(found,
                [&](const Standing& it) { return key(it) <= std::pair(range.after, range.part); });
  std::ranges::sort(found, {}, key);
  found.erase(std::ranges::unique(found, {}, key).begin(), found.end());
  const bool is_full = found.size() > limit;
  if (is_full) found.resize(limit);
  for (const Standing& it : found) page.items.push_back(it.item);
  if (is_full) {
    page.more = page.items.back().place;
  } else if (!filter.ids && range.until < range.last) {
    COMITY_TRY(const auto place, additions_.place_of(range.until));
    page.more = FeedPlace{.item = place, .part = kAllParts};
  }
  COMITY_CHECK(keep_versions(filter.versions, page.items));
  return page;
}

Result<UnixMicros> Cases::modified(const CaseItem& item) {
  COMITY_TRY(const auto* statement, sql_.prepared(kChanges));
  Query row(*statement, item.incident);
  std::int64_t milli = -1;
  while (true) {
    COMITY_TRY(const bool more, row.step());
    if (!more) break;
    milli = std::max(milli + 1, row.integer(0) / kMilli);
  }
  return UnixMicros{milli * kMilli};
}

Result<std::string> Cases::id_of(const CaseItem& item) {
  COMITY_TRY(const auto* statement, sql_.prepared("SELECT t.text, o.uuid FROM object o JOIN "
                                                  "stix_type t ON t.id = o.type WHERE o.id = ?1"));
  Query row(*statement, item.incident);
  COMITY_TRY(const bool is_there, row.step());
  if (!is_there) return fail("The record lacks an object that it names; see `comity rebuild`.");
  return read_id(row, 0);
}

Result<Case> Cases::read(const CaseItem& item) {
  Case found;
  COMITY_TRY(found.incident, id_of(item));
  COMITY_TRY(found.modified, modified(item));
  COMITY_TRY(const auto created,
             sql_.number("SELECT e.added FROM version v JOIN entry e ON e.id = v.entry WHERE "
                         "v.object = ?1 ORDER BY v.id LIMIT 1",
                         item.incident));
  found.created = UnixMicros{created.value_or(0) / kMilli * kMilli};
  {
    COMITY_TRY(const auto* statement,
               sql_.prepared(fmt::format("SELECT n.name FROM version v JOIN incident n ON "
                                         "n.version = v.id WHERE v.object = ?2 AND {}",
                                         kCounted)));
    Query row(*statement, size(), item.incident);
    COMITY_TRY(const bool is_there, row.step());
    if (!is_there) return fail("The record lacks an incident that it has; see `comity rebuild`.");
    found.name = row.text(0);
  }
  COMITY_TRY(
      const auto* statement,
      sql_.prepared(fmt::format("SELECT DISTINCT t.text, o.uuid FROM about a JOIN version v ON "
                                "v.id = a.version JOIN object o ON o.id = v.object JOIN "
                                "stix_type t ON t.id = o.type WHERE a.object = ?2 AND "
                                "a.object <> v.object AND {} ORDER BY v.id LIMIT {}",
                                kCounted, kAbout + 1)));
  Query row(*statement, size(), item.incident);
  while (true) {
    COMITY_TRY(const bool more, row.step());
    if (!more) break;
    found.about.push_back(read_id(row, 0));
  }
  found.is_cut = found.about.size() > kAbout;
  if (found.is_cut) found.about.resize(kAbout);
  return found;
}

Result<bool> Cases::has(std::string_view incident) {
  COMITY_TRY(const auto found, find({std::string(incident)}));
  return !found.empty();
}

}  // namespace comity::query
