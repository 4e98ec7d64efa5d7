#include "log/sqlite_state.h"

#include <algorithm>
#include <filesystem>
#include <numeric>
#include <utility>

namespace comity::log {
namespace {

/// Bounds of what is kept in memory; both maps are emptied when full, for they fill again in no
/// time.
constexpr std::size_t kOwners = 4096;
constexpr std::size_t kFoundKeys = 4096;

/// The places of the values in ascending order of their keys: inserts into a B-tree that come
/// sorted touch each of its pages once.
template <class Key>
std::vector<std::size_t> sorted_places(const std::vector<Key>& keys) {
  std::vector<std::size_t> places(keys.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  std::stable_sort(places.begin(), places.end(),
                   [&](std::size_t a, std::size_t b) { return keys[a] < keys[b]; });
  return places;
}

Result<void> write_statements(const Statements& sql,
                              const std::vector<rules::FiledStatement>& statements) {
  std::vector<std::int64_t> prefixes;
  prefixes.reserve(statements.size());
  for (const auto& it : statements) {
    prefixes.push_back(key_prefix(it.key.view()));
    COMITY_CHECK(Query(sql[Sql::write_statement], it.index, it.key.view(), it.leaf.view()).run());
  }
  for (const std::size_t i : sorted_places(prefixes))
    COMITY_CHECK(Query(sql[Sql::write_recent_statement], prefixes[i], statements[i].index).run());
  return {};
}

Result<void> write_version(const Statements& sql, const rules::Version& version,
                           const Bytes& object) {
  const ByteView key(object);
  const std::int64_t number = count(version.version);
  COMITY_CHECK(Query(sql[Sql::write_version], key, number, version.place.entry,
                     version.place.ordinal, version.revoked)
                   .run());
  if (!version.revoked) return {};
  return Query(sql[Sql::write_revocation], key, number).run();
}

/// The number under which a party's objects are kept, given now where it has none.
Result<std::int64_t> make_owner(const Statements& sql, std::string_view party) {
  Query known(sql[Sql::read_owner], party);
  COMITY_TRY(const bool is_known, known.step());
  if (is_known) return known.integer(0);
  Query added(sql[Sql::write_owner], party);
  COMITY_TRY(const bool is_added, added.step());
  if (!is_added) return fail("The database gave no number to a party.");
  const std::int64_t number = added.integer(0);
  COMITY_CHECK(added.run());
  return number;
}

Result<void> write_versions(const Statements& sql, const std::vector<rules::Version>& versions) {
  std::vector<Bytes> objects;
  objects.reserve(versions.size());
  std::string_view last_party;
  std::int64_t owner = 0;
  for (const auto& version : versions) {
    if (version.party != last_party) {
      COMITY_TRY(owner, make_owner(sql, version.party));
      last_party = version.party;
    }
    objects.push_back(object_key(owner, version.id));
  }
  for (const std::size_t i : sorted_places(objects))
    COMITY_CHECK(write_version(sql, versions[i], objects[i]));
  return {};
}

void remove_files(const std::string& path) {
  // What can't be removed is found when the file is made anew.
  std::error_code ignored;
  for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path + suffix, ignored);
}

}  // namespace

SqliteState::SqliteState(std::string path, StateOptions options)
    : path_(std::move(path)), options_(options), keys_(std::make_unique<KeyReader>()) {}
SqliteState::~SqliteState() = default;

Result<std::unique_ptr<SqliteState>> SqliteState::open(const std::string& path,
                                                       StateOptions options) {
  std::error_code error;
  const auto directory = std::filesystem::path(path).parent_path();
  if (!directory.empty()) std::filesystem::create_directories(directory, error);
  const bool was_there = std::filesystem::exists(path, error);
  if (error) return fail("Looking for " + path + " failed", error.value());
  std::unique_ptr<SqliteState> state(new SqliteState(path, options));
  if (was_there) {
    const auto opened = state->open_file();
    if (opened) return state;
    if (!is_unfit(opened.error())) return std::unexpected(opened.error());
  }
  state->discarded_ = was_there;
  COMITY_CHECK(state->make_anew());
  return state;
}

Result<std::unique_ptr<SqliteState::Connection>> SqliteState::connect() const {
  COMITY_TRY(auto database, Database::open(path_));
  COMITY_CHECK(set_up_connection(database, options_.life));
  COMITY_TRY(auto statements, Statements::prepare(database));
  return std::make_unique<Connection>(std::move(database), std::move(statements));
}

Result<void> SqliteState::open_file() {
  {
    COMITY_TRY(const auto database, Database::open(path_));
    COMITY_TRY(const auto application, database.integer("PRAGMA application_id"));
    COMITY_TRY(const auto schema, database.integer("PRAGMA user_version"));
    if (application != kStateApplication || schema != kStateSchema)
      return fail_unfit("The file is not the admission state of this release.");
  }
  COMITY_TRY(writer_, connect());
  if (options_.life == StateLife::kept) {
    COMITY_TRY(auto reader, connect());
    const std::lock_guard lock(keys_->mutex);
    keys_->connection = std::move(reader);
  }
  // The writer is always inside a transaction, so that a look-up takes no lock of its own.
  COMITY_CHECK(writer_->database.run("BEGIN"));
  return load();
}

Result<void> SqliteState::load() {
  COMITY_TRY(auto stamped, read_standing(sql()));
  size_ = stamped ? stamped->size : 0;
  standing_ = stamped ? std::move(stamped->standing) : rules::Standing{};
  owners_.clear();
  return {};
}

Result<void> SqliteState::make_anew() {
  {
    const std::lock_guard lock(keys_->mutex);
    keys_->connection.reset();
    keys_->found.clear();
  }
  writer_.reset();
  remove_files(path_);
  {
    COMITY_TRY(const auto database, Database::open(path_));
    COMITY_CHECK(set_up_connection(database, options_.life));
    COMITY_CHECK(make_state_tables(database));
  }
  return open_file();
}

Result<void> SqliteState::reset() { return make_anew(); }

Result<void> SqliteState::apply(const rules::Changes& changes, std::uint64_t new_size) {
  COMITY_CHECK(stage(changes, new_size));
  return commit();
}

Result<void> SqliteState::stage(const rules::Changes& changes, std::uint64_t new_size) {
  COMITY_ASSERT(!staged_);
  // Where a look-up has failed since, each statement would otherwise be a transaction of its own.
  if (!writer_->database.in_transaction()) COMITY_CHECK(writer_->database.run("BEGIN"));
  auto written = write(changes, new_size);
  if (!written) {
    unstage();
    return written;
  }
  staged_ = {changes.standing.value_or(standing_), new_size};
  return {};
}

Result<void> SqliteState::commit() {
  COMITY_ASSERT(staged_.has_value());
  // A scratch state is one transaction from its beginning to its end: each commit would write again
  // the pages that nearly every batch changes.
  if (options_.life == StateLife::kept) {
    if (auto written = writer_->database.run("COMMIT; BEGIN"); !written) {
      unstage();
      return written;
    }
  }
  standing_ = std::move(staged_->standing);
  size_ = staged_->size;
  staged_.reset();
  return {};
}

void SqliteState::unstage() {
  owners_.clear();
  staged_.reset();
  // Where even this fails SQLite has rolled back already, or does so when it is next opened.
  [[maybe_unused]] const auto undone = writer_->database.run("ROLLBACK");
  [[maybe_unused]] const auto begun = writer_->database.run("BEGIN");
}

Result<void> SqliteState::write(const rules::Changes& changes, std::uint64_t new_size) {
  COMITY_CHECK(write_statements(sql(), changes.statements));
  for (const auto& it : changes.parties) COMITY_CHECK(write_party(sql(), it));
  for (const auto& it : changes.keys) COMITY_CHECK(write_key(sql(), it));
  for (const auto& it : changes.announced_keys) COMITY_CHECK(write_announced_key(sql(), it));
  for (const auto& it : changes.sponsorships) COMITY_CHECK(write_sponsorship(sql(), it));
  COMITY_CHECK(write_versions(sql(), changes.versions));
  unsettled_ += std::max(changes.statements.size(), changes.versions.size());
  for (; unsettled_ >= options_.settle_every; unsettled_ -= options_.settle_every)
    COMITY_CHECK(settle_slice(sql(), next_slice_++));
  for (const auto& it : changes.marks) COMITY_CHECK(write_marks(sql(), it));
  return write_standing(sql(), {changes.standing.value_or(standing_), new_size});
}

Result<crypto::PublicKey> SqliteState::find_key(const codec::KeyId& kid) const {
  const std::lock_guard lock(keys_->mutex);
  if (const auto found = keys_->found.find(kid); found != keys_->found.end()) return found->second;
  if (!keys_->connection)
    return fail("The admission state has no connection for other threads: it is being made anew.");
  const Statements& statements = keys_->connection->statements;
  std::optional<crypto::PublicKey> public_key;
  const ByteView bytes = kid.view();
  {
    Query row(statements[Sql::read_key], bytes);
    COMITY_TRY(const bool is_there, row.step());
    if (is_there) {
      COMITY_TRY(auto registered, read_key(row));
      public_key = registered.key;
    }
  }
  if (!public_key) {
    COMITY_TRY(auto announced, read_announced_key(statements, kid));
    if (announced) public_key = announced->note.key;
  }
  if (!public_key)
    return refuse("key-unknown", "No key " + to_base64url(bytes) +
                                     " is registered here; have it added by its party.");
  if (keys_->found.size() >= kFoundKeys) keys_->found.clear();
  keys_->found.emplace(kid, *public_key);
  return *std::move(public_key);
}

Result<std::optional<rules::FiledStatement>> SqliteState::statement(
    const filing::StatementKey& key) const {
  Query row(sql()[Sql::read_statement], key_prefix(key.view()));
  while (true) {
    COMITY_TRY(const bool is_there, row.step());
    if (!is_there) return std::nullopt;
    if (!equal(row.bytes(1), key.view())) continue;
    if (row.bytes(2).size() != crypto::LeafHash::kSize)
      return fail("The admission state is damaged; remove its file to have it rebuilt.");
    return rules::FiledStatement{
        .key = key, .index = row.count(0), .leaf = crypto::LeafHash::from(row.bytes(2))};
  }
}

Result<std::optional<rules::Party>> SqliteState::party(std::string_view id) const {
  return read_party(sql(), id);
}

Result<std::optional<rules::Key>> SqliteState::key(const codec::KeyId& kid) const {
  const ByteView bytes = kid.view();
  Query row(sql()[Sql::read_key], bytes);
  COMITY_TRY(const bool is_there, row.step());
  if (!is_there) return std::nullopt;
  return read_key(row);
}

Result<std::vector<rules::Key>> SqliteState::keys_of(std::string_view party) const {
  std::vector<rules::Key> keys;
  Query row(sql()[Sql::read_keys_of], party);
  while (true) {
    COMITY_TRY(const bool is_there, row.step());
    if (!is_there) return keys;
    COMITY_TRY(auto key, read_key(row));
    keys.push_back(std::move(key));
  }
}

Result<std::optional<rules::AnnouncedKey>> SqliteState::announced_key(
    const codec::KeyId& kid) const {
  return read_announced_key(sql(), kid);
}

Result<std::vector<rules::Sponsorship>> SqliteState::sponsorships(std::string_view party) const {
  return read_sponsorships(sql(), party);
}

Result<std::optional<std::int64_t>> SqliteState::owner(std::string_view party) const {
  std::string name(party);
  if (const auto found = owners_.find(name); found != owners_.end()) return found->second;
  Query row(sql()[Sql::read_owner], party);
  COMITY_TRY(const bool is_there, row.step());
  if (!is_there) return std::nullopt;
  if (owners_.size() >= kOwners) owners_.clear();
  return owners_.emplace(std::move(name), row.integer(0)).first->second;
}

Result<std::optional<rules::Version>> SqliteState::version(std::string_view party,
                                                           std::string_view id,
                                                           UnixMicros version) const {
  COMITY_TRY(const auto number, owner(party));
  if (!number) return std::nullopt;
  const Bytes object = object_key(*number, id);
  for (const Sql read : {Sql::read_recent_version, Sql::read_version}) {
    Query row(sql()[read], ByteView(object), count(version));
    COMITY_TRY(const bool is_there, row.step());
    if (is_there)
      return rules::Version{.party = std::string(party),
                            .id = std::string(id),
                            .version = version,
                            .place = {.entry = row.count(0), .ordinal = row.count(1)},
                            .revoked = row.integer(2) != 0};
  }
  return std::nullopt;
}

Result<std::optional<rules::Version>> SqliteState::revocation(std::string_view party,
                                                              std::string_view id) const {
  COMITY_TRY(const auto number, owner(party));
  if (!number) return std::nullopt;
  const Bytes object = object_key(*number, id);
  Query row(sql()[Sql::read_revocation], ByteView(object));
  COMITY_TRY(const bool is_there, row.step());
  if (!is_there) return std::nullopt;
  return version(party, id, UnixMicros{row.integer(0)});
}

Result<std::optional<rules::ItemMarks>> SqliteState::marks(const filing::ItemPlace& place) const {
  return read_marks(sql(), place);
}

}  // namespace comity::log
