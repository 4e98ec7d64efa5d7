#include "log/sqlite.h"

#include <cerrno>
#include <utility>

#include <sqlite3.h>

namespace comity::log {
namespace {

/// How long a connection waits for another one that is in its way.
constexpr int kPatience = 5000;
/// Steps of SQLite's machine between two looks at whether a question is over: some 0.1 ms.
constexpr int kSteps = 10'000;

std::unexpected<Error> fault(sqlite3* connection) {
  if (connection == nullptr) return fail("SQLite has no memory for a connection.");
  if (sqlite3_errcode(connection) == SQLITE_INTERRUPT)
    return refuse("question-too-long",
                  "The question takes longer than it may; ask for less of the record, or ask again "
                  "when there is less to do.");
  std::string sentence = "The database failed: ";
  sentence += sqlite3_errmsg(connection);
  sentence += '.';
  const int code = sqlite3_errcode(connection);
  if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT) return fail_unfit(std::move(sentence));
  return fail(std::move(sentence), sqlite3_system_errno(connection));
}

int size_of(std::size_t size) {
  // Nothing that is bound comes near: limits.h bounds all of it.
  COMITY_ASSERT(size < (std::size_t{1} << 30));
  return static_cast<int>(size);
}

}  // namespace

std::unexpected<Error> fail_unfit(std::string sentence) {
  return fail(std::move(sentence), EBADMSG);
}

bool is_unfit(const Error& error) {
  return error.fault() != nullptr && error.fault()->error_number == EBADMSG;
}

void Prepared::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Query::~Query() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

Result<bool> Query::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return fault(sqlite3_db_handle(statement_));
}

Result<void> Query::run() {
  COMITY_TRY([[maybe_unused]] const bool row, step());
  return {};
}

Query::Query(const Prepared& prepared, std::span<const SqlValue> values)
    : statement_(prepared.get()) {
  int place = 0;
  for (const SqlValue& value : values)
    std::visit([this, at = ++place](const auto& it) { bind(at, it); }, value);
}

bool Query::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t Query::integer(int column) const { return sqlite3_column_int64(statement_, column); }

ByteView Query::bytes(int column) const {
  const void* data = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  return {static_cast<const std::byte*>(data), static_cast<std::size_t>(size)};
}

void Query::bind(int place, std::string_view text) {
  // An empty text has no null pointer here, which SQLite would take for NULL.
  const char* data = text.empty() ? "" : text.data();
  const int code = sqlite3_bind_text(statement_, place, data, size_of(text.size()), SQLITE_STATIC);
  COMITY_ASSERT(code == SQLITE_OK);
}

void Query::bind(int place, ByteView bytes) {
  const int code = bytes.empty() ? sqlite3_bind_zeroblob(statement_, place, 0)
                                 : sqlite3_bind_blob(statement_, place, bytes.data(),
                                                     size_of(bytes.size()), SQLITE_STATIC);
  COMITY_ASSERT(code == SQLITE_OK);
}

void Query::bind(int place, const std::optional<std::uint64_t>& value) {
  if (value) return bind_integer(place, static_cast<std::int64_t>(*value));
  bind(place, std::monostate{});
}

void Query::bind(int place, std::monostate /*nothing*/) {
  COMITY_ASSERT(sqlite3_bind_null(statement_, place) == SQLITE_OK);
}

void Query::bind_integer(int place, std::int64_t value) {
  COMITY_ASSERT(sqlite3_bind_int64(statement_, place, value) == SQLITE_OK);
}

void Database::Close::operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }

Result<Database> Database::open(const std::string& path) {
  return open_as(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
}

Result<Database> Database::open_to_read(const std::string& path) {
  return open_as(path, SQLITE_OPEN_READONLY);
}

Result<Database> Database::open_as(const std::string& path, int flags) {
  // Nobody reads SQLite's count of its memory, which it keeps under a lock that all threads share.
  static const int configured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  COMITY_ASSERT(configured == SQLITE_OK);
  sqlite3* connection = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &connection, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  Database database(connection);
  if (code != SQLITE_OK) return fault(connection);
  sqlite3_busy_timeout(connection, kPatience);
  return database;
}

Result<bool> Database::has_moved() const {
  int moved = 0;
  if (sqlite3_file_control(connection_.get(), "main", SQLITE_FCNTL_HAS_MOVED, &moved) != SQLITE_OK)
    return fault(connection_.get());
  return moved != 0;
}

bool Database::in_transaction() const { return sqlite3_get_autocommit(connection_.get()) == 0; }

Result<void> Database::run(const std::string& sql) const {
  if (sqlite3_exec(connection_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    return fault(connection_.get());
  return {};
}

Result<Prepared> Database::prepare(std::string_view sql) const {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v3(connection_.get(), sql.data(), size_of(sql.size()),
                         SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK) {
    // The statements are ours and right, so what they name is missing.
    if (sqlite3_errcode(connection_.get()) == SQLITE_ERROR)
      return fail_unfit(std::string("The database failed: ") + sqlite3_errmsg(connection_.get()) +
                        ".");
    return fault(connection_.get());
  }
  return Prepared(statement);
}

Result<std::int64_t> Database::integer(std::string_view sql) const {
  COMITY_TRY(const Prepared prepared, prepare(sql));
  Query query(prepared);
  COMITY_TRY(const bool row, query.step());
  if (!row) return fail("The database has no answer to: " + std::string(sql));
  return query.integer(0);
}

Result<bool> Database::empty_wal(std::chrono::milliseconds patience) const {
  sqlite3* connection = connection_.get();
  sqlite3_busy_timeout(connection, static_cast<int>(patience.count()));
  const int code =
      sqlite3_wal_checkpoint_v2(connection, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  sqlite3_busy_timeout(connection, kPatience);
  if (code == SQLITE_BUSY) return false;
  if (code != SQLITE_OK) return fault(connection);
  return true;
}

void Database::stop_when(std::function<bool()> is_over) {
  is_over_ = std::make_unique<std::function<bool()>>(std::move(is_over));
  const auto ask = [](void* asked) -> int {
    return (*static_cast<std::function<bool()>*>(asked))() ? 1 : 0;
  };
  sqlite3_progress_handler(connection_.get(), kSteps, ask, is_over_.get());
}

}  // namespace comity::log
