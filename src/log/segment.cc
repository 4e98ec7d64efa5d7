#include "log/segment.h"

#include <algorithm>

#include "filing/manifest.h"

namespace comity::log {
namespace {

constexpr std::string_view kMagic = "CSEG";

std::unexpected<Error> malformed_record() {
  return refuse("segment-record-malformed",
                "The bytes are not exactly one record of a segment, as docs/formats/segment.md "
                "has it; take them from where the index says.");
}

bool all_zeros(ByteView bytes) {
  return std::ranges::all_of(bytes, [](std::byte b) { return b == std::byte{0}; });
}

std::uint64_t plan_size(const RecordHead& head) {
  return kRecordHead + std::uint64_t{head.parts} * kPartRow;
}

}  // namespace

const PartPlace* RecordPlan::find(std::uint64_t ordinal) const {
  const auto found = std::ranges::lower_bound(
      parts, ordinal, {}, [](const PartPlace& part) { return std::uint64_t{part.ordinal}; });
  return found == parts.end() || found->ordinal != ordinal ? nullptr : &*found;
}

bool is_erased(const rules::Part& part) { return all_zeros(part.salt) && all_zeros(part.content); }

std::uint64_t record_size(ByteView manifest, std::span<const rules::Part> parts) {
  std::uint64_t size = kRecordHead + manifest.size();
  for (const rules::Part& part : parts) size += kPartRow + filing::kSaltBytes + part.content.size();
  return size;
}

void append_record(Bytes& to, std::uint64_t entry, ByteView manifest,
                   std::span<const rules::Part> parts) {
  COMITY_ASSERT(record_size(manifest, parts) <= kSegmentBytes);
  append(to, kMagic);
  append_big_endian(to, entry);
  append_big_endian(to, static_cast<std::uint32_t>(manifest.size()));
  append_big_endian(to, static_cast<std::uint32_t>(parts.size()));
  for (std::size_t i = 0; i < parts.size(); ++i) {
    COMITY_ASSERT(i == 0 || parts[i - 1].ordinal < parts[i].ordinal);
    append_big_endian(to, parts[i].ordinal);
    append_big_endian(to, static_cast<std::uint32_t>(parts[i].content.size()));
  }
  append(to, manifest);
  for (const rules::Part& part : parts) {
    COMITY_ASSERT(part.salt.size() == filing::kSaltBytes);
    append(to, part.salt);
    append(to, part.content);
  }
}

Result<RecordHead> parse_record_head(ByteView bytes) {
  COMITY_ASSERT(bytes.size() >= kRecordHead);
  if (as_text(bytes.first(kMagic.size())) != kMagic) return malformed_record();
  const RecordHead head{.entry = big_endian<std::uint64_t>(bytes.subspan(4)),
                        .manifest_size = big_endian<std::uint32_t>(bytes.subspan(12)),
                        .parts = big_endian<std::uint32_t>(bytes.subspan(16))};
  if (plan_size(head) + head.manifest_size > kSegmentBytes) return malformed_record();
  return head;
}

Result<RecordPlan> parse_record_plan(ByteView bytes) {
  COMITY_TRY(const RecordHead head, parse_record_head(bytes));
  if (bytes.size() < plan_size(head)) return malformed_record();
  RecordPlan plan{.head = head, .parts = {}, .size = plan_size(head) + head.manifest_size};
  plan.parts.reserve(head.parts);
  for (std::uint32_t i = 0; i < head.parts; ++i) {
    const ByteView row = bytes.subspan(kRecordHead + i * kPartRow, kPartRow);
    const PartPlace part{.ordinal = big_endian<std::uint32_t>(row),
                         .offset = static_cast<std::uint32_t>(plan.size),
                         .size = big_endian<std::uint32_t>(row.subspan(4))};
    if (!plan.parts.empty() && plan.parts.back().ordinal >= part.ordinal) return malformed_record();
    plan.size += filing::kSaltBytes + part.size;
    if (plan.size > kSegmentBytes) return malformed_record();
    plan.parts.push_back(part);
  }
  return plan;
}

Result<Record> parse_record(ByteView bytes) {
  if (bytes.size() < kRecordHead) return malformed_record();
  COMITY_TRY(const RecordPlan plan, parse_record_plan(bytes));
  if (plan.size != bytes.size()) return malformed_record();
  Record record{.entry = plan.head.entry,
                .manifest = bytes.subspan(plan_size(plan.head), plan.head.manifest_size),
                .parts = {}};
  record.parts.reserve(plan.parts.size());
  for (const PartPlace& part : plan.parts)
    record.parts.push_back({.ordinal = part.ordinal,
                            .salt = bytes.subspan(part.offset, filing::kSaltBytes),
                            .content = bytes.subspan(part.offset + filing::kSaltBytes, part.size)});
  return record;
}

void append_row(Bytes& to, const IndexRow& row) {
  append_big_endian(to, row.entry);
  append_big_endian(to, row.segment);
  append_big_endian(to, row.offset);
  append_big_endian(to, row.size);
}

IndexRow parse_row(ByteView bytes) {
  COMITY_ASSERT(bytes.size() == kIndexRow);
  return {.entry = big_endian<std::uint64_t>(bytes),
          .segment = big_endian<std::uint32_t>(bytes.subspan(8)),
          .offset = big_endian<std::uint64_t>(bytes.subspan(12)),
          .size = big_endian<std::uint32_t>(bytes.subspan(20))};
}

}  // namespace comity::log
