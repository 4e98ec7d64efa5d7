#include "record/store.h"

#include <filesystem>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "record/embedded.h"

namespace comity::record {
namespace {

using log::Database;
using log::Prepared;
using log::Query;
using log::SqlValue;

constexpr std::int64_t kApplication = 0x436f5265;  // "CoRe"
constexpr std::int64_t kSchema = 11;

/// How many values a row of each table has, without the version.
constexpr std::array<int, kTables> kWidths{10, 4, 4, 3, 2, 20, 11, 2, 4, 2, 8, 4};

/// Most rows are facts: several at once spare much of what a statement costs.
constexpr std::size_t kFactsAtOnce = 4;

/// The statement that inserts so many rows.
std::string insertion(Table table, std::size_t rows) {
  const int columns = 1 + kWidths[static_cast<std::size_t>(table) - 1];
  std::string row = "(?";
  for (int i = 1; i < columns; ++i) row += ",?";
  row += ')';
  std::string sql = fmt::format("INSERT OR IGNORE INTO {} VALUES {}", name_of(table), row);
  for (std::size_t i = 1; i < rows; ++i) sql += "," + row;
  return sql;
}

Result<void> set_up(const Database& database) {
  return database.run(
      "PRAGMA page_size = 8192; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -65536;"
      "PRAGMA mmap_size = 268435456; PRAGMA secure_delete = ON; PRAGMA journal_mode = WAL;"
      "PRAGMA synchronous = OFF; PRAGMA wal_autocheckpoint = 16384;"
      "PRAGMA journal_size_limit = 67108864; PRAGMA threads = 2");
}

Result<Database> open_ours(const std::string& path) {
  COMITY_TRY(auto database, Database::open(path));
  COMITY_CHECK(set_up(database));
  COMITY_TRY(const auto application, database.integer("PRAGMA application_id"));
  COMITY_TRY(const auto schema, database.integer("PRAGMA user_version"));
  if (application == kApplication && schema == kSchema) return database;
  return log::fail_unfit("The file is not the record of this release.");
}

Result<void> make_tables(const Database& database) {
  COMITY_CHECK(
      database.run(fmt::format("BEGIN; {}; INSERT INTO stamp VALUES (1, 0, x'{}', 0, x'{}', 0, 0);"
                               "PRAGMA user_version = {}; PRAGMA application_id = {}; COMMIT",
                               as_text(schema_sql()), to_hex(empty_record().view()),
                               to_hex(crypto::empty_root().view()), kSchema, kApplication)));
  return {};
}

void remove_files(const std::string& path) {
  std::error_code ignored;  // what can't be removed is found when the file is made anew
  for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path + suffix, ignored);
}

Result<Database> open_or_make(const std::string& path) {
  std::error_code error;
  const auto directory = std::filesystem::path(path).parent_path();
  if (!directory.empty()) std::filesystem::create_directories(directory, error);
  const bool was_there = std::filesystem::exists(path, error);
  if (error) return fail("Looking for " + path + " failed", error.value());
  if (was_there) {
    auto database = open_ours(path);
    if (database || !log::is_unfit(database.error())) return database;
    remove_files(path);
  }
  COMITY_TRY(auto database, Database::open(path));
  COMITY_CHECK(set_up(database));
  COMITY_CHECK(make_tables(database));
  return database;
}

}  // namespace

bool StoredVersion::replaces(const StoredVersion& shown) const {
  return relayed == shown.relayed ? modified > shown.modified : shown.relayed;
}

Result<Stamp> read_stamp(const Database& database) {
  COMITY_TRY(const auto stamp,
             database.prepare("SELECT size, digest, time, root, added FROM stamp"));
  Query row(stamp);
  COMITY_TRY(const bool found, row.step());
  if (!found || row.bytes(1).size() != RecordDigest::kSize ||
      row.bytes(3).size() != crypto::RootHash::kSize)
    return fail("The record's database is damaged; remove it, and it is rebuilt from the log.");
  return Stamp{.size = row.count(0),
               .digest = RecordDigest::from(row.bytes(1)),
               .time = UnixSeconds{row.integer(2)},
               .root = crypto::RootHash::from(row.bytes(3)),
               .added = UnixMicros{row.integer(4)}};
}

Result<Store> Store::open(const std::string& path) {
  COMITY_TRY(auto database, open_or_make(path));
  Store store(path, std::move(database));
  COMITY_CHECK(store.prepare());
  return store;
}

Result<void> Store::prepare() {
  const auto make = [this](Prepared& to, std::string_view sql) -> Result<void> {
    COMITY_TRY(to, database_.prepare(sql));
    return {};
  };
  for (std::size_t i = 0; i < kTables; ++i)
    COMITY_CHECK(make(insert_row_[i], insertion(static_cast<Table>(i + 1), 1)));
  COMITY_CHECK(make(insert_facts_, insertion(Table::fact, kFactsAtOnce)));
  COMITY_CHECK(make(insert_entry_, "INSERT INTO entry VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9)"));
  COMITY_CHECK(
      make(insert_version_, "INSERT INTO version VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11)"));
  COMITY_CHECK(make(last_version_, "SELECT max(id) FROM version"));
  COMITY_CHECK(make(close_version_, "UPDATE version SET until = ?2 WHERE id = ?1"));
  COMITY_CHECK(make(current_,
                    "SELECT id, modified, relayed FROM version "
                    "WHERE object = ?1 AND until = 9223372036854775807"));
  COMITY_TRY(numbers_, Numbers::of(database_));
  COMITY_CHECK(read_next_version());
  COMITY_CHECK(text_.prepare(database_));
  COMITY_TRY(stamp_, read_stamp(database_));
  COMITY_CHECK(look_for_indexes());
  COMITY_CHECK(read_debt());
  return database_.run("BEGIN");
}

