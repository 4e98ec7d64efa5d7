#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/files.h"
#include "crypto/merkle.h"
#include "filing/control.h"
#include "log/layout.h"
#include "log/segment.h"

namespace comity::log {

/// Appends records to the segments of one kind. Holds what was added since the last write. Syncs
/// nothing. Moves. One thread. After a fault of `write` it must be thrown away.
class SegmentWriter {
 public:
  /// Continues the segments of a log of that size, and cuts back whatever lies beyond it: the
  /// remains of a batch that was never committed. Refuses as SegmentReader::open. A `limit` other
  /// than kSegmentBytes is for tests.
  [[nodiscard]] static Result<SegmentWriter> open(Files& files, SegmentKind kind,
                                                  crypto::TreeSize size,
                                                  std::uint64_t limit = kSegmentBytes);

  /// REQUIRES: `entry` is greater than those before it, and as append_record.
  void add(std::uint64_t entry, ByteView manifest, std::span<const rules::Part> parts);

  /// Extends the segments, then the index.
  Result<void> write(Files& files);

 private:
  struct Extension {
    std::uint32_t segment = 0;
    std::uint64_t offset = 0;  // where it begins
    Bytes bytes;
  };

  SegmentWriter(SegmentKind kind, std::uint64_t limit) : kind_(kind), limit_(limit) {}

  SegmentKind kind_;
  std::uint64_t limit_;
  std::uint64_t next_entry_ = 0;  // the least that the next record may have
  std::uint32_t segment_ = 0;     // the last file
  std::uint64_t end_ = 0;         // its size with all that was added
  std::uint64_t index_end_ = 0;   // the index's size without what was added
  std::vector<Extension> extensions_;
  Bytes rows_;
};

/// Overwrites salt and content of a part with zeros, in the public and the hidden record of
/// `place.entry`, as far as they hold it; says in how many they did. The same again changes
/// nothing. An item that was disclosed stands a second time under the disclosing entry: that is
/// another place. Not durable before the caller's sync. Refuses as SegmentReader.
[[nodiscard]] Result<unsigned> erase(Files& files, crypto::TreeSize size,
                                     const filing::ItemPlace& place);

}  // namespace comity::log
