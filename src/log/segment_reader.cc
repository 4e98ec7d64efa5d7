#include "log/segment_reader.h"

#include <algorithm>

#include <fmt/format.h>

namespace comity::log {
namespace {

constexpr std::uint64_t kRowsAhead = 4096;
constexpr std::uint64_t kBytesAhead = std::uint64_t{1} << 20;

std::unexpected<Error> damaged(SegmentKind kind, const IndexRow& row, std::string_view how) {
  return refuse("segment-damaged",
                fmt::format("The record of entry {} at byte {} of segment {} in {} {}; restore "
                            "segment and index from a mirror.",
                            row.entry, row.offset, row.segment, segment_directory(kind), how));
}

std::unexpected<Error> missing(SegmentKind kind, const IndexRow& row) {
  return refuse("segment-missing",
                fmt::format("The record of entry {} should stand at byte {} of segment {} in {}, "
                            "and is not there; restore the segment from a mirror.",
                            row.entry, row.offset, row.segment, segment_directory(kind)));
}

bool is_plausible(const IndexRow& row) {
  return row.segment < kSegmentEnd && row.size >= kRecordHead && row.offset <= kSegmentBytes &&
         row.size <= kSegmentBytes;
}

/// Whether `row` can follow `before`: right behind it, or at the beginning of the next file.
bool follows(const std::optional<IndexRow>& before, const IndexRow& row) {
  if (!is_plausible(row)) return false;
  if (!before) return row.segment == 0 && row.offset == 0;
  if (row.entry <= before->entry) return false;
  if (row.segment == before->segment) return row.offset == before->offset + before->size;
  return row.segment == before->segment + 1 && row.offset == 0;
}

}  // namespace

bool StoredBytes::erased() const {
  return is_erased({.ordinal = 0, .salt = salt(), .content = content()});
}

Result<Bytes> SegmentReader::read_bytes(const IndexRow& row, std::uint64_t offset,
                                        std::uint64_t size) const {
  if (!is_plausible(row)) return damaged(kind_, row, "lies where no record can, says the index");
  const std::string path = path_of(SegmentId{.kind = kind_, .number = row.segment});
  COMITY_TRY(auto bytes, files_->read_range(path, row.offset + offset, size));
  if (!bytes) return missing(kind_, row);
  return std::move(*bytes);
}

Result<bool> SegmentReader::is_committed(std::uint64_t position, crypto::TreeSize size) const {
  COMITY_TRY(const IndexRow found, row(position));
  if (found.entry >= crypto::count(size)) return false;
  std::optional<IndexRow> before;
  if (position > 0) {
    COMITY_TRY(before, row(position - 1));
  }
  if (!follows(before, found)) return false;
  const std::string path = path_of(SegmentId{.kind = kind_, .number = found.segment});
  COMITY_TRY(const auto bytes, files_->read_range(path, found.offset, kRecordHead));
  if (!bytes) return false;
  const auto head = parse_record_head(*bytes);
  return head && head->entry == found.entry;
}

Result<void> SegmentReader::check_end(crypto::TreeSize size) const {
  IndexRow last{};
  if (rows_ > 0) {
    COMITY_TRY(last, row(rows_ - 1));
    COMITY_TRY(const auto plan, read_plan(last));
    COMITY_CHECK(read_bytes(last, plan.size - 1, 1));
  }
  const IndexRow behind{.entry = 0, .segment = last.segment, .offset = last.offset + last.size};
  const IndexRow beyond{.entry = 0, .segment = last.segment + 1};
  for (IndexRow next : {behind, beyond}) {
    if (next.segment == kSegmentEnd) continue;  // no file can follow
    const std::string path = path_of(SegmentId{.kind = kind_, .number = next.segment});
    COMITY_TRY(const auto bytes, files_->read_range(path, next.offset, kRecordHead));
    if (!bytes) continue;
    const auto head = parse_record_head(*bytes);
    if (!head || head->entry >= crypto::count(size)) continue;
    if (rows_ > 0 && head->entry <= last.entry) continue;
    next.entry = head->entry;
    return damaged(kind_, next, "belongs to the log, and its row in the index is damaged or gone");
  }
  return {};
}

Result<SegmentReader> SegmentReader::open(const Files& files, SegmentKind kind,
                                          crypto::TreeSize size) {
  SegmentReader reader(files, kind);
  COMITY_TRY(const auto bytes, files.size(index_path(kind)));
  // A row counts if it follows the one before it and the record that it names is there. That holds
  // for all rows of the log, which are durable, and for none behind them: those of a lost batch
  // have later entries, and torn ones (such as zeros, but for the last bytes) follow no other.
  std::uint64_t low = 0;
  std::uint64_t high = bytes.value_or(0) / kIndexRow;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    COMITY_TRY(const bool committed, reader.is_committed(middle, size));
    if (committed) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  reader.rows_ = low;
  COMITY_CHECK(reader.check_end(size));
  return reader;
}

Result<std::vector<IndexRow>> SegmentReader::rows(std::uint64_t first, std::uint64_t count) const {
  count = first >= rows_ ? 0 : std::min(count, rows_ - first);
  COMITY_TRY(const auto bytes,
             files_->read_range(index_path(kind_), first * kIndexRow, count * kIndexRow));
  if (!bytes && count > 0)
    return refuse("segment-missing",
                  fmt::format("{} has fewer rows than a moment ago; restore it from a mirror.",
                              index_path(kind_)));
  std::vector<IndexRow> found;
  found.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i)
    found.push_back(parse_row(ByteView(*bytes).subspan(i * kIndexRow, kIndexRow)));
  return found;
}

