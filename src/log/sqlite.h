#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "base/bytes.h"
#include "base/error.h"

struct sqlite3;
struct sqlite3_stmt;

/// SQLite as this layer uses it: connections, prepared statements, and every error a fault.
namespace comity::log {

/// A fault of what a file holds: it is no database, a damaged one, or not the one that was asked
/// for. Only such a file is thrown away to be made again: one that can't be read now (its mode, the
/// disk, another process) may be read later.
[[nodiscard]] std::unexpected<Error> fail_unfit(std::string sentence);
[[nodiscard]] bool is_unfit(const Error& error);

/// A statement that was prepared once, to be run often by `Query`. Its connection outlives it.
class Prepared {
 public:
  Prepared() = default;
  explicit Prepared(sqlite3_stmt* statement) : statement_(statement) {}

  [[nodiscard]] sqlite3_stmt* get() const { return statement_.get(); }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

/// A value to bind where their number is known only when running.
using SqlValue = std::variant<std::monostate, std::int64_t, std::string_view, ByteView>;

/// One run of a prepared statement, which is free for the next when this goes. What is bound must
/// outlive it. Mistakes in binding are bugs of ours, so nothing is returned.
class Query {
 public:
  template <class... Values>
  explicit Query(const Prepared& prepared, const Values&... values) : statement_(prepared.get()) {
    int place = 0;
    (bind(++place, values), ...);
  }
  Query(const Prepared& prepared, std::span<const SqlValue> values);
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  /// Whether there is a row (another row) to read.
  [[nodiscard]] Result<bool> step();
  /// Runs what gives no rows.
  [[nodiscard]] Result<void> run();

  // The columns of the row, from 0; views live until the next step.
  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::uint64_t count(int column) const {
    return static_cast<std::uint64_t>(integer(column));
  }
  [[nodiscard]] ByteView bytes(int column) const;
  [[nodiscard]] std::string text(int column) const { return std::string(as_text(bytes(column))); }

 private:
  template <class Integer>
    requires std::is_integral_v<Integer>
  void bind(int place, Integer value) {
    bind_integer(place, static_cast<std::int64_t>(value));
  }
  void bind(int place, std::string_view text);
  void bind(int place, ByteView bytes);
  void bind(int place, const std::optional<std::uint64_t>& value);
  void bind(int place, std::monostate nothing);
  void bind_integer(int place, std::int64_t value);

  sqlite3_stmt* statement_;
};

/// A connection to a database file; one thread at a time.
class Database {
 public:
  /// Opens or makes the file.
  [[nodiscard]] static Result<Database> open(const std::string& path);
  /// Opens a file that is there, to be read only.
  [[nodiscard]] static Result<Database> open_to_read(const std::string& path);

  /// Runs statements that give nothing back.
  Result<void> run(const std::string& sql) const;
  [[nodiscard]] Result<Prepared> prepare(std::string_view sql) const;
  /// Whether a transaction is open. One is rolled back by SQLite itself, and then isn't, where a
  /// statement in it, be it a question, fails for the disk.
  [[nodiscard]] bool in_transaction() const;
  /// The first column of the first row.
  [[nodiscard]] Result<std::int64_t> integer(std::string_view sql) const;
  /// Has the file take over what stands in the write-ahead log beside it, and empties that. False
  /// where a reader needs it for longer than `patience`. REQUIRES: no transaction is open here.
  [[nodiscard]] Result<bool> empty_wal(std::chrono::milliseconds patience) const;
  /// Whether the file that was opened is no longer the one at its path: what is read here is then
  /// of a database that was thrown away.
  [[nodiscard]] Result<bool> has_moved() const;
  /// Asks again and again while a statement runs, on its thread, and ends it once that says yes:
  /// its step refuses `question-too-long`.
  void stop_when(std::function<bool()> is_over);

 private:
  struct Close {
    void operator()(sqlite3* connection) const;
  };
  explicit Database(sqlite3* connection) : connection_(connection) {}
  static Result<Database> open_as(const std::string& path, int flags);

  std::unique_ptr<std::function<bool()>> is_over_;  ///< where the connection finds it
  std::unique_ptr<sqlite3, Close> connection_;
};

}  // namespace comity::log
