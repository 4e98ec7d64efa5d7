#pragma once

#include <functional>
#include <string>
#include <vector>

#include "audit/report.h"
#include "base/error.h"
#include "base/files.h"
#include "crypto/vkey.h"

namespace comity::audit {

struct AuditOptions {
  /// The log's key as the auditor knows it from elsewhere: all else is proved from it.
  crypto::Vkey log;
  /// Where admission may be replayed on disk; removed afterwards.
  std::string scratch_directory;
  /// Notes of checkpoints seen earlier (or elsewhere): each must be of this same history.
  std::vector<std::string> earlier_checkpoints;
  /// Whether `segments/hidden` is at hand; a watchdog's copy has none.
  bool with_hidden = true;
  /// Whether this is what a server gives out: of what is on hold it gives out nothing. In the
  /// registry's own directory a hold keeps every byte.
  bool holds_are_withheld = false;
  /// Whether to recompute the digests of the record, and compare those that were filed.
  bool with_record = true;
  unsigned workers = 2;
  std::function<void(std::uint64_t entries_done)> progress;
};

/// Recomputes all that can be recomputed about a log in a directory: the checkpoint's signature;
/// every tile and bundle; every statement's form, signature, manifest and digests; that nothing
/// public is withheld; every admission, by the rules of its time; every byte of the segments;
/// the digests of the record;
/// consistency with earlier checkpoints. Names what is wrong, goes on past damage where it can, and
/// ends on any: it stops behind the thousandth finding.
///
/// A refusal or fault is returned only where there is nothing to audit (no checkpoint, or not this
/// log's); all else is in the report.
[[nodiscard]] Result<Report> audit(const Files& files, const AuditOptions& options);

}  // namespace comity::audit
