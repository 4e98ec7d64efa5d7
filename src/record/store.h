#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/time.h"
#include "crypto/merkle.h"
#include "filing/control.h"
#include "log/sqlite.h"
#include "record/digest_chain.h"
#include "record/numbers.h"
#include "record/row.h"
#include "record/text_index.h"
#include "rules/state.h"

namespace comity::record {

/// `until` of a row that still holds.
inline constexpr std::int64_t kForEver = std::int64_t{0x7fffffffffffffff};

/// How much of a log is folded.
struct Stamp {
  std::uint64_t size = 0;
  RecordDigest digest;
  UnixSeconds time{};     ///< the log's
  crypto::RootHash root;  ///< of the log's tree at the last commit: of which log this is the record
  UnixMicros added{};     ///< the first microsecond that no entry has taken (added.h)

  bool operator==(const Stamp&) const = default;
};

/// As the database has it; a fault where it is damaged or no record's.
[[nodiscard]] Result<Stamp> read_stamp(const log::Database& database);

/// A row of the table `version`.
struct StoredVersion {
  std::int64_t id = 0;
  std::int64_t object = 0;
  std::int64_t party = 0;
  filing::ItemPlace place;
  std::int64_t modified = 0;
  bool revoked = false;
  bool relayed = false;

  /// Whether, filed after `shown`, it is the one to show: its creator's copy before one that
  /// another relays, then the later.
  [[nodiscard]] bool replaces(const StoredVersion& shown) const;
};

/// A row of the table `entry`, to be written.
struct EntryRow {
  std::uint64_t index = 0;
  UnixSeconds time{};
  std::string_view party;  ///< empty where there is none
  bool control = false;
  std::string_view refused_for;  ///< empty where the entry is not void
  ChangesDigest changes;
  ByteView governance;  ///< empty where it changes no party and no key
  std::uint64_t hidden = 0;
  UnixMicros added{};  ///< of its item 0 (added.h)
};

/// The same as read.
struct StoredEntryRow {
  UnixSeconds time{};
  ChangesDigest changes;
  Bytes governance;
};

/// A row of the table `tombstone`.
struct Tombstone {
  filing::ItemPlace place;
  std::string id;  ///< STIX id, empty where it never was public
  std::uint64_t erased_by = 0;
  std::string ground;
  std::string authority;
};

/// A row of the table `hold`.
struct HoldRow {
  filing::ItemPlace place;
  std::uint64_t held_by = 0;
  std::string_view ground;
  std::string_view authority;
};

/// The record's database (schema.sql): words and objects by number, rows in and out. Inside a
/// transaction from `open` on; `commit` stamps it and begins the next. One thread. Every failure is
/// a fault. Nothing is synced: the file is disposable.
class Store {
 public:
  /// Opens or makes the file; one that is damaged or of another release is made anew. One
  /// that can't be read is a fault, and stays.
  [[nodiscard]] static Result<Store> open(const std::string& path);

  [[nodiscard]] const Stamp& stamp() const { return stamp_; }
  Result<void> commit(const Stamp& stamp);
  /// Forgets what was written since the last commit.
  Result<void> roll_back();
  /// Whether there are the indexes of indexes.sql, without which questions take long.
  [[nodiscard]] bool is_indexed() const { return indexed_; }
  /// Makes them, where they aren't there. Time linear in the rows.
  Result<void> make_indexes();
  /// Removes the file, to be made anew. REQUIRES: no store is open on it.
  static void remove(const std::string& path);

  /// The number of a word, an object: given now where it has none. Objects stand in their table
  /// from the commit on.
  Result<std::int64_t> word(std::string_view text) { return numbers_->word(text); }
  Result<std::int64_t> object(std::string_view stix_id) { return numbers_->object(stix_id); }

  Result<void> insert_entry(const EntryRow& entry);
  [[nodiscard]] Result<StoredEntryRow> entry(std::uint64_t index) const;
  /// Keeps D(size): milestone.h.
  Result<void> put_milestone(std::uint64_t size, const RecordDigest& digest);
  /// Sets C(n) of an earlier entry; `rechain` then makes the digests anew.
  Result<void> put_changes(std::uint64_t index, const ChangesDigest& changes);
  /// Chains all C(n) from that entry on; the digest of all that there are. Time linear in them.
  Result<RecordDigest> rechain(std::uint64_t index);

  Result<void> put_party(const rules::Party& party, std::uint64_t index);
  Result<void> put_key(const rules::Key& key);

  Result<void> bury(const Tombstone& tombstone);
  [[nodiscard]] Result<std::vector<std::uint64_t>> erased_of(std::uint64_t entry) const;

  Result<void> put_disclosure(const filing::ItemPlace& place, std::uint64_t disclosed_by);
  Result<void> put_hold(const HoldRow& hold);
  Result<void> lift_hold(const filing::ItemPlace& place);

  /// Rows [first, end) of what that version says.
  Result<void> insert_rows(std::int64_t version, const Rows& rows, std::size_t first,
                           std::size_t end);
  Result<void> insert_text(std::int64_t version, const IndexedText& text) {
    return text_.insert(version, text);
  }
  /// Gives the row a number, and settles which copy of its object is the one to show.
  Result<std::int64_t> insert_version(StoredVersion version, std::string_view kind);
  /// Takes away the version filed at that place, where there is one, with its rows, words that
  /// nothing else uses, and what it replaced. A purge is owed then.
  Result<void> erase_version(const filing::ItemPlace& place);

  /// Whether bytes of what was erased may still stand in the database or in the file beside it.
  [[nodiscard]] bool owes_purge() const { return debt_ != PurgeDebt::nothing; }
  /// Leaves nothing of them, where it is owed. The database is written anew, so this takes time
  /// linear in its size; but as long as somebody reads a state of before, that one's bytes stay,
  /// and it is owed still: call it again. REQUIRES: nothing was written since the last commit.
  Result<void> purge();

  [[nodiscard]] const log::Database& database() const { return database_; }

 private:
  /// As in schema.sql.
  enum class PurgeDebt : std::int64_t { nothing = 0, empty_wal = 1, write_anew = 2 };

  Store(std::string path, log::Database database)
      : path_(std::move(path)), database_(std::move(database)) {}
  Result<void> prepare();
  Result<log::SqlValue> sql_value(const Value& value);
  Result<void> insert_rows_at_once(const log::Prepared& insert, std::int64_t version,
                                   const Rows& rows, std::size_t first, std::size_t end);
  Result<void> read_next_version();
  Result<void> look_for_indexes();
  Result<void> read_debt();
  Result<void> write_debt(PurgeDebt debt);
  Result<void> purge_files();

  std::string path_;
  log::Database database_;
  Stamp stamp_;
  TextIndex text_;
  std::array<log::Prepared, kTables> insert_row_;
  log::Prepared insert_facts_;  // kFactsAtOnce of them
  log::Prepared insert_entry_, insert_version_, close_version_, current_, last_version_;
  std::optional<Numbers> numbers_;  // always set once open
  std::int64_t next_version_ = 1;
  bool indexed_ = false;
  PurgeDebt debt_ = PurgeDebt::nothing;
};

}  // namespace comity::record
