#pragma once

#include <memory>
#include <string>

#include "base/error.h"
#include "base/files.h"
#include "base/time.h"
#include "codec/receipt.h"
#include "log/committer.h"
#include "log/founding.h"
#include "log/replay.h"
#include "log/sequencer.h"
#include "log/sqlite_state.h"

namespace comity::log {

/// Both proofs that an entry stands in the log: `docs/formats/receipt.md`.
struct Receipt {
  std::uint64_t index = 0;
  crypto::TreeHead head;
  UnixSeconds time{};      ///< the log's time at that head
  Bytes cose;              ///< COSE receipt
  std::string tlog_proof;  ///< C2SP tlog-proof
};

struct RegistryOptions {
  CommitOptions commit;
  SequencerOptions sequencer;
  Progress progress;                 ///< of a replay at opening
  Sequencer::Committed committed{};  ///< told of each new head
};

/// Where a registry lies: its directory as Files, and the same as a path for SQLite.
struct RegistryPlace {
  Files& files;
  std::string directory;

  [[nodiscard]] std::string state_path() const { return directory + "/state/admission.sqlite"; }
};

/// A registry open for writing: log, admission state and sequencer together. One per directory (the
/// lock sees to that). Filings may be submitted, and receipts made, from any thread.
/// What the place and the clock refer to must outlive it.
class Registry {
 public:
  /// Makes a registry: an empty log, then the founding filing and the first tick in one commit. An
  /// empty log of the same keys, which a crash between the two has left, is taken up.
  /// Refuses `log-exists`, and what makes no charter; nothing is written then.
  [[nodiscard]] static Result<std::unique_ptr<Registry>> found(const RegistryPlace& place,
                                                               RegistryKeys keys,
                                                               const FoundingPlan& plan,
                                                               const Clock& clock,
                                                               const RegistryOptions& options = {});

  /// Opens one, and does what a crash left undone: cuts back the remains of an uncommitted batch,
  /// replays what the state lacks, overwrites what was erased. Refuses as Committer::open and
  /// replay, `log-missing` where the founding was not finished, `registrar-key-inactive` where the
  /// registrar's key may not sign, and `log-key-mismatch` where the keys are not the charter's.
  [[nodiscard]] static Result<std::unique_ptr<Registry>> open(const RegistryPlace& place,
                                                              const std::string& origin,
                                                              RegistryKeys keys, const Clock& clock,
                                                              const RegistryOptions& options = {});

  [[nodiscard]] Sequencer& sequencer() { return *sequencer_; }
  /// For filing::check, from any thread.
  [[nodiscard]] filing::FindKey find_key() const;
  /// The facts as they are between batches: REQUIRES that nothing is being filed.
  [[nodiscard]] const rules::State& state() const { return *state_; }
  [[nodiscard]] const RegistryKeys& keys() const { return keys_; }

  /// The proofs for an entry at the head that its filer was told.
  [[nodiscard]] Result<Receipt> receipt(const Registered& registered) const;

 private:
  Registry(const RegistryPlace& place, RegistryKeys keys) : place_(place), keys_(std::move(keys)) {}
  Result<void> start(const Clock& clock, const RegistryOptions& options);
  /// Brings the state up to the log, and finishes what the log erases.
  Result<void> catch_up(const Progress& progress);
  Result<void> check_keys();
  /// Refuses `item-unknown`; a log that is damaged is a fault.
  Result<rules::StoredItem> find_item(const filing::ItemPlace& item) const;

  RegistryPlace place_;
  RegistryKeys keys_;
  std::string origin_;
  std::optional<Committer> committer_;
  std::unique_ptr<SqliteState> state_;
  std::unique_ptr<Sequencer> sequencer_;  // last: its thread uses the others
};

/// The proofs for the entry at `index`, from what lies on disk and the receipt key, at the head of
/// `log`. Refuses `receipt-size-one` for a log of one entry, and as LogReader.
struct ReceiptRequest {
  const LogReader& log;
  const std::string& checkpoint_note;  ///< of the log's head
  UnixSeconds time{};                  ///< the log's time at the checkpoint
  const crypto::SecretKey& receipt_key;
  std::string origin;
};
[[nodiscard]] Result<Receipt> make_receipt(const ReceiptRequest& request, std::uint64_t index);

}  // namespace comity::log
