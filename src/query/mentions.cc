#include "query/mentions.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "query/shown.h"
#include "query/version_rows.h"

namespace comity::query {
namespace {

using log::Query;

/// Each table whose rows name objects, and in which column, with an index on it.
struct NamingColumn {
  std::string_view table;
  std::string_view column;
};
constexpr std::array kNamingColumns{
    NamingColumn{"about", "object"}, NamingColumn{"relation", "source"},
    NamingColumn{"relation", "target"}, NamingColumn{"claim", "made_by"},
    NamingColumn{"response", "made_by"}};

}  // namespace

Result<std::vector<Version>> mentions_of(const Snapshot& snapshot, ObjectKey object,
                                         std::uint64_t size, std::size_t limit) {
  std::vector<Version> mentions;
  for (const auto& [table, column] : kNamingColumns) {
    COMITY_TRY(const auto find, snapshot.database().prepare(fmt::format(
                                    "SELECT {} FROM {} n CROSS JOIN version v ON v.id = n.version{}"
                                    " WHERE n.{} = ?2 AND {} LIMIT ?3",
                                    kVersionColumns, table, kVersionJoins, column, kShown)));
    Query rows(find, size, static_cast<std::int64_t>(object), limit);
    COMITY_TRY(auto some, read_all(rows, [](const Query& row) { return read_version(row); }));
    std::ranges::move(some, std::back_inserter(mentions));
  }
  const auto place = [](const Version& it) { return it.place; };
  std::ranges::sort(mentions, {}, place);
  const auto repeated = std::ranges::unique(mentions, {}, place);
  mentions.erase(repeated.begin(), repeated.end());
  if (mentions.size() > limit) mentions.resize(limit);
  return mentions;
}

Result<std::vector<Relation>> relations_of(const Snapshot& snapshot, ObjectKey object,
                                           std::uint64_t size, std::size_t limit) {
  std::vector<Relation> relations;
  for (const bool outgoing : {true, false}) {
    COMITY_TRY(const auto find,
               snapshot.database().prepare(fmt::format(
                   "SELECT {}, w.text, ot.text, oo.uuid FROM relation n CROSS JOIN version v "
                   "ON v.id = n.version{} JOIN word w ON w.id = n.type JOIN object oo "
                   "ON oo.id = n.{} JOIN stix_type ot ON ot.id = oo.type "
                   "WHERE n.{} = ?2 AND {} LIMIT ?3",
                   kVersionColumns, kVersionJoins, outgoing ? "target" : "source",
                   outgoing ? "source" : "target", kShown)));
    Query rows(find, size, static_cast<std::int64_t>(object), limit);
    COMITY_TRY(auto some, read_all(rows, [outgoing](const Query& row) {
                 return Relation{.version = read_version(row),
                                 .type = row.text(kVersionWidth),
                                 .other = read_id(row, kVersionWidth + 1),
                                 .outgoing = outgoing};
               }));
    std::ranges::move(some, std::back_inserter(relations));
  }
  std::ranges::sort(relations, {}, [](const Relation& it) { return it.version.place; });
  if (relations.size() > limit) relations.resize(limit);
  return relations;
}

Result<std::vector<std::string>> subjects_of(const Snapshot& snapshot, VersionKey version) {
  COMITY_TRY(const auto find,
             snapshot.database().prepare(
                 "SELECT t.text, o.uuid FROM about a JOIN object o ON o.id = a.object JOIN "
                 "stix_type t ON t.id = o.type WHERE a.version = ?1 ORDER BY a.ordinal"));
  Query rows(find, static_cast<std::int64_t>(version));
  return read_all(rows, [](const Query& row) { return read_id(row, 0); });
}

}  // namespace comity::query
