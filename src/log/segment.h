#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "rules/admit.h"

/// The bytes of segments and of their index: `docs/formats/segment.md`.
namespace comity::log {

/// A segment is begun when the next record would make one larger than this.
inline constexpr std::uint64_t kSegmentBytes = std::uint64_t{64} << 20;
inline constexpr std::size_t kRecordHead = 20;
inline constexpr std::size_t kPartRow = 8;
inline constexpr std::size_t kIndexRow = 24;

/// What the first 20 bytes of a record say.
struct RecordHead {
  std::uint64_t entry = 0;
  std::uint32_t manifest_size = 0;
  std::uint32_t parts = 0;

  bool operator==(const RecordHead&) const = default;
};

/// Where a part lies in its record.
struct PartPlace {
  std::uint32_t ordinal = 0;
  std::uint32_t offset = 0;  ///< of the salt, from the record's first byte
  std::uint32_t size = 0;    ///< of the content, after the 16 bytes of salt
};

/// What the first 20 + 8 * parts bytes of a record say.
struct RecordPlan {
  RecordHead head;
  std::vector<PartPlace> parts;  ///< ordinals ascend
  std::uint64_t size = 0;        ///< of the whole record

  /// The part of that ordinal, or null.
  [[nodiscard]] const PartPlace* find(std::uint64_t ordinal) const;
};

/// A record taken apart. Views into the bytes that were parsed.
struct Record {
  std::uint64_t entry = 0;
  ByteView manifest;
  std::vector<rules::Part> parts;
};

/// Whether the part was erased: salt and content are zeros.
[[nodiscard]] bool is_erased(const rules::Part& part);

/// One record: where it lies.
struct IndexRow {
  std::uint64_t entry = 0;
  std::uint32_t segment = 0;
  std::uint64_t offset = 0;
  std::uint32_t size = 0;

  bool operator==(const IndexRow&) const = default;
};

/// The size of the record that `append_record` writes.
[[nodiscard]] std::uint64_t record_size(ByteView manifest, std::span<const rules::Part> parts);
/// REQUIRES: ordinals ascend, salts have 16 bytes, the record is at most kSegmentBytes.
void append_record(Bytes& to, std::uint64_t entry, ByteView manifest,
                   std::span<const rules::Part> parts);
/// Strict: the bytes are exactly one record. Refuses `segment-record-malformed`.
[[nodiscard]] Result<Record> parse_record(ByteView bytes);
/// The same of the first bytes alone. REQUIRES: bytes.size() == 20 for the head; for the plan the
/// bytes are at least 20, and those missing are refused.
[[nodiscard]] Result<RecordHead> parse_record_head(ByteView bytes);
[[nodiscard]] Result<RecordPlan> parse_record_plan(ByteView bytes);

void append_row(Bytes& to, const IndexRow& row);
/// REQUIRES: bytes.size() == 24. Any 24 bytes are a row.
[[nodiscard]] IndexRow parse_row(ByteView bytes);

}  // namespace comity::log
