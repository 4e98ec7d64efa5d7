#include "query/cases.h"

#include <algorithm>
#include <array>
#include <iterator>
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

/// Where an object is named by others: in references, or as an end of a relationship. Each has its
/// own parts of a version, so that one that names an incident twice stands for it once.
struct Naming {
  std::string_view table;
  std::string_view object;
  std::string_view part;
};
constexpr std::array<Naming, 3> kNamings{{{"about", "object", "n.ordinal + 1"},
                                          {"relation", "source", "1"},
                                          {"relation", "target", "2"}}};

/// That nothing about the object comes behind that version: no version of it, and none that names
/// it, not even that one itself with `or_at`.
std::string is_last(std::string_view object, std::string_view version, bool or_at) {
  std::string sql = fmt::format(
      "NOT EXISTS (SELECT 1 FROM version x WHERE x.object = {} AND x.id > {})", object, version);
  for (const Naming& it : kNamings)
    sql += fmt::format(" AND NOT EXISTS (SELECT 1 FROM {} b WHERE b.{} = {} AND b.version {} {})",
                       it.table, it.object, object, or_at ? ">=" : ">", version);
  return sql;
}

/// The cases that a version of the incident itself made what they are, and those that a version of
/// something about it did, by number of the version; ?1, ?2 behind which of a version, ?3 up to
/// which, ?4 at most.
std::string own_sql() {
  return fmt::format(
      "SELECT w.id, 0, w.object, w.entry, w.ordinal FROM version w NOT INDEXED WHERE w.id > ?1 AND "
      "w.id <= ?3 AND ?2 >= 0 AND {} AND {} ORDER BY w.id LIMIT ?4",
      is_case("w.object"), is_last("w.object", "w.id", true));
}
std::string naming_sql(const Naming& naming) {
  const std::string object = fmt::format("n.{}", naming.object);
  std::string once;  // where the version names the incident at several places
  if (naming.table == "about")
    once =
        " AND NOT EXISTS (SELECT 1 FROM about b WHERE b.version = n.version AND b.ordinal < "
        "n.ordinal AND b.object = n.object)";
  if (naming.object == "target") once = " AND n.source <> n.target";
  return fmt::format(
      "SELECT n.version, {0}, {1}, w.entry, w.ordinal FROM {2} n CROSS JOIN version w ON "
      "w.id = n.version WHERE n.version >= ?1 AND n.version <= ?3 AND (n.version > ?1 OR {0} > ?2) "
      "AND {3} AND {4}{5} ORDER BY n.version, {0} LIMIT ?4",
      naming.part, object, naming.table, is_last(object, "n.version", false), is_case(object),
      once);
}

/// The versions that name the object.
std::string naming_versions(std::string_view object) {
  std::string sql;
  for (const Naming& it : kNamings)
    sql += fmt::format("{}SELECT version FROM {} WHERE {} = {}", sql.empty() ? "" : " UNION ",
                       it.table, it.object, object);
  return sql;
}

/// The least part of the version ?1 that names the object ?2.
std::string first_part_sql() {
  std::string parts;
  for (const Naming& it : kNamings)
    parts += fmt::format("{}SELECT {} AS part FROM {} n WHERE n.version = ?1 AND n.{} = ?2",
                         parts.empty() ? "" : " UNION ALL ", it.part, it.table, it.object);
  return fmt::format("SELECT min(part) FROM ({})", parts);
}

/// The times of the entries that made a case another, in order.
std::string changes_sql() {
  return fmt::format(
      "SELECT e.added FROM entry e WHERE e.id IN (SELECT entry FROM version WHERE object = ?1 "
      "UNION "
      "SELECT w.entry FROM version w WHERE w.id IN ({})) ORDER BY e.id",
      naming_versions("?1"));
}

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

void Cases::sort(std::vector<Standing>& all) {
  const auto key = [](const Standing& it) { return std::pair(it.version, it.part()); };
  std::ranges::sort(all, {}, key);
  all.erase(std::ranges::unique(all, {}, key).begin(), all.end());
}

/// The first `limit` in the range, each with the version that made it so, in their order.
Result<std::vector<Cases::Standing>> Cases::walk(const Range& range, std::size_t limit) {
  std::vector<Standing> found;
  std::vector<std::string> walks{own_sql()};
  for (const Naming& it : kNamings) walks.push_back(naming_sql(it));
  for (const std::string& sql : walks) {
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
  sort(found);
  if (found.size() > limit) found.resize(limit);
  return found;
}

/// At most `limit` in the range; and behind them, where there is more, the rest of those that the
/// last one's version made so, and the one after these.
Result<std::vector<Cases::Standing>> Cases::gather(const Range& range, std::size_t limit) {
  COMITY_TRY(auto found, walk(range, limit + 1));
  if (found.size() <= limit || found[limit].version != found[limit - 1].version) return found;
  const std::int64_t version = found[limit].version;
  const Range group{
      .after = version, .part = found[limit].part(), .until = version, .last = range.last};
  COMITY_TRY(const auto rest, walk(group, kTogether));
  const Range behind{.after = version, .part = kMost, .until = range.until, .last = range.last};
  COMITY_TRY(const auto next, walk(behind, 1));
  std::ranges::copy(rest, std::back_inserter(found));
  std::ranges::copy(next, std::back_inserter(found));
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
    COMITY_TRY(
        const auto named,
        sql_.number(fmt::format("SELECT max(version) FROM ({})", naming_versions("?1")), object));
    const std::int64_t version = std::max(own.value_or(0), named.value_or(0));
    std::optional<std::int64_t> first;  // of its parts that name the incident
    if (named == version) {
      COMITY_TRY(first, sql_.number(first_part_sql(), version, object));
    }
    COMITY_TRY(const auto place, additions_.place_of(version));
    const auto part = static_cast<std::uint64_t>(first.value_or(0));
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
    COMITY_TRY(found, gather(range, limit));
  }
  std::erase_if(found, [&](const Standing& it) { return !it.is_behind(range); });
  sort(found);
  std::size_t end = std::min(found.size(), limit);
  while (end < std::min(found.size(), limit + kTogether) &&
         found[end].version == found[end - 1].version)
    ++end;
  const bool is_full = found.size() > end;
  found.resize(end);
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
  COMITY_TRY(const auto* statement, sql_.prepared(changes_sql()));
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
      sql_.prepared(fmt::format("SELECT t.text, o.uuid FROM version v JOIN object o ON "
                                "o.id = v.object JOIN stix_type t ON t.id = o.type WHERE v.id IN "
                                "({}) AND v.object <> ?2 AND {} ORDER BY v.id LIMIT {}",
                                naming_versions("?2"), kCounted, kAbout + 1)));
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
