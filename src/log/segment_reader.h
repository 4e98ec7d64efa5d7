#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "base/files.h"
#include "crypto/merkle.h"
#include "filing/control.h"
#include "log/layout.h"
#include "log/segment.h"

namespace comity::log {

/// A record with the bytes that its views point into. Moves; the views stay valid.
struct StoredRecord {
  Bytes bytes;
  Record record;

  StoredRecord() = default;
  StoredRecord(StoredRecord&&) = default;
  StoredRecord& operator=(StoredRecord&&) = default;
};

/// One part with its bytes.
struct StoredBytes {
  Bytes bytes;  ///< salt, then content

  [[nodiscard]] ByteView salt() const { return ByteView(bytes).first(filing::kSaltBytes); }
  [[nodiscard]] ByteView content() const { return ByteView(bytes).subspan(filing::kSaltBytes); }
  /// All zeros.
  [[nodiscard]] bool erased() const;
};

/// The segments of one kind as a log of one size has them. Reads by range, holds nothing but where
/// the index ends; any thread. `files` must outlive it.
///
/// Refuses `segment-missing` where the index names a file, or bytes of it, that are not there, and
/// `segment-damaged` where record and index contradict each other; both name file and offset.
class SegmentReader {
 public:
  /// Finds where the rows of a log of that size end: whatever lies after it was never committed,
  /// may be torn, and is not looked at. Besides, refuses `segment-damaged` where the segment goes
  /// on with a record of the log that the index lacks.
  [[nodiscard]] static Result<SegmentReader> open(const Files& files, SegmentKind kind,
                                                  crypto::TreeSize size);

  [[nodiscard]] std::uint64_t records() const { return rows_; }
  /// REQUIRES: position < records().
  [[nodiscard]] Result<IndexRow> row(std::uint64_t position) const;
  /// Rows [first, first + count), fewer where they end.
  [[nodiscard]] Result<std::vector<IndexRow>> rows(std::uint64_t first, std::uint64_t count) const;
  /// The position of the first row of that entry or a later one; records() where there is none.
  [[nodiscard]] Result<std::uint64_t> position_of(std::uint64_t entry) const;
  /// The row of the entry, by binary search, or nothing where the entry has no record.
  [[nodiscard]] Result<std::optional<IndexRow>> find(std::uint64_t entry) const;

  [[nodiscard]] Result<StoredRecord> read(const IndexRow& row) const;
  /// The record of the entry, or nothing.
  [[nodiscard]] Result<std::optional<StoredRecord>> read(std::uint64_t entry) const;
  /// One part, without reading the others; nothing where the entry's record has none of that
  /// ordinal.
  [[nodiscard]] Result<std::optional<StoredBytes>> read_part(const filing::ItemPlace& place) const;
  /// The same record's beginning: where its parts lie.
  [[nodiscard]] Result<RecordPlan> read_plan(const IndexRow& row) const;
  /// So many bytes from `offset` in the record on; they may reach into the records behind it in its
  /// segment.
  [[nodiscard]] Result<Bytes> read_bytes(const IndexRow& row, std::uint64_t offset,
                                         std::uint64_t size) const;

  [[nodiscard]] SegmentKind kind() const { return kind_; }

 private:
  friend class SegmentCursor;
  SegmentReader(const Files& files, SegmentKind kind) : files_(&files), kind_(kind) {}

  Result<bool> is_committed(std::uint64_t position, crypto::TreeSize size) const;
  Result<void> check_end(crypto::TreeSize size) const;
  [[nodiscard]] Result<StoredRecord> parse(const IndexRow& row, Bytes bytes) const;

  const Files* files_;
  SegmentKind kind_;
  std::uint64_t rows_ = 0;
};

/// All records of a kind in the order of their entries, index and segments read in large pieces:
/// for replay and audit. Each must lie right behind the one before it, or begin the next file; else
/// `segment-damaged`. One thread. `reader` must outlive it. After a refusal it must be thrown away.
class SegmentCursor {
 public:
  /// Begins with the first record whose entry is at or after `from`.
  [[nodiscard]] static Result<SegmentCursor> open(const SegmentReader& reader,
                                                  std::uint64_t from = 0);

  /// The entry of the next record, or nothing at the end.
  [[nodiscard]] std::optional<std::uint64_t> next_entry() const;
  /// REQUIRES: next_entry() has a value.
  [[nodiscard]] Result<StoredRecord> take();
  /// For a walk over entries: the record of that entry, or nothing where the next record is of a
  /// later one. Refuses `segment-damaged` where an earlier entry's record was not taken.
  [[nodiscard]] Result<std::optional<StoredRecord>> take(std::uint64_t entry);

 private:
  explicit SegmentCursor(const SegmentReader& reader) : reader_(&reader) {}
  Result<void> fill();
  Result<StoredRecord> read_next();
  void read_ahead();

  const SegmentReader* reader_;
  std::uint64_t position_ = 0;      // of the row after those in rows_
  std::vector<IndexRow> rows_;      // read ahead
  std::size_t next_ = 0;            // in rows_
  std::optional<IndexRow> before_;  // the last row read
  Bytes piece_;                     // of a segment, read ahead; empty where that failed
  std::uint64_t piece_offset_ = 0;  // where it begins
  std::size_t piece_end_ = 0;       // the first of rows_ behind it
};

}  // namespace comity::log
