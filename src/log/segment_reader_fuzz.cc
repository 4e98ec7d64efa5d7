// An index and segments together, all hostile: what the reader or the cursor gives lies where the
// index says, within its file, and is a record of the entry that was asked for. All else is refused
// with a code that the header names, and a walk ends.
//
// The input is: flags: u8 || size of the log: u64 || bytes of the index: u16 || bytes of the first
// segment: u16 || index || first segment || second segment. Flag 1 is for the hidden kind; with
// flag 2 the segments are the last two that there can be, and else the first two.

#include <algorithm>
#include <array>

#include "log/segment_reader.h"

#include "tests/crash/memory_files.h"
#include "tests/fuzz_target.h"

namespace comity::log {
namespace {

constexpr std::size_t kSegmentsHead = 13;

/// An input taken apart.
struct HostileSegments {
  SegmentKind kind = SegmentKind::visible;
  crypto::TreeSize size{};
  std::uint32_t number = 0;  // of the first segment
  ByteView index;
  std::array<ByteView, 2> segments;

  /// REQUIRES: input.size() >= kSegmentsHead
  explicit HostileSegments(ByteView input) {
    const auto flags = std::to_integer<unsigned>(input.front());
    if ((flags & 1U) != 0) kind = SegmentKind::hidden;
    if ((flags & 2U) != 0) number = kSegmentEnd - 2;
    size = crypto::TreeSize{big_endian<std::uint64_t>(input.subspan(1))};
    ByteView rest = input.subspan(kSegmentsHead);
    const auto take = [&rest](std::size_t bytes) {
      const ByteView taken = rest.first(std::min(bytes, rest.size()));
      rest = rest.subspan(taken.size());
      return taken;
    };
    index = take(big_endian<std::uint16_t>(input.subspan(9)));
    segments[0] = take(big_endian<std::uint16_t>(input.subspan(11)));
    segments[1] = rest;
  }

  void write(Files& files) const {
    const auto put = [&files](const std::string& path, ByteView bytes) {
      if (!bytes.empty()) COMITY_ASSERT(files.write(path, bytes).has_value());
    };
    put(index_path(kind), index);
    for (std::uint32_t i = 0; i < segments.size(); ++i)
      put(path_of(SegmentId{.kind = kind, .number = number + i}), segments[i]);
  }

