#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "crypto/public_key.h"
#include "log/sqlite.h"
#include "log/state_rows.h"
#include "log/state_tables.h"
#include "rules/state.h"

namespace comity::log {

/// How the state is kept.
struct StateOptions {
  StateLife life = StateLife::kept;
  /// For tests alone.
  /// A slice is settled (see state_tables.h) whenever so many statements or versions have come:
  /// then about kSlices / 2 times as many are recent, a few megabytes.
  std::size_t settle_every = 4096;
};

/// The admission state on a disk: parties, keys, versions and statements of a whole log, in a
/// SQLite file of its own and never whole in memory. It is disposable: all of it can be had again
/// by replaying the log, up to whose size it is stamped.
///
/// One writer thread, which alone calls everything but `find_key`. Every failure of SQLite is a
/// fault.
class SqliteState final : public rules::State {
 public:
  /// Opens the file, or makes it, and its directory, where there is none. One that is
  /// damaged or of another release is thrown away and made anew: see `discarded`. One that can't be
  /// read is a fault, and stays.
  [[nodiscard]] static Result<std::unique_ptr<SqliteState>> open(const std::string& path,
                                                                 StateOptions options = {});
  ~SqliteState() override;

  /// Whether `open` threw a file away: worth a line in the journal, for the replay takes a while.
  [[nodiscard]] bool discarded() const { return discarded_; }

  /// Applies the changes and stamps the size, all or, on a fault, nothing.
  Result<void> apply(const rules::Changes& changes, std::uint64_t new_size);
  /// The same in two steps, for what must stand elsewhere before this does: `stage` writes,
  /// `commit` makes it last. Between them nothing else is called but `unstage`, which forgets it.
  Result<void> stage(const rules::Changes& changes, std::uint64_t new_size);
  Result<void> commit();
  void unstage();
  /// Empties it, to be filled by a replay.
  Result<void> reset();

  /// The public key of a thumbprint, among those registered and those announced, as of the last
  /// `apply`; or refuses `key-unknown`. Any thread. Not for a scratch state, which other threads
  /// can't read: a fault there.
  [[nodiscard]] Result<crypto::PublicKey> find_key(const codec::KeyId& kid) const;

  Result<std::uint64_t> size() const override { return size_; }
  Result<rules::Standing> standing() const override { return standing_; }
  Result<std::optional<rules::FiledStatement>> statement(
      const filing::StatementKey& key) const override;
  Result<std::optional<rules::Party>> party(std::string_view id) const override;
  Result<std::optional<rules::Key>> key(const codec::KeyId& kid) const override;
  Result<std::vector<rules::Key>> keys_of(std::string_view party) const override;
  Result<std::optional<rules::AnnouncedKey>> announced_key(const codec::KeyId& kid) const override;
  Result<std::vector<rules::Sponsorship>> sponsorships(std::string_view party) const override;
  Result<std::optional<rules::Version>> version(std::string_view party, std::string_view id,
                                                UnixMicros version) const override;
  Result<std::optional<rules::Version>> revocation(std::string_view party,
                                                   std::string_view id) const override;
  Result<std::optional<rules::ItemMarks>> marks(const filing::ItemPlace& place) const override;

 private:
  /// A connection with its statements, in the order in which they must go.
  struct Connection {
    Database database;
    Statements statements;
  };
  /// What `find_key` uses, apart from the writer.
  struct KeyReader {
    std::mutex mutex;
    std::unique_ptr<Connection> connection;
    std::unordered_map<codec::KeyId, crypto::PublicKey, DigestHash> found;
  };

  SqliteState(std::string path, StateOptions options);

  [[nodiscard]] Result<std::unique_ptr<Connection>> connect() const;
  Result<void> open_file();
  Result<void> load();
  Result<void> make_anew();
  Result<void> write(const rules::Changes& changes, std::uint64_t new_size);
  Result<std::optional<std::int64_t>> owner(std::string_view party) const;
  [[nodiscard]] const Statements& sql() const { return writer_->statements; }

  std::string path_;
  StateOptions options_;
  bool discarded_ = false;
  std::unique_ptr<Connection> writer_;
  std::unique_ptr<KeyReader> keys_;
  std::uint64_t size_ = 0;
  rules::Standing standing_;
  std::optional<StampedStanding> staged_;  ///< what both are once it is committed
  std::size_t unsettled_ = 0;              ///< statements that have come since a slice was settled
  std::uint64_t next_slice_ = 0;           ///< the slice to be settled next, modulo their number
  /// Numbers of the parties that have filed lately, for `version` and `revocation`.
  mutable std::unordered_map<std::string, std::int64_t> owners_;
};

}  // namespace comity::log
