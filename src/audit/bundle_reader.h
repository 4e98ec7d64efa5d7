#pragma once

#include <optional>

#include "audit/bundle_audit.h"
#include "audit/report.h"
#include "base/files.h"
#include "log/log_reader.h"
#include "log/segment_reader.h"

namespace comity::audit {

/// Reads a log bundle by bundle with what its segments hold for each entry. What can't be read is
/// reported and passed over, so reading always comes to the end. One thread.
class BundleReader {
 public:
  struct Next {
    AuditedBundle audited;
    bool damaged = false;  ///< something of it could not be read
  };

  BundleReader(const Files& files, const crypto::TreeHead& head, bool with_hidden, Report& report);

  [[nodiscard]] std::optional<Next> next();

 private:
  /// The segments of one kind; nothing where they can't be opened.
  struct Source {
    std::optional<log::SegmentReader> reader;
    std::optional<log::SegmentCursor> cursor;
  };

  void open(const Files& files, log::SegmentKind kind, Source& source);
  /// Sets the cursor to the first record at or after the entry; reports where that fails.
  void seek(Source& source, std::uint64_t entry);
  /// The record of an entry; damage is reported, and the cursor set behind it.
  bool read(Source& source, std::uint64_t entry, std::optional<log::StoredRecord>& record);

  log::LogReader log_;
  Report* report_;
  Source visible_;
  Source hidden_;
  std::uint64_t next_ = 0;
};

}  // namespace comity::audit
