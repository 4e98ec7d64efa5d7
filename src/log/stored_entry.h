#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <variant>

#include "base/error.h"
#include "codec/json.h"
#include "filing/check.h"
#include "filing/control.h"
#include "log/log_reader.h"
#include "log/segment_reader.h"
#include "rules/admit.h"

namespace comity::log {

/// An entry with all that the log keeps for it.
struct StoredEntry {
  std::uint64_t index = 0;
  Bytes entry;
  std::optional<StoredRecord> visible;
  std::optional<StoredRecord> hidden;
};

/// Walks a log from one entry to the end of its reader, reading bundles and segments in large
/// pieces. One thread. The readers must outlive it.
class EntryWalk {
 public:
  struct Segments {
    const SegmentReader& visible;
    /// Null where the hidden segments are not at hand (a watchdog's copy).
    const SegmentReader* hidden = nullptr;
  };
  [[nodiscard]] static Result<EntryWalk> open(const LogReader& log, const Segments& segments,
                                              std::uint64_t from);

  /// The next entry, or nothing at the end.
  [[nodiscard]] Result<std::optional<StoredEntry>> next();

 private:
  EntryWalk(const LogReader& log, SegmentCursor visible, std::optional<SegmentCursor> hidden,
            std::uint64_t from)
      : log_(&log), visible_(std::move(visible)), hidden_(std::move(hidden)), next_(from) {}

  const LogReader* log_;
  SegmentCursor visible_;
  std::optional<SegmentCursor> hidden_;
  std::uint64_t next_;
  EntryRun run_;
};

/// One entry with all that the log keeps for it. Refuses as LogReader and SegmentReader.
[[nodiscard]] Result<StoredEntry> read_entry(const LogReader& log,
                                             const EntryWalk::Segments& segments,
                                             std::uint64_t index);

/// What `check_entry` makes of a stored entry: the same types as live, so that replay takes the
/// same way through admission.
struct CheckedEntry {
  std::variant<filing::CheckedFiling, filing::CheckedControl> what;
  /// Of a disclosing entry: what its public record holds.
  std::optional<rules::Disclosure> disclosure;
};

/// Form, digests and signature of one stored entry; pure, any thread. Parts that were erased
/// (zeros) are absent in what it gives; whether an erasure stands in the log for each is for the
/// caller. Refuses as filing::check_stored and filing::check_control; `log-record-missing` where a
/// filing's manifest, and `log-record-unexpected` where something for which there is no item, is in
/// the segments. Signatures of filings that are known to be `verified` aren't verified again.
[[nodiscard]] Result<CheckedEntry> check_entry(
    const StoredEntry& stored, const filing::FindKey& find_key, codec::JsonReader& reader,
    const filing::VerifiedStatements* verified = nullptr);

/// Admits it again. Refuses as rules::admit; `log-repeats-entry` where the statement stands in the
/// log already.
[[nodiscard]] Result<rules::AdmittedEntry> readmit(CheckedEntry checked, const rules::State& state,
                                                   const rules::FindItem& find_item,
                                                   codec::JsonReader& reader);

/// Reads items of earlier filings from the log, for control statements. Refuses `item-unknown`
/// where there is none; `log-record-missing`, and as LogReader and SegmentReader, where the log is
/// damaged.
[[nodiscard]] rules::FindItem find_item_in(const LogReader& log,
                                           const EntryWalk::Segments& segments);

}  // namespace comity::log
