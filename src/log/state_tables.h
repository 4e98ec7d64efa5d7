#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/bytes.h"
#include "base/error.h"
#include "log/sqlite.h"

/// The tables of the admission state, and the statements that read and write them. The file is
/// disposable, so the schema may change with any release: then kStateSchema changes too.
namespace comity::log {

inline constexpr std::int64_t kStateSchema = 2;
/// "CoSt", which tells the file from any other SQLite database.
inline constexpr std::int64_t kStateApplication = 0x436f5374;

/// Makes the tables in an empty file.
[[nodiscard]] Result<void> make_state_tables(const Database& database);

/// What a power cut may do to the state.
enum class StateLife : std::uint8_t {
  kept,     ///< lose the last transactions, which the log gives back; never spoil the file
  scratch,  ///< spoil it: for a state that goes with its process, and has one connection
};

/// How a connection to the state is set up: few pages in memory; WAL where the state is kept, no
/// journal and no sync where it is not.
[[nodiscard]] Result<void> set_up_connection(const Database& database, StateLife life);

/// A statement's key in the B-tree: eight bytes of it. Statements that share them (which takes 2^32
/// tries to bring about) stand side by side and are told apart by the whole key.
[[nodiscard]] std::int64_t key_prefix(ByteView key);

/// One object of one party as a key, its UUID first, so that the objects of all parties spread
/// evenly over the slices.
[[nodiscard]] Bytes object_key(std::int64_t owner, std::string_view id);

/// What can be run, in the order of the statements in state_tables.cc.
enum class Sql : std::uint8_t {
  read_standing,
  read_statement,
  read_party,
  read_key,
  read_keys_of,
  read_announced_key,
  read_sponsorships,
  read_owner,
  read_recent_version,
  read_version,
  read_revocation,
  read_marks,
  write_standing,
  write_statement,
  write_recent_statement,
  settle_statements,
  drop_settled_statements,
  write_party,
  write_key,
  write_announced_key,
  write_sponsorship,
  write_owner,
  write_version,
  settle_versions,
  drop_settled_versions,
  write_revocation,
  write_marks,
  last,  // not a statement
};

/// All of them, prepared.
class Statements {
 public:
  [[nodiscard]] static Result<Statements> prepare(const Database& database);
  [[nodiscard]] const Prepared& operator[](Sql sql) const {
    return prepared_[static_cast<std::size_t>(sql)];
  }

 private:
  std::array<Prepared, static_cast<std::size_t>(Sql::last)> prepared_;
};

/// Statements and versions that come stand among the recent ones, in small trees, until their slice
/// of the keys is settled: moved to where they stay.
inline constexpr std::uint64_t kSlices = 64;
/// Settles slice `number` modulo kSlices.
[[nodiscard]] Result<void> settle_slice(const Statements& sql, std::uint64_t number);

}  // namespace comity::log
