#include "log/segment_reader.h"

#include "filing/manifest.h"
#include "log/segment_writer.h"

#include "tests/crash/memory_files.h"
#include "tests/golden.h"
#include "tests/log/sample_log.h"

namespace comity::log {
namespace {

using crypto::TreeSize;

constexpr std::uint64_t kSmallSegment = 600;  // a few records a file
constexpr SegmentKind kVisible = SegmentKind::visible;

SegmentWriter open_writer(Files& files, std::uint64_t size) {
  auto writer = SegmentWriter::open(files, kVisible, TreeSize{size}, kSmallSegment);
  COMITY_ASSERT(writer.has_value());
  return std::move(*writer);
}

/// Adds the visible records of the entries, one write for all.
void write(SegmentWriter& writer, Files& files, std::uint64_t first, std::uint64_t end) {
  for (std::uint64_t i = first; i < end; ++i) {
    const sample::Content content(i);
    if (sample::has_manifest(i))
      writer.add(i, content.view().manifest, content.view().public_parts);
  }
  COMITY_ASSERT(writer.write(files).has_value());
}

void expect_same(const StoredRecord& stored, std::uint64_t index) {
  const sample::Content content(index);
  const EntryContent wanted = content.view();
  EXPECT_EQ(stored.record.entry, index);
  EXPECT_TRUE(equal(stored.record.manifest, wanted.manifest));
  ASSERT_EQ(stored.record.parts.size(), wanted.public_parts.size());
  for (std::size_t i = 0; i < wanted.public_parts.size(); ++i) {
    EXPECT_EQ(stored.record.parts[i].ordinal, wanted.public_parts[i].ordinal);
    EXPECT_TRUE(equal(stored.record.parts[i].content, wanted.public_parts[i].content));
  }
}

SegmentReader open_reader(const Files& files, std::uint64_t size) {
  auto reader = SegmentReader::open(files, kVisible, TreeSize{size});
  COMITY_ASSERT(reader.has_value());
  return *reader;
}

/// Every record one by one, and in the order of the entries.
void expect_all(const Files& files, std::uint64_t size) {
  const SegmentReader reader = open_reader(files, size);
  auto cursor = SegmentCursor::open(reader).value();
  for (std::uint64_t i = 0; i < size; ++i) {
    const auto record = reader.read(i);
    ASSERT_TRUE(record) << record.error().sentence();
    ASSERT_EQ(record->has_value(), sample::has_manifest(i)) << i;
    if (*record) expect_same(**record, i);
    const auto taken = cursor.take(i);
    ASSERT_TRUE(taken) << taken.error().sentence();
    ASSERT_EQ(taken->has_value(), sample::has_manifest(i)) << i;
    if (*taken) expect_same(**taken, i);
  }
  EXPECT_EQ(cursor.next_entry(), std::nullopt);
}

TEST(Segments, WhatIsWrittenInBatchesIsReadBackAcrossFiles) {
  crash::MemoryFiles files;
  SegmentWriter writer = open_writer(files, 0);
  write(writer, files, 0, 1);
  write(writer, files, 1, 40);
  write(writer, files, 40, 41);
  writer = open_writer(files, 41);
  write(writer, files, 41, 90);
  expect_all(files, 90);
  const auto names = files.list("segments/public").value();
  EXPECT_GT(names.size(), 5U);
  for (const std::string& name : names)
    if (name != "index") {
      EXPECT_LE(**files.size("segments/public/" + name), kSmallSegment);
    }
}

TEST(Segments, APartIsReadByItsPlace) {
  crash::MemoryFiles files;
  SegmentWriter writer = open_writer(files, 0);
  write(writer, files, 0, 30);
  const SegmentReader reader = open_reader(files, 30);
  const sample::Content content(4);
  const auto part = reader.read_part({.entry = 4, .ordinal = 0}).value();
  ASSERT_TRUE(part);
  EXPECT_TRUE(equal(part->salt(), content.view().public_parts[0].salt));
  EXPECT_TRUE(equal(part->content(), content.view().public_parts[0].content));
  EXPECT_FALSE(part->erased());
  EXPECT_FALSE(reader.read_part({.entry = 4, .ordinal = 1}).value());
  EXPECT_FALSE(reader.read_part({.entry = 5, .ordinal = 0}).value());
  EXPECT_FALSE(reader.read_part({.entry = 99, .ordinal = ~std::uint64_t{0}}).value());
  auto cursor = SegmentCursor::open(reader, 5).value();
  EXPECT_EQ(cursor.next_entry(), 6U);
  EXPECT_EQ(cursor.take(9).error().code(), "segment-damaged");  // 6 was not taken
}

TEST(Segments, WhatLiesBeyondTheSizeIsCutBack) {
  for (const std::uint64_t size : {0, 1, 2, 3, 17, 30}) {
    crash::MemoryFiles files;
    SegmentWriter writer = open_writer(files, 0);
    write(writer, files, 0, size);
    write(writer, files, size, size + 60);  // a batch that is lost, of several files
    ASSERT_EQ(open_reader(files, size).records(), (size + 2) / 3 + (size + 1) / 3);
    SegmentWriter again = open_writer(files, size);
    EXPECT_EQ(**files.size("segments/public/index"),
              open_reader(files, size).records() * kIndexRow);
    write(again, files, size, 90);
    expect_all(files, 90);
  }
}

RC_GTEST_PROP(SegmentsProperty, ATornTailIsCutBack, (std::uint64_t seed)) {
  const auto size = *rc::gen::inRange<std::uint64_t>(0, 30);
  crash::MemoryFiles files;
  SegmentWriter writer = open_writer(files, 0);
  write(writer, files, 0, size);
  RC_ASSERT(files.sync().has_value());
  write(writer, files, size, size + *rc::gen::inRange<std::uint64_t>(0, 60));
  files.cut_power();
  const auto disk = files.after_power_cut(seed);
  SegmentWriter again = open_writer(*disk, size);
  write(again, *disk, size, 40);
  expect_all(*disk, 40);
}

TEST(Segments, ATornRowIsNotTakenForTheFirst) {
  crash::MemoryFiles files;
  SegmentWriter writer = open_writer(files, 0);
  write(writer, files, 0, 30);
  const SegmentReader reader = open_reader(files, 30);
  // Rows of a lost batch of which only the last sector reached the disk: entry 0 is there, too.
  Bytes torn;
  for (int i = 0; i < 40; ++i)
    append_row(torn, {.entry = 0, .segment = 0, .offset = 0, .size = reader.row(0)->size});
  ASSERT_TRUE(files.append("segments/public/index", reader.records() * kIndexRow, torn));
  EXPECT_EQ(open_reader(files, 30).records(), reader.records());
}

TEST(Segments, NoCommittedRecordIsCutBackForDamage) {
  crash::MemoryFiles files;
  SegmentWriter writer = open_writer(files, 0);
  write(writer, files, 0, 30);
  const Bytes index = **files.read("segments/public/index", 1 << 20);
  // Each bit of the last row: the row is damaged, not the tail of a lost batch.
  for (std::size_t bit = 0; bit < 8 * kIndexRow; ++bit) {
    Bytes bad = index;
    bad[bad.size() - kIndexRow + bit / 8] ^= static_cast<std::byte>(1U << bit % 8);
    ASSERT_TRUE(files.write("segments/public/index", bad));
    const auto opened = SegmentWriter::open(files, kVisible, TreeSize{30}, kSmallSegment);
    ASSERT_FALSE(opened) << "bit " << bit;
    EXPECT_TRUE(opened.error().code() == "segment-damaged" ||
                opened.error().code() == "segment-missing");
  }
  for (std::size_t rows = 0; rows < index.size() / kIndexRow; ++rows) {
    ASSERT_TRUE(files.write("segments/public/index", ByteView(index).first(rows * kIndexRow)));
    const auto opened = SegmentWriter::open(files, kVisible, TreeSize{30}, kSmallSegment);
    ASSERT_FALSE(opened) << rows << " rows";
    EXPECT_EQ(opened.error().code(), "segment-damaged");
  }
  ASSERT_TRUE(files.write("segments/public/index", index));
  EXPECT_TRUE(SegmentReader::open(files, kVisible, TreeSize{30}));
}

TEST(Segments, NothingIsSoughtBehindTheGreatestNumber) {
  // An index that was made up: each row follows the one before it, the first stands nowhere.
  crash::MemoryFiles files;
  Bytes segment;
  Bytes index;
  for (std::uint64_t entry = 0; entry < 2; ++entry) {
    IndexRow row{.entry = entry, .segment = kSegmentEnd - 1, .offset = segment.size()};
    append_record(segment, entry, as_bytes("manifest"), {});
    row.size = static_cast<std::uint32_t>(segment.size() - row.offset);
    append_row(index, row);
  }
  ASSERT_TRUE(files.write("segments/public/index", index));
  ASSERT_TRUE(files.write("segments/public/99999999.seg", segment));
  const SegmentReader reader = open_reader(files, 2);
  EXPECT_EQ(as_text(reader.read(1)->value().record.manifest), "manifest");
  EXPECT_EQ(SegmentCursor::open(reader).error().code(), "segment-damaged");
}

TEST(Segments, ADamagedOrMissingRecordIsNamed) {
  crash::MemoryFiles files;
  SegmentWriter writer = open_writer(files, 0);
  write(writer, files, 0, 30);
  const std::string path = "segments/public/00000000.seg";
  const Bytes whole = **files.read(path, 1 << 20);
  const SegmentReader reader = open_reader(files, 30);
  const IndexRow row = reader.find(3)->value();
  for (std::size_t at = 0; at < kRecordHead; ++at) {
    Bytes bad = whole;
    bad[row.offset + at] ^= std::byte{0x40};
    ASSERT_TRUE(files.write(path, bad));
    const auto record = reader.read(3);
    ASSERT_FALSE(record) << at;
    EXPECT_EQ(record.error().code(), "segment-damaged");
    EXPECT_NE(record.error().sentence().find("entry 3 at byte " + std::to_string(row.offset)),
              std::string::npos);
    EXPECT_FALSE(reader.read_part({.entry = 3, .ordinal = 0})) << at;
  }
  ASSERT_TRUE(files.remove(path));
  EXPECT_EQ(reader.read(3).error().code(), "segment-missing");
  auto cursor = SegmentCursor::open(reader).value();
  EXPECT_EQ(cursor.take().error().code(), "segment-missing");
}

TEST(Segments, AnErasedPartIsZerosInBothKindsAndStaysSo) {
  crash::MemoryFiles files;
  SegmentWriter visible = open_writer(files, 0);
  write(visible, files, 0, 30);
  auto hidden = SegmentWriter::open(files, SegmentKind::hidden, TreeSize{0}).value();
  const sample::Content content(4);
  hidden.add(4, {}, content.view().public_parts);
  ASSERT_TRUE(hidden.write(files));

  EXPECT_EQ(erase(files, TreeSize{30}, {.entry = 4, .ordinal = 0}).value(), 2U);
  for (const SegmentKind kind : {kVisible, SegmentKind::hidden}) {
    const auto reader = SegmentReader::open(files, kind, TreeSize{30}).value();
    const auto part = reader.read_part({.entry = 4, .ordinal = 0})->value();
    EXPECT_TRUE(part.erased());
    EXPECT_EQ(part.content().size(), content.view().public_parts[0].content.size());
    EXPECT_TRUE(is_erased(reader.read(4)->value().record.parts[0]));
  }
  EXPECT_TRUE(open_reader(files, 30).read_part({.entry = 7, .ordinal = 0}).value());
  EXPECT_FALSE(open_reader(files, 30).read_part({.entry = 7, .ordinal = 0})->value().erased());
  EXPECT_EQ(erase(files, TreeSize{30}, {.entry = 4, .ordinal = 0}).value(), 2U);
  EXPECT_EQ(erase(files, TreeSize{30}, {.entry = 5, .ordinal = 0}).value(), 0U);
  EXPECT_EQ(erase(files, TreeSize{30}, {.entry = 4, .ordinal = 9}).value(), 0U);
}

TEST(Segments, GoldenErasure) {
  crash::MemoryFiles files;
  SegmentWriter writer = open_writer(files, 0);
  const std::vector<Bytes> salts = {Bytes(16, std::byte{1}), Bytes(16, std::byte{2})};
  const std::string id = "note--2d9c3b0f-5a0c-4a6b-9a63-3d1b1f0e8c5a";
  const auto note = [&](const std::string& modified, const std::string& content) {
    return to_bytes(R"({"type":"note","id":")" + id + R"(","modified":")" + modified +
                    R"(","content":")" + content + "\"}");
  };
  const std::vector<Bytes> contents = {note("1970-01-01T00:00:01Z", "kept"),
                                       note("1970-01-01T00:00:01.000001Z", "erased")};
  std::vector<filing::Item> items;
  std::vector<rules::Part> parts;
  for (std::uint32_t i = 0; i < 2; ++i) {
    items.push_back({.digest = filing::digest_content(salts[i], contents[i]),
                     .id = id,
                     .version = UnixMicros{1'000'000 + i},
                     .revoked = false});
    parts.push_back({.ordinal = i, .salt = salts[i], .content = contents[i]});
  }
  writer.add(7, filing::write_manifest(items), parts);
  ASSERT_TRUE(writer.write(files));
  const std::string path = "segments/public/00000000.seg";
  const Bytes before = **files.read(path, 1 << 20);
  ASSERT_EQ(erase(files, TreeSize{8}, {.entry = 7, .ordinal = 1}).value(), 1U);
  testing::expect_golden("erasure/one-part.bin", **files.read(path, 1 << 20));
  testing::expect_golden("erasure/one-part.json", "{\n  \"before\": \"" + to_hex(before) +
                                                      "\",\n  \"erased\": [[7, 1]]\n}\n");
}

}  // namespace
}  // namespace comity::log
