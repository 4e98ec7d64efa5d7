#pragma once

#include <memory>
#include <vector>

#include "audit/audit.h"
#include "audit/bundle_audit.h"
#include "audit/key_book.h"
#include "audit/record_audit.h"
#include "log/sqlite_state.h"
#include "rules/overlay.h"

namespace comity::audit {

/// The part of an audit that needs order: admits each checked entry again on a state of its own,
/// and accounts for what is absent. One thread.
///
/// After an entry that is bad or unreadable nobody can say what the rules would decide: from there
/// on entries are checked each on their own, and the report says from where.
class EntryAdmission {
 public:
  /// REQUIRES: files, keys and report outlive it.
  [[nodiscard]] static Result<EntryAdmission> open(const Files& files, const AuditOptions& options,
                                                   KeyBook& keys, Report& report);
  EntryAdmission(EntryAdmission&&) noexcept;
  EntryAdmission& operator=(EntryAdmission&&) = delete;
  EntryAdmission(const EntryAdmission&) = delete;
  EntryAdmission& operator=(const EntryAdmission&) = delete;
  ~EntryAdmission();

  /// Faults (of the scratch store) are returned; all else is reported.
  Result<void> take(AuditedEntry& entry);
  /// Admission can't be judged from this entry on.
  void end(std::uint64_t entry);
  /// What only the end of the log can tell: whether each absent public item was erased, whether
  /// what was erased is gone, and whether the charter names the key that signed the checkpoint.
  Result<void> finish();

 private:
  struct Scratch;
  /// A place at which zeros stand since the entry `by`.
  struct Erasure {
    std::uint64_t by = 0;
    filing::ItemPlace place;
  };

  EntryAdmission(const Files& files, const AuditOptions& options, KeyBook& keys, Report& report);
  Result<void> admit(AuditedEntry& entry);
  Result<void> open_record();
  void count(const log::CheckedEntry& checked, std::uint64_t index);
  /// An object that was counted as sealed and that this entry discloses or erases is sealed no
  /// more.
  void recount(std::uint64_t index, const rules::AdmittedEntry& entry);
  Result<void> flush();
  Result<void> account_for_absent();
  Result<void> account_for_erased();

  const Files* files_;
  const AuditOptions* options_;
  KeyBook* keys_;
  Report* report_;
  std::unique_ptr<Scratch> scratch_;
  std::optional<RecordAudit> record_;  // uses the scratch
  /// Public items without content, to be explained by an erasure by the end of the log.
  std::vector<filing::ItemPlace> absent_;
  std::vector<Erasure> erasures_;
};

}  // namespace comity::audit