Result<IndexRow> SegmentReader::row(std::uint64_t position) const {
  COMITY_TRY(const auto bytes,
             files_->read_range(index_path(kind_), position * kIndexRow, kIndexRow));
  if (bytes) return parse_row(*bytes);
  return refuse("segment-missing", fmt::format("{} has no row {}; restore it from a mirror.",
                                               index_path(kind_), position));
}

Result<std::uint64_t> SegmentReader::position_of(std::uint64_t entry) const {
  std::uint64_t low = 0;
  std::uint64_t high = rows_;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    COMITY_TRY(const IndexRow found, row(middle));
    if (found.entry < entry) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

Result<std::optional<IndexRow>> SegmentReader::find(std::uint64_t entry) const {
  COMITY_TRY(const std::uint64_t position, position_of(entry));
  if (position == rows_) return std::nullopt;
  COMITY_TRY(const IndexRow found, row(position));
  if (found.entry != entry) return std::nullopt;
  return found;
}

Result<RecordPlan> SegmentReader::read_plan(const IndexRow& row) const {
  COMITY_TRY(Bytes bytes, read_bytes(row, 0, kRecordHead));
  const auto head = parse_record_head(bytes);
  if (!head || head->entry != row.entry) return damaged(kind_, row, "is not the record it names");
  COMITY_TRY(bytes, read_bytes(row, 0, kRecordHead + std::uint64_t{head->parts} * kPartRow));
  auto plan = parse_record_plan(bytes);
  if (!plan || plan->size != row.size)
    return damaged(kind_, row, "has not the size that the index says");
  return std::move(*plan);
}

Result<StoredRecord> SegmentReader::read(const IndexRow& row) const {
  COMITY_TRY(auto bytes, read_bytes(row, 0, row.size));
  return parse(row, std::move(bytes));
}

Result<StoredRecord> SegmentReader::parse(const IndexRow& row, Bytes bytes) const {
  StoredRecord stored;
  stored.bytes = std::move(bytes);
  auto record = parse_record(stored.bytes);
  if (!record || record->entry != row.entry)
    return damaged(kind_, row, "is not the record that the index names");
  stored.record = std::move(*record);
  return stored;
}

Result<std::optional<StoredRecord>> SegmentReader::read(std::uint64_t entry) const {
  COMITY_TRY(const auto row, find(entry));
  if (!row) return std::nullopt;
  return read(*row);
}

Result<std::optional<StoredBytes>> SegmentReader::read_part(const filing::ItemPlace& place) const {
  COMITY_TRY(const auto row, find(place.entry));
  if (!row) return std::nullopt;
  COMITY_TRY(const auto plan, read_plan(*row));
  const PartPlace* part = plan.find(place.ordinal);
  if (part == nullptr) return std::nullopt;
  COMITY_TRY(auto bytes, read_bytes(*row, part->offset, filing::kSaltBytes + part->size));
  return StoredBytes{std::move(bytes)};
}

Result<SegmentCursor> SegmentCursor::open(const SegmentReader& reader, std::uint64_t from) {
  SegmentCursor cursor(reader);
  COMITY_TRY(cursor.position_, reader.position_of(from));
  if (cursor.position_ > 0) {
    COMITY_TRY(cursor.before_, reader.row(cursor.position_ - 1));
  }
  COMITY_CHECK(cursor.fill());
  return cursor;
}

Result<void> SegmentCursor::fill() {
  if (next_ < rows_.size()) return {};
  COMITY_TRY(rows_, reader_->rows(position_, kRowsAhead));
  next_ = 0;
  piece_end_ = 0;
  position_ += rows_.size();
  for (const IndexRow& row : rows_) {
    if (!follows(before_, row))
      return damaged(reader_->kind(), row, "does not lie behind the one before it in the index");
    before_ = row;
  }
  return {};
}

/// Reads the next records of one segment at once. Where that fails the piece stays empty and they
/// are read one by one, so that the one that is missing is found, and named.
void SegmentCursor::read_ahead() {
  const IndexRow& first = rows_[next_];
  piece_end_ = next_;
  std::uint64_t size = 0;
  while (piece_end_ < rows_.size() && rows_[piece_end_].segment == first.segment &&
         size + rows_[piece_end_].size <= kBytesAhead)
    size += rows_[piece_end_++].size;
  piece_.clear();
  piece_offset_ = first.offset;
  if (size == 0) return;
  if (auto bytes = reader_->read_bytes(first, 0, size)) piece_ = std::move(*bytes);
}

Result<StoredRecord> SegmentCursor::read_next() {
  const IndexRow& row = rows_[next_];
  if (next_ >= piece_end_) read_ahead();
  if (piece_.empty()) return reader_->read(row);
  return reader_->parse(row,
                        to_bytes(ByteView(piece_).subspan(row.offset - piece_offset_, row.size)));
}

std::optional<std::uint64_t> SegmentCursor::next_entry() const {
  if (next_ == rows_.size()) return std::nullopt;
  return rows_[next_].entry;
}

Result<StoredRecord> SegmentCursor::take() {
  COMITY_ASSERT(next_ < rows_.size());
  COMITY_TRY(auto record, read_next());
  ++next_;
  COMITY_CHECK(fill());
  return record;
}

Result<std::optional<StoredRecord>> SegmentCursor::take(std::uint64_t entry) {
  const auto next = next_entry();
  if (!next || *next > entry) return std::nullopt;
  if (*next < entry)
    return damaged(reader_->kind(), rows_[next_], "belongs to an entry that can have none");
  return take();
}

}  // namespace comity::log
