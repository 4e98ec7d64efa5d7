#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/time.h"
#include "crypto/merkle.h"
#include "filing/control.h"

namespace comity::audit {

/// One thing that is not as it must be.
struct Finding {
  std::string code;                    ///< a refusal's code, or one of the audit's own
  std::string sentence;                ///< names the file, entry or item
  std::optional<std::uint64_t> entry;  ///< where it belongs to one
  std::vector<std::string> files{};    ///< then where the entry lies: "PATH" or "PATH at byte N"
};

/// The digests of the record, recomputed (record_audit.h).
struct RecordReport {
  std::uint64_t size = 0;  ///< how many entries were folded
  filing::RecordDigest digest;
  std::uint64_t checked = 0;     ///< filed digests that were recomputed
  std::uint64_t superseded = 0;  ///< filed before an erasure of what they rest on; on trust
};

/// What an audit looked at, and what it found.
struct Report {
  std::string origin;
  crypto::TreeHead head;
  UnixSeconds time{};

  std::uint64_t entries = 0;
  std::uint64_t filings = 0;
  std::uint64_t controls = 0;
  // Each object once: as its manifest has it, whatever became of it.
  std::uint64_t public_objects = 0;
  std::uint64_t hidden_objects = 0;
  // Of these, each whose content is not at hand here once, by the reason at the log's end.
  std::uint64_t sealed_objects = 0;  ///< hidden, neither disclosed nor erased
  std::uint64_t erased_objects = 0;  ///< by a signed erasure, whether public, disclosed or hidden
  std::uint64_t held_objects = 0;    ///< withheld while on legal hold: on trust until it ends
  std::uint64_t parties = 0;
  std::uint64_t keys = 0;
  std::uint64_t tiles = 0;
  std::uint64_t bytes = 0;                ///< of entries, manifests and contents
  std::uint64_t earlier_checkpoints = 0;  ///< held against this log

  /// Nothing where the record was left out.
  std::optional<RecordReport> record;

  /// The entry from which on admission could not be judged, because one before it is bad.
  std::optional<std::uint64_t> admission_ends;
  std::vector<Finding> findings;
  /// Whether the audit ended because there were more than kFindings. Otherwise none would end that
  /// looks for the 2^60 entries of a checkpoint that only claims them.
  bool cut_short = false;

  [[nodiscard]] bool clean() const { return findings.empty(); }
  /// Keeps the first kFindings; the audit ends at the next.
  void add(Finding finding);
  void add(const Error& error, std::optional<std::uint64_t> entry = std::nullopt);

  static constexpr std::size_t kFindings = 1000;
};

}  // namespace comity::audit