Result<void> Store::look_for_indexes() {
  // They are made in one transaction: the last tells of all.
  COMITY_TRY(const auto found,
             database_.integer("SELECT count(*) FROM sqlite_master WHERE name = 'claim_date'"));
  indexed_ = found != 0;
  return {};
}

Result<void> Store::make_indexes() {
  if (indexed_) return {};
  COMITY_CHECK(database_.run(std::string(as_text(indexes_sql()))));
  indexed_ = true;
  return {};
}

Result<void> Store::read_debt() {
  COMITY_TRY(const auto debt, database_.integer("SELECT purge_debt FROM stamp"));
  debt_ = static_cast<PurgeDebt>(debt);
  return {};
}

Result<void> Store::read_next_version() {
  Query last(last_version_);
  COMITY_TRY([[maybe_unused]] const bool row, last.step());
  next_version_ = last.integer(0) + 1;
  return {};
}

Result<void> Store::commit(const Stamp& stamp) {
  COMITY_CHECK(numbers_->write());
  {
    COMITY_TRY(const auto write,
               database_.prepare("UPDATE stamp SET size = ?1, digest = ?2, time = ?3, root = ?4, "
                                 "added = ?5, purge_debt = ?6"));
    COMITY_CHECK(Query(write, stamp.size, stamp.digest.view(), count(stamp.time), stamp.root.view(),
                       count(stamp.added), static_cast<std::int64_t>(debt_))
                     .run());
  }
  COMITY_CHECK(database_.run("COMMIT; BEGIN"));
  stamp_ = stamp;
  return {};
}

Result<void> Store::roll_back() {
  // A commit that found no room has been rolled back by SQLite.
  if (database_.in_transaction()) COMITY_CHECK(database_.run("ROLLBACK"));
  COMITY_CHECK(database_.run("BEGIN"));
  COMITY_CHECK(read_next_version());
  COMITY_CHECK(look_for_indexes());
  COMITY_CHECK(read_debt());
  return numbers_->forget();
}

void Store::remove(const std::string& path) { remove_files(path); }

Result<SqlValue> Store::sql_value(const Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return *integer;
  if (const auto* text = std::get_if<std::string_view>(&value)) return *text;
  if (const auto* text = std::get_if<Word>(&value)) {
    COMITY_TRY(const auto number, word(text->text));
    return number;
  }
  if (const auto* ref = std::get_if<Ref>(&value)) {
    COMITY_TRY(const auto number, object(ref->id));
    return number;
  }
  return std::monostate{};
}

Result<void> Store::insert_rows(std::int64_t version, const Rows& rows, std::size_t first,
                                std::size_t end) {
  const auto is_fact = [&rows](std::size_t at) { return rows[at].table == Table::fact; };
  while (first < end) {
    // An object's facts are its last rows.
    const bool many = end - first >= kFactsAtOnce && is_fact(first) && is_fact(end - 1);
    const std::size_t next = first + (many ? kFactsAtOnce : 1);
    const auto table = static_cast<std::size_t>(rows[first].table) - 1;
    COMITY_CHECK(
        insert_rows_at_once(many ? insert_facts_ : insert_row_[table], version, rows, first, next));
    first = next;
  }
  return {};
}

Result<void> Store::insert_rows_at_once(const Prepared& insert, std::int64_t version,
                                        const Rows& rows, std::size_t first, std::size_t end) {
  std::array<SqlValue, kFactsAtOnce*(kMostValues + 1)> values;
  std::size_t count = 0;
  for (; first < end; ++first) {
    const Row row = rows[first];
    const auto table = static_cast<std::size_t>(row.table) - 1;
    COMITY_ASSERT(std::cmp_equal(row.values.size(), kWidths[table]));
    values[count++] = version;
    for (const Value& value : row.values) {
      COMITY_TRY(values[count++], sql_value(value));
    }
  }
  return Query(insert, std::span<const SqlValue>(values).first(count)).run();
}

Result<std::int64_t> Store::insert_version(StoredVersion version, std::string_view kind) {
  COMITY_TRY(const auto kind_number, word(kind));
  const auto entry = static_cast<std::int64_t>(version.place.entry);
  std::int64_t until = kForEver;
  {
    Query shown(current_, version.object);
    COMITY_TRY(const bool found, shown.step());
    if (found) {
      const std::int64_t id = shown.integer(0);
      const StoredVersion before{
          .place = {}, .modified = shown.integer(1), .relayed = shown.integer(2) != 0};
      if (version.replaces(before))
        COMITY_CHECK(Query(close_version_, id, entry).run());
      else
        until = entry;
    }
  }
  const std::int64_t id = next_version_++;
  COMITY_CHECK(Query(insert_version_, id, version.object, version.party, version.place.entry,
                     version.place.ordinal, version.modified, version.revoked, version.relayed,
                     kind_number, entry, until)
                   .run());
  return id;
}

}  // namespace comity::record
