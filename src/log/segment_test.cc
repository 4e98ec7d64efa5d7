#include "log/segment.h"

#include <fmt/format.h>

#include "tests/golden.h"
#include "tests/log/sample_log.h"

namespace comity::log {
namespace {

/// Parts and the bytes that they view.
struct Parts {
  std::vector<Bytes> bytes;
  std::vector<rules::Part> views;

  void add(std::uint32_t ordinal, Bytes salt, Bytes content) {
    bytes.reserve(256);
    bytes.push_back(std::move(salt));
    bytes.push_back(std::move(content));
    views.push_back({.ordinal = ordinal, .salt = bytes[bytes.size() - 2], .content = bytes.back()});
  }
};

Parts any_parts() {
  Parts parts;
  std::uint32_t ordinal = *rc::gen::inRange(0U, 9U);
  for (const auto& content : *rc::gen::resize(
           20, rc::gen::container<std::vector<std::string>>(rc::gen::arbitrary<std::string>()))) {
    parts.add(ordinal, sample::text("salt", ordinal, 16), to_bytes(content));
    ordinal += *rc::gen::inRange(1U, 4U);
  }
  return parts;
}

RC_GTEST_PROP(SegmentProperty, ParsingARecordIsTheInverseOfWriting,
              (std::uint64_t entry, const std::string& manifest)) {
  const Parts parts = any_parts();
  Bytes bytes;
  append_record(bytes, entry, as_bytes(manifest), parts.views);
  RC_ASSERT(bytes.size() == record_size(as_bytes(manifest), parts.views));
  const auto record = parse_record(bytes);
  RC_ASSERT(record.has_value());
  RC_ASSERT(record->entry == entry);
  RC_ASSERT(as_text(record->manifest) == manifest);
  RC_ASSERT(record->parts.size() == parts.views.size());
  const auto plan = parse_record_plan(bytes).value();
  for (std::size_t i = 0; i < parts.views.size(); ++i) {
    const rules::Part& part = record->parts[i];
    RC_ASSERT(part.ordinal == parts.views[i].ordinal);
    RC_ASSERT(equal(part.salt, parts.views[i].salt));
    RC_ASSERT(equal(part.content, parts.views[i].content));
    const PartPlace* place = plan.find(part.ordinal);
    RC_ASSERT(place != nullptr && place->size == part.content.size());
    RC_ASSERT(bytes.data() + place->offset == part.salt.data());
  }
  // Nothing shorter and nothing longer is this record.
  RC_ASSERT(!parse_record(ByteView(bytes).first(*rc::gen::inRange(std::size_t{0}, bytes.size()))));
  bytes.push_back(std::byte{0});
  RC_ASSERT(!parse_record(bytes));
}

RC_GTEST_PROP(SegmentProperty, ParsingARowIsTheInverseOfWriting,
              (std::uint64_t entry, std::uint32_t segment, std::uint64_t offset,
               std::uint32_t size)) {
  const IndexRow row{.entry = entry, .segment = segment, .offset = offset, .size = size};
  Bytes bytes;
  append_row(bytes, row);
  RC_ASSERT(bytes.size() == kIndexRow && parse_row(bytes) == row);
}

TEST(Segment, RefusesWhatNoWriterWrites) {
  Parts parts;
  parts.add(3, Bytes(16, std::byte{1}), to_bytes("three"));
  parts.add(5, Bytes(16, std::byte{2}), to_bytes("five"));
  Bytes good;
  append_record(good, 1, as_bytes("manifest"), parts.views);
  ASSERT_TRUE(parse_record(good));
  const auto with = [&](std::size_t at, unsigned value) {
    Bytes bad = good;
    bad[at] = static_cast<std::byte>(value);
    return bad;
  };
  EXPECT_FALSE(parse_record(with(0, 'X')));                 // another magic
  EXPECT_FALSE(parse_record(with(12, 0xFF)));               // a manifest of 4 GB
  EXPECT_FALSE(parse_record(with(16, 0xFF)));               // 4 billion parts
  EXPECT_FALSE(parse_record(with(kRecordHead + 3, 5)));     // an ordinal twice
  EXPECT_FALSE(parse_record(with(kRecordHead + 3, 6)));     // descending
  EXPECT_FALSE(parse_record(with(kRecordHead + 4, 0xFF)));  // a part of 4 GB
  EXPECT_EQ(parse_record({}).error().code(), "segment-record-malformed");
}

TEST(Segment, ErasedIsAllZerosAlone) {
  const Bytes zeros(20);
  const Bytes salt(16);
  Bytes nearly(20);
  nearly.back() = std::byte{1};
  EXPECT_TRUE(is_erased({.ordinal = 0, .salt = salt, .content = zeros}));
  EXPECT_FALSE(is_erased({.ordinal = 0, .salt = salt, .content = nearly}));
  EXPECT_FALSE(is_erased({.ordinal = 0, .salt = ByteView(nearly).last(16), .content = zeros}));
}

std::string json_of(const Record& record) {
  std::string parts;
  for (const rules::Part& part : record.parts)
    parts += fmt::format("{}[{}, \"{}\", \"{}\"]", parts.empty() ? "" : ", ", part.ordinal,
                         to_hex(part.salt), to_hex(part.content));
  return fmt::format("    {{\"entry\": {}, \"manifest\": \"{}\", \"parts\": [{}]}}", record.entry,
                     to_hex(record.manifest), parts);
}

TEST(Segment, GoldenFile) {
  Parts both;
  both.add(0, Bytes(16, std::byte{0xA0}), to_bytes(R"({"type":"identity"})"));
  both.add(2, Bytes(16), Bytes(11));  // erased
  Parts disclosed;
  disclosed.add(1, Bytes(16, std::byte{0xA1}), to_bytes("[\"all\"]"));
  Bytes segment;
  Bytes index;
  std::string records;
  const auto add = [&](std::uint64_t entry, std::string_view manifest,
                       std::span<const rules::Part> parts) {
    const std::uint64_t offset = segment.size();
    append_record(segment, entry, as_bytes(manifest), parts);
    const ByteView record = ByteView(segment).subspan(offset);
    append_row(index, {.entry = entry,
                       .segment = 0,
                       .offset = offset,
                       .size = static_cast<std::uint32_t>(record.size())});
    records += (records.empty() ? "" : ",\n") + json_of(parse_record(record).value());
  };
  add(0, "the manifest of entry 0", {});
  add(2, "the manifest of entry 2", both.views);
  add(4'294'967'296, "", disclosed.views);
  testing::expect_golden("segment/public.bin", segment);
  testing::expect_golden("segment/public.json",
                         fmt::format("{{\n  \"index\": \"{}\",\n  \"records\": [\n{}\n  ]\n}}\n",
                                     to_hex(index), records));
}

}  // namespace
}  // namespace comity::log
