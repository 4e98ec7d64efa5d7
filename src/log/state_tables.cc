#include "log/state_tables.h"

#include <limits>
#include <optional>
#include <string>

namespace comity::log {
namespace {

// `statement` grows at its end; where a key is found in it stands in `statement_place`. Keys there,
// and objects in `version`, come at random places of a large tree, so that a batch would dirty
// nearly a page for each row. So they wait in `statement_recent` and `version_recent`, which stay
// small, and every batch settles one slice of the keys, which dirties that slice's pages alone.
// `owner` numbers the parties that have filed objects.
constexpr std::string_view kTables = R"sql(
  CREATE TABLE standing(
    one INTEGER PRIMARY KEY CHECK (one = 1), size INTEGER NOT NULL,
    time INTEGER NOT NULL, rules_version INTEGER NOT NULL,
    charter_id TEXT NOT NULL, charter_version INTEGER NOT NULL,
    founded INTEGER NOT NULL, origin TEXT NOT NULL, registrar TEXT NOT NULL, vkey TEXT NOT NULL,
    receipt_key BLOB NOT NULL, by_sponsors INTEGER NOT NULL, sponsors INTEGER NOT NULL,
    breadth INTEGER NOT NULL, tenure_days INTEGER NOT NULL);
  CREATE TABLE statement(
    entry INTEGER PRIMARY KEY, key BLOB NOT NULL, leaf BLOB NOT NULL);
  CREATE TABLE statement_place(
    prefix INTEGER NOT NULL, entry INTEGER NOT NULL,
    PRIMARY KEY (prefix, entry)) WITHOUT ROWID;
  CREATE TABLE statement_recent(
    prefix INTEGER NOT NULL, entry INTEGER NOT NULL,
    PRIMARY KEY (prefix, entry)) WITHOUT ROWID;
  CREATE TABLE party(
    id TEXT PRIMARY KEY, breadth INTEGER NOT NULL, country TEXT NOT NULL,
    controller TEXT NOT NULL, suspended INTEGER NOT NULL, admitted_at INTEGER NOT NULL,
    admitted_time INTEGER NOT NULL, standing_since INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE key(
    kid BLOB PRIMARY KEY, key BLOB NOT NULL, party TEXT NOT NULL, custody INTEGER NOT NULL,
    added_at INTEGER NOT NULL, revoked_at INTEGER) WITHOUT ROWID;
  CREATE INDEX key_of ON key(party, added_at, kid);
  CREATE TABLE announced_key(
    kid BLOB PRIMARY KEY, key BLOB NOT NULL, party TEXT NOT NULL, proof BLOB NOT NULL,
    entry INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE sponsorship(
    party TEXT NOT NULL, sponsor TEXT NOT NULL, decision INTEGER NOT NULL,
    breadth INTEGER NOT NULL, country TEXT NOT NULL, controller TEXT NOT NULL, kid BLOB NOT NULL,
    entry INTEGER NOT NULL, PRIMARY KEY (party, sponsor)) WITHOUT ROWID;
  CREATE TABLE owner(number INTEGER PRIMARY KEY, party TEXT NOT NULL UNIQUE);
  CREATE TABLE version(
    object BLOB NOT NULL, version INTEGER NOT NULL, entry INTEGER NOT NULL,
    ordinal INTEGER NOT NULL, revoked INTEGER NOT NULL,
    PRIMARY KEY (object, version)) WITHOUT ROWID;
  CREATE TABLE version_recent(
    object BLOB NOT NULL, version INTEGER NOT NULL, entry INTEGER NOT NULL,
    ordinal INTEGER NOT NULL, revoked INTEGER NOT NULL,
    PRIMARY KEY (object, version)) WITHOUT ROWID;
  CREATE TABLE revocation(object BLOB PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE marks(
    entry INTEGER NOT NULL, ordinal INTEGER NOT NULL, disclosed INTEGER NOT NULL,
    erased INTEGER NOT NULL, held INTEGER NOT NULL, disclosed_at INTEGER NOT NULL,
    PRIMARY KEY (entry, ordinal)) WITHOUT ROWID;
  CREATE INDEX held ON marks(entry, ordinal) WHERE held = 1;
)sql";

// In the order of `Sql`.
constexpr std::array<std::string_view, static_cast<std::size_t>(Sql::last)> kStatements{
    "SELECT size, time, rules_version, charter_id, charter_version, founded, origin, registrar, "
    "vkey, receipt_key, by_sponsors, sponsors, breadth, tenure_days FROM standing",
    "SELECT entry, key, leaf FROM statement_recent NATURAL JOIN statement WHERE prefix = ?1 "
    "UNION ALL "
    "SELECT entry, key, leaf FROM statement_place NATURAL JOIN statement WHERE prefix = ?1",
    "SELECT breadth, country, controller, suspended, admitted_at, admitted_time, standing_since "
    "FROM party WHERE id = ?1",
    "SELECT kid, key, party, custody, added_at, revoked_at FROM key WHERE kid = ?1",
    "SELECT kid, key, party, custody, added_at, revoked_at FROM key WHERE party = ?1 "
    "ORDER BY added_at, kid",
    "SELECT key, party, proof, entry FROM announced_key WHERE kid = ?1",
    "SELECT sponsor, decision, breadth, country, controller, kid, entry FROM sponsorship "
    "WHERE party = ?1 ORDER BY sponsor",
    "SELECT number FROM owner WHERE party = ?1",
    "SELECT entry, ordinal, revoked FROM version_recent WHERE object = ?1 AND version = ?2",
    "SELECT entry, ordinal, revoked FROM version WHERE object = ?1 AND version = ?2",
    "SELECT version FROM revocation WHERE object = ?1",
    "SELECT disclosed, erased, held, disclosed_at FROM marks WHERE entry = ?1 AND ordinal = ?2",
    "REPLACE INTO standing VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    "REPLACE INTO statement VALUES (?1, ?2, ?3)",
    "REPLACE INTO statement_recent VALUES (?1, ?2)",
    "REPLACE INTO statement_place SELECT prefix, entry FROM statement_recent "
    "WHERE prefix BETWEEN ?1 AND ?2",
    "DELETE FROM statement_recent WHERE prefix BETWEEN ?1 AND ?2",
    "REPLACE INTO party VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    "REPLACE INTO key VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    "REPLACE INTO announced_key VALUES (?1, ?2, ?3, ?4, ?5)",
    "REPLACE INTO sponsorship VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    "INSERT INTO owner(party) VALUES (?1) RETURNING number",
    "REPLACE INTO version_recent VALUES (?1, ?2, ?3, ?4, ?5)",
    "REPLACE INTO version SELECT * FROM version_recent WHERE object >= ?1 AND object < ?2",
    "DELETE FROM version_recent WHERE object >= ?1 AND object < ?2",
    "REPLACE INTO revocation VALUES (?1, ?2)",
    "REPLACE INTO marks VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
};

constexpr std::size_t kUuidText = 36;
constexpr std::size_t kUuidBytes = 16;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

/// The 16 bytes of a UUID in lower case; nothing where the text is another.
std::optional<std::array<std::byte, kUuidBytes>> uuid_bytes(std::string_view text) {
  std::array<std::byte, kUuidBytes> bytes{};
  std::size_t digits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (is_dash != (text[i] == '-')) return std::nullopt;
    if (is_dash) continue;
    const int digit = hex_digit(text[i]);
    if (digit < 0) return std::nullopt;
    bytes[digits / 2] = bytes[digits / 2] << 4 | static_cast<std::byte>(digit);
    ++digits;
  }
  return bytes;
}

}  // namespace

Result<void> make_state_tables(const Database& database) {
  std::string sql = "BEGIN;";
  sql += kTables;
  sql += "PRAGMA user_version = " + std::to_string(kStateSchema) + ";";
  sql += "PRAGMA application_id = " + std::to_string(kStateApplication) + "; COMMIT";
  return database.run(sql);
}

Result<void> set_up_connection(const Database& database, StateLife life) {
  COMITY_CHECK(
      database.run("PRAGMA page_size = 4096; PRAGMA foreign_keys = OFF;"
                   "PRAGMA cache_size = -8192; PRAGMA mmap_size = 67108864"));
  if (life == StateLife::scratch)
    return database.run(
        "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
  return database.run(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
      "PRAGMA wal_autocheckpoint = 16384; PRAGMA journal_size_limit = 67108864");
}

std::int64_t key_prefix(ByteView key) { return big_endian<std::int64_t>(key); }

Bytes object_key(std::int64_t owner, std::string_view id) {
  // UUID, owner, type; or zeros, owner, the whole id where it isn't `<type>--<uuid>`. A type never
  // holds "--" and an id always does, so the two don't meet.
  Bytes key;
  key.reserve(kUuidBytes + sizeof(std::uint32_t) + id.size());
  const std::size_t stem = id.size() > kUuidText + 2 ? id.size() - kUuidText - 2 : 0;
  if (stem > 0 && !id.substr(0, stem).contains("--") && id.substr(stem, 2) == "--") {
    if (const auto uuid = uuid_bytes(id.substr(stem + 2))) {
      append(key, *uuid);
      id = id.substr(0, stem);
    }
  }
  if (key.empty()) key.resize(kUuidBytes);
  COMITY_ASSERT(owner >= 0 && owner <= std::numeric_limits<std::uint32_t>::max());
  append_big_endian(key, static_cast<std::uint32_t>(owner));
  append(key, id);
  return key;
}

Result<void> settle_slice(const Statements& sql, std::uint64_t number) {
  const std::uint64_t slice = number % kSlices;
  constexpr std::uint64_t kWidth = (std::uint64_t{1} << 63) / (kSlices / 2);
  // Integers are signed in SQLite: the lowest prefix is -2^63, to which this wraps round.
  const std::uint64_t lowest = (std::uint64_t{1} << 63) + slice * kWidth;
  const auto first = static_cast<std::int64_t>(lowest);
  const auto last = static_cast<std::int64_t>(lowest + (kWidth - 1));
  COMITY_CHECK(Query(sql[Sql::settle_statements], first, last).run());
  COMITY_CHECK(Query(sql[Sql::drop_settled_statements], first, last).run());

  // No object's key is as high as seventeen bytes 0xff, for an owner's first byte is less.
  const Bytes from{static_cast<std::byte>(slice * (256 / kSlices))};
  const Bytes to = slice + 1 < kSlices
                       ? Bytes{static_cast<std::byte>((slice + 1) * (256 / kSlices))}
                       : Bytes(kUuidBytes + 1, std::byte{0xff});
  COMITY_CHECK(Query(sql[Sql::settle_versions], ByteView(from), ByteView(to)).run());
  return Query(sql[Sql::drop_settled_versions], ByteView(from), ByteView(to)).run();
}

Result<Statements> Statements::prepare(const Database& database) {
  Statements statements;
  for (std::size_t i = 0; i < kStatements.size(); ++i) {
    COMITY_TRY(statements.prepared_[i], database.prepare(kStatements[i]));
  }
  return statements;
}

}  // namespace comity::log
