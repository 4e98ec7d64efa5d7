#pragma once

#include <optional>

#include "base/bytes.h"
#include "base/error.h"
#include "base/files.h"
#include "log/segment_reader.h"

#include "query/version.h"

namespace comity::query {

/// The bytes of objects, read from the log's segments. One thread; `files` must outlive it.
class Contents {
 public:
  /// For the versions of that snapshot.
  [[nodiscard]] static Result<Contents> open(const Files& files, const Snapshot& snapshot);

  /// The object as it was filed; nothing where it is on hold, or was erased after the snapshot.
  /// Refuses `log-record-missing` where the segments lack it, and as log::SegmentReader.
  [[nodiscard]] Result<std::optional<Bytes>> read(const Version& version) const;

 private:
  explicit Contents(log::SegmentReader segments) : segments_(segments) {}

  log::SegmentReader segments_;
};

}  // namespace comity::query
