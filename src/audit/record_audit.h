#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "audit/report.h"
#include "base/error.h"
#include "record/fold.h"
#include "rules/admit.h"

namespace comity::audit {

/// The part of an audit that recomputes the digests of the record (`docs/formats/record-digest.md`)
/// from the entries as they are admitted again, and holds against them those that the registrar has
/// filed. One thread.
///
/// A filed digest is *checked* where it is the one that is recomputed. Where it is another one, and
/// something that the record of its size rested on was erased later, nobody can recompute it any
/// more: it is *superseded*, and taken on trust but for what the chain still shows, namely that it
/// follows from the superseded one before it. Any other is a finding.
class RecordAudit {
 public:
  /// Into that directory, which is the caller's to remove. `read` must outlive it.
  [[nodiscard]] static Result<RecordAudit> open(const std::string& directory,
                                                record::ReadEntry read);

  /// Takes the next entry. Faults are of the scratch database.
  Result<void> take(const rules::AdmittedEntry& entry);
  /// Once all are taken: judges what only the end of the log can tell, and reports.
  Result<void> finish(Report& report);

 private:
  /// A digest that was filed and is not the one that was recomputed.
  struct Claim {
    std::uint64_t entry = 0;
    std::uint64_t size = 0;
    record::RecordDigest filed;
    record::RecordDigest found;
  };
  class Gone;

  explicit RecordAudit(record::Fold fold) : fold_(std::move(fold)) {}
  void note_absent(const rules::AdmittedEntry& entry);
  Result<void> hold_against(std::uint64_t entry, const filing::FileDigest& filed);
  /// Whether `claim` follows from `before`, as far as that can be told.
  Result<bool> follows(const Claim& claim, const Claim& before, const Gone& gone) const;

  record::Fold fold_;
  std::vector<filing::ItemPlace> absent_;  // public, but without content
  std::vector<Claim> claims_;
  std::uint64_t checked_ = 0;
};

}  // namespace comity::audit