  /// What the row names, or nothing where no file has it whole.
  [[nodiscard]] std::optional<ByteView> find(const IndexRow& row) const {
    const std::uint32_t which = row.segment - number;
    if (which >= segments.size()) return std::nullopt;
    const ByteView segment = segments[which];
    if (row.offset > segment.size() || row.size > segment.size() - row.offset) return std::nullopt;
    return segment.subspan(row.offset, row.size);
  }
};

void expect_refusal(const Error& error) {
  COMITY_ASSERT(error.code() == "segment-missing" || error.code() == "segment-damaged");
}

void expect_record(const StoredRecord& stored, const IndexRow& row, const HostileSegments& input) {
  const auto bytes = input.find(row);
  COMITY_ASSERT(bytes && equal(stored.bytes, *bytes));
  COMITY_ASSERT(stored.record.entry == row.entry);
  Bytes again;
  append_record(again, row.entry, stored.record.manifest, stored.record.parts);
  COMITY_ASSERT(equal(again, *bytes));
}

/// A record that is read has a plan that says the same.
void hold_row(const SegmentReader& reader, const IndexRow& row, const HostileSegments& input) {
  const auto record = reader.read(row);
  const auto plan = reader.read_plan(row);
  if (!record) expect_refusal(record.error());
  if (!plan) expect_refusal(plan.error());
  if (plan) COMITY_ASSERT(plan->head.entry == row.entry && plan->size == row.size);
  if (!record) return;
  expect_record(*record, row, input);
  COMITY_ASSERT(plan && plan->head.manifest_size == record->record.manifest.size());
  COMITY_ASSERT(plan->parts.size() == record->record.parts.size());
}

/// Each part by itself, as the plan has it, whether or not the others are there.
void hold_parts(const SegmentReader& reader, const IndexRow& row, const HostileSegments& input) {
  const auto plan = reader.read_plan(row);
  if (!plan) return;
  for (const PartPlace& part : plan->parts) {
    const auto stored = reader.read_part({.entry = row.entry, .ordinal = part.ordinal});
    const auto bytes =
        input.find({.entry = row.entry,
                    .segment = row.segment,
                    .offset = row.offset + part.offset,
                    .size = static_cast<std::uint32_t>(filing::kSaltBytes + part.size)});
    COMITY_ASSERT(stored.has_value() == bytes.has_value());
    if (!stored) {
      expect_refusal(stored.error());
      continue;
    }
    COMITY_ASSERT(*stored && equal((*stored)->bytes, *bytes));
    COMITY_ASSERT((*stored)->content().size() == part.size);
    COMITY_ASSERT((*stored)->erased() == equal(*bytes, Bytes(bytes->size())));
  }
}

/// By its entry a record is found, or is not, or is refused.
void hold_entry(const SegmentReader& reader, std::uint64_t entry, const HostileSegments& input) {
  const auto row = reader.find(entry);
  COMITY_ASSERT(row.has_value());  // the rows are there
  const auto record = reader.read(entry);
  if (!*row) {
    COMITY_ASSERT(record && !*record);
    COMITY_ASSERT(!reader.read_part({.entry = entry, .ordinal = 0}).value());
    return;
  }
  COMITY_ASSERT((*row)->entry == entry);
  hold_parts(reader, **row, input);
  if (!record) return expect_refusal(record.error());
  COMITY_ASSERT(record->has_value());
  expect_record(**record, **row, input);
}

bool lies_behind(const IndexRow& row, const IndexRow& before) {
  if (row.entry <= before.entry) return false;
  if (row.segment == before.segment) return row.offset == before.offset + before.size;
  return row.segment == before.segment + 1 && row.offset == 0;
}

/// A walk takes the records in the order of the rows, each right behind the one before it.
void hold_walk(const SegmentReader& reader, std::uint64_t from, const HostileSegments& input) {
  auto cursor = SegmentCursor::open(reader, from);
  if (!cursor) return expect_refusal(cursor.error());
  std::uint64_t position = reader.position_of(from).value();
  std::optional<IndexRow> before;
  if (position > 0) before = reader.row(position - 1).value();
  while (const auto entry = cursor->next_entry()) {
    COMITY_ASSERT(position < reader.records());
    const IndexRow row = reader.row(position).value();
    COMITY_ASSERT(row.entry == *entry && *entry >= from);
    COMITY_ASSERT(before ? lies_behind(row, *before) : row.segment == 0 && row.offset == 0);
    const auto taken = cursor->take(*entry);
    if (!taken) return expect_refusal(taken.error());
    COMITY_ASSERT(taken->has_value());
    expect_record(**taken, row, input);
    before = row;
    ++position;
  }
  COMITY_ASSERT(position == reader.records());
}

/// The last row is of the log, and its record ends within its file.
void hold_end(const SegmentReader& reader, const HostileSegments& input) {
  if (reader.records() == 0) return;
  const IndexRow last = reader.row(reader.records() - 1).value();
  COMITY_ASSERT(last.entry < crypto::count(input.size));
  COMITY_ASSERT(input.find(last).has_value());
}

void hold_segments(const HostileSegments& input) {
  crash::MemoryFiles files;
  input.write(files);
  const auto reader = SegmentReader::open(files, input.kind, input.size);
  if (!reader) return expect_refusal(reader.error());
  COMITY_ASSERT(reader->records() <= input.index.size() / kIndexRow);
  hold_end(*reader, input);
  const auto rows = reader->rows(0, ~std::uint64_t{0}).value();
  COMITY_ASSERT(rows.size() == reader->records());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    COMITY_ASSERT(rows[i] == parse_row(input.index.subspan(i * kIndexRow, kIndexRow)));
    hold_row(*reader, rows[i], input);
    hold_entry(*reader, rows[i].entry, input);
  }
  hold_entry(*reader, ~std::uint64_t{0}, input);
  hold_walk(*reader, 0, input);
  hold_walk(*reader, crypto::count(input.size) / 2, input);
}

}  // namespace
}  // namespace comity::log

COMITY_FUZZ_TARGET(log_segment_reader_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  const ByteView input = std::as_bytes(std::span(data, size));
  if (size >= log::kSegmentsHead) log::hold_segments(log::HostileSegments(input));
  return 0;
}
