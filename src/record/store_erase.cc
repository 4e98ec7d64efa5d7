#include <array>
#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "record/store.h"

namespace comity::record {
namespace {

using log::Database;
using log::Query;

/// How long a purge waits for readers of a state of before: those that come and go are waited out,
/// but a long export is not to keep the fold from going on.
constexpr std::chrono::milliseconds kOfReaders{1000};
constexpr std::chrono::milliseconds kNone{0};

/// Where words stand, table by table, beside the facts.
struct WordColumns {
  std::string_view table;
  std::vector<std::string_view> columns;
};
const std::vector<WordColumns>& word_columns() {
  static const std::vector<WordColumns> all{
      {"incident", {"determination", "response_search"}},
      {"relation", {"type"}},
      {"claim",
       {"scope", "claimant_kind", "type", "state", "likelihood", "confidence", "basis", "language",
        "form"}},
      {"response", {"scope", "type", "status"}},
      {"finding", {"verdict"}},
      {"norm", {"rulebook", "status"}},
      {"opinion", {"opinion"}},
      {"publication", {"language", "form"}},
  };
  return all;
}

/// Where objects are named that others say something of.
struct ObjectColumn {
  std::string_view table;
  std::string_view column;
};
constexpr std::array<ObjectColumn, 7> kReferences{{{"relation", "source"},
                                                   {"relation", "target"},
                                                   {"about", "object"},
                                                   {"claim", "made_by"},
                                                   {"claim", "cluster"},
                                                   {"response", "made_by"},
                                                   {"publication", "made_by"}}};
/// And where they stand for themselves. Who files is a party.
constexpr std::array<ObjectColumn, 5> kStanding{{{"version", "object"},
                                                 {"party", "object"},
                                                 {"party", "controller"},
                                                 {"party_key", "party"},
                                                 {"tombstone", "object"}}};

Result<std::vector<std::int64_t>> numbers(const Database& database, const std::string& sql) {
  COMITY_TRY(const auto prepared, database.prepare(sql));
  Query query(prepared);
  std::vector<std::int64_t> found;
  while (true) {
    COMITY_TRY(const bool row, query.step());
    if (!row) return found;
    if (!query.is_null(0)) found.push_back(query.integer(0));
  }
}

/// The words that a version's rows use.
Result<std::vector<std::int64_t>> words_of_version(const Database& database, std::int64_t version) {
  std::string sql = fmt::format(
      "SELECT kind FROM version WHERE id = {0} UNION "
      "SELECT field FROM fact WHERE version = {0} UNION "
      "SELECT value FROM fact WHERE version = {0}",
      version);
  for (const auto& [table, columns] : word_columns())
    for (const auto column : columns)
      sql += fmt::format(" UNION SELECT {} FROM {} WHERE version = {}", column, table, version);
  return numbers(database, sql);
}

/// Whether any row uses the word. Fields are few, so that (field, value) is looked up for each.
Result<bool> is_used(const Database& database, std::int64_t word) {
  std::string sql = fmt::format(
      "SELECT EXISTS (SELECT 1 FROM version WHERE kind = {0}) "
      "OR EXISTS (SELECT 1 FROM fact WHERE field = {0}) "
      "OR EXISTS (WITH RECURSIVE field(id) AS (SELECT min(field) FROM fact UNION ALL "
      "SELECT (SELECT min(field) FROM fact WHERE field > field.id) FROM field "
      "WHERE field.id IS NOT NULL) "
      "SELECT 1 FROM field JOIN fact ON fact.field = field.id AND fact.value = {0}) "
      "OR EXISTS (SELECT 1 FROM party WHERE breadth = {0})",
      word);
  for (const auto& [table, columns] : word_columns())
    for (const auto column : columns)
      sql += fmt::format(" OR EXISTS (SELECT 1 FROM {} WHERE {} = {})", table, column, word);
  COMITY_TRY(const auto used, database.integer(sql));
  return used != 0;
}

/// The objects that a version's rows name, but for `own`.
Result<std::vector<std::int64_t>> references_of(const Database& database, std::int64_t version,
                                                std::int64_t own) {
  std::string sql;
  for (const auto& [table, column] : kReferences)
    sql += fmt::format("{}SELECT {} FROM {} WHERE version = {} AND {} <> {}",
                       sql.empty() ? "" : " UNION ", column, table, version, column, own);
  return numbers(database, sql);
}

/// Takes the object away where nothing names it any more: its id was said by what was erased alone.
Result<void> forget_object(const Database& database, std::int64_t object) {
  std::string sql = "SELECT 0";
  for (const auto& columns :
       {std::span<const ObjectColumn>(kReferences), std::span<const ObjectColumn>(kStanding)})
    for (const auto& [table, column] : columns)
      sql += fmt::format(" OR EXISTS (SELECT 1 FROM {} WHERE {} = {})", table, column, object);
  COMITY_TRY(const auto used, database.integer(sql));
  if (used != 0) return {};
  COMITY_TRY(const auto type,
             database.integer(fmt::format("SELECT type FROM object WHERE id = {}", object)));
  COMITY_CHECK(database.run(fmt::format("DELETE FROM object WHERE id = {}", object)));
  return database.run(fmt::format(
      "DELETE FROM stix_type WHERE id = {0} AND NOT EXISTS (SELECT 1 FROM object WHERE type = {0})",
      type));
}

/// Settles anew which copy is shown when, as if those that are left were all that was ever filed.
Result<void> settle(const Database& database, std::int64_t object) {
  struct Copy {
    StoredVersion version;
    std::int64_t until = 0;
  };
  std::vector<Copy> copies;
  {
    COMITY_TRY(const auto prepared,
               database.prepare("SELECT id, entry, modified, relayed FROM version "
                                "WHERE object = ?1 ORDER BY entry, ordinal"));
    Query query(prepared, object);
    while (true) {
      COMITY_TRY(const bool row, query.step());
      if (!row) break;
      StoredVersion version{.id = query.integer(0),
                            .place = {.entry = query.count(1)},
                            .modified = query.integer(2),
                            .relayed = query.integer(3) != 0};
      copies.push_back({version, query.integer(1)});
    }
  }
  std::size_t shown = 0;
  for (std::size_t i = 0; i < copies.size(); ++i) {
    if (i > 0 && !copies[i].version.replaces(copies[shown].version)) continue;
    copies[shown].until = static_cast<std::int64_t>(copies[i].version.place.entry);
    shown = i;
    copies[shown].until = kForEver;
  }
  COMITY_TRY(const auto write, database.prepare("UPDATE version SET until = ?2 WHERE id = ?1"));
  for (const Copy& copy : copies) COMITY_CHECK(Query(write, copy.version.id, copy.until).run());
  return {};
}

}  // namespace

Result<void> Store::erase_version(const filing::ItemPlace& place) {
  // Even if it is not there: what was rolled back may have left its bytes.
  debt_ = PurgeDebt::write_anew;
  COMITY_TRY(const auto found, numbers(database_, fmt::format("SELECT id FROM version "
                                                              "WHERE entry = {} AND ordinal = {}",
                                                              place.entry, place.ordinal)));
  if (found.empty()) return {};
  COMITY_CHECK(make_indexes());  // whether a word is used elsewhere is asked of them
  const std::int64_t version = found.front();
  COMITY_TRY(const auto object,
             database_.integer(fmt::format("SELECT object FROM version WHERE id = {}", version)));
  COMITY_TRY(const auto words, words_of_version(database_, version));
  COMITY_TRY(const auto references, references_of(database_, version, object));
  for (std::size_t i = 1; i <= kTables; ++i)
    COMITY_CHECK(database_.run(
        fmt::format("DELETE FROM {} WHERE version = {}", name_of(static_cast<Table>(i)), version)));
  COMITY_CHECK(database_.run(fmt::format("DELETE FROM version WHERE id = {}", version)));
  COMITY_CHECK(text_.erase(version));
  COMITY_CHECK(settle(database_, object));
  if (!references.empty()) {
    COMITY_CHECK(numbers_->write());
    for (const std::int64_t it : references) COMITY_CHECK(forget_object(database_, it));
    COMITY_CHECK(numbers_->forget());
  }
  numbers_->forget_words();
  for (const std::int64_t word : words) {
    COMITY_TRY(const bool used, is_used(database_, word));
    if (!used) COMITY_CHECK(database_.run(fmt::format("DELETE FROM word WHERE id = {}", word)));
  }
  return {};
}

Result<void> Store::purge() {
  if (!owes_purge()) return {};
  COMITY_CHECK(database_.run("COMMIT"));
  const auto purged = purge_files();
  COMITY_CHECK(database_.run("BEGIN"));
  return purged;
}

Result<void> Store::purge_files() {
  auto patience = kNone;
  if (debt_ == PurgeDebt::write_anew) {
    COMITY_CHECK(TextIndex::purge(database_));
    // Freed pages are zeroed (secure_delete), but a page in use may keep a copy of a row that was
    // once moved to its neighbour.
    COMITY_CHECK(database_.run("VACUUM"));
    COMITY_CHECK(write_debt(PurgeDebt::empty_wal));
    patience = kOfReaders;
  }
  // The write-ahead log has pages as they were, and the file gets the new ones through it.
  COMITY_TRY(const bool emptied, database_.empty_wal(patience));
  if (!emptied) return {};
  return write_debt(PurgeDebt::nothing);
}

Result<void> Store::write_debt(PurgeDebt debt) {
  COMITY_CHECK(database_.run(
      fmt::format("UPDATE stamp SET purge_debt = {}", static_cast<std::int64_t>(debt))));
  debt_ = debt;
  return {};
}

}  // namespace comity::record
