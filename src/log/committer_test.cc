#include "log/committer.h"

#include <functional>

#include "crypto/vkey.h"
#include "log/log_reader.h"
#include "log/segment_reader.h"

#include "tests/crash/forwarded_files.h"
#include "tests/crash/memory_files.h"
#include "tests/golden.h"
#include "tests/log/sample_log.h"

namespace comity::log {
namespace {

using crash::MemoryFiles;

Result<Committer> open(Files& files) { return Committer::open(files, sample::signer()); }

/// A log of `size` entries in one commit, closed again.
void make_log(Files& files, std::uint64_t size) {
  auto committer = Committer::create(files, sample::signer()).value();
  COMITY_ASSERT(committer.commit_unadmitted(sample::Batch(0, size).view()).has_value());
}

TEST(Committer, CommitsWhatReadersThenFind) {
  MemoryFiles files;
  const auto vkey = crypto::make_vkey(sample::kOrigin, sample::key().public_key()).value();
  auto committer = Committer::create(files, sample::signer()).value();
  EXPECT_EQ(LogReader::open(files, vkey)->size(), 0U);
  std::uint64_t size = 0;
  for (const std::uint64_t more : {1, 2, 253, 1, 300, 0}) {
    const crypto::TreeHead before = committer.head();
    const auto checkpoint = committer.commit_unadmitted(sample::Batch(size, more).view());
    ASSERT_TRUE(checkpoint) << checkpoint.error().sentence();
    size += more;
    const auto reader = LogReader::open(files, vkey);
    ASSERT_TRUE(reader);
    EXPECT_EQ(reader->head(), checkpoint->checkpoint.head());
    EXPECT_EQ(reader->size(), size);
    EXPECT_TRUE(reader->prove_consistency(before));
    EXPECT_EQ(reader->entry(crypto::LeafIndex{size - 1}).value(), sample::entry(size - 1));
  }
  const auto hidden =
      SegmentReader::open(files, SegmentKind::hidden, committer.head().size).value();
  EXPECT_EQ(hidden.records(), (size + 4) / 5);
  EXPECT_TRUE(hidden.read(10).value());
  EXPECT_FALSE(hidden.read(11).value());
}

TEST(Committer, GoldenCheckpoint) {
  MemoryFiles files;
  make_log(files, 3);
  const auto committer = open(files).value();
  const auto vkey = crypto::make_vkey(sample::kOrigin, sample::key().public_key()).value();
  testing::expect_golden("checkpoint/size-3.txt", **files.read("checkpoint", 1 << 16));
  testing::expect_golden("checkpoint/size-3.json",
                         "{\n  \"vkey\": \"" + crypto::print(vkey) + "\",\n  \"origin\": \"" +
                             std::string(sample::kOrigin) + "\",\n  \"size\": 3,\n  \"root\": \"" +
                             to_hex(committer.head().root.view()) + "\"\n}\n");
}

TEST(Committer, MakesALogOnlyWhereThereIsNone) {
  MemoryFiles files;
  EXPECT_EQ(open(files).error().code(), "log-missing");
  make_log(files, 3);
  EXPECT_EQ(Committer::create(files, sample::signer()).error().code(), "log-exists");
  // A checkpoint that was lost is not a log that is new.
  ASSERT_TRUE(files.remove("checkpoint"));
  EXPECT_EQ(Committer::create(files, sample::signer()).error().code(), "log-exists");
  EXPECT_EQ(open(files).error().code(), "log-damaged");
}

TEST(Committer, OneWriterOfOneCopy) {
  MemoryFiles files;
  make_log(files, 3);
  auto first = open(files).value();
  EXPECT_EQ(open(files).error().code(), "registry-locked");
  const auto copy = files.copied_to("elsewhere");
  EXPECT_EQ(open(*copy).error().code(), "store-moved");
  ASSERT_TRUE(adopt(*copy));
  EXPECT_TRUE(open(*copy));

  // Somebody adopts the directory under the writer's feet.
  ASSERT_TRUE(adopt(files));
  const auto commit = first.commit_unadmitted(sample::Batch(3, 1).view());
  ASSERT_FALSE(commit);
  EXPECT_NE(commit.error().sentence().find("adopted"), std::string::npos);
  EXPECT_TRUE(first.ended());
}

TEST(Committer, SignsNothingOverACheckpointThatItDoesNotContinue) {
  MemoryFiles files;
  auto committer = Committer::create(files, sample::signer()).value();
  ASSERT_TRUE(committer.commit_unadmitted(sample::Batch(0, 3).view()));
  const Bytes older = **files.read("checkpoint", 1 << 16);
  ASSERT_TRUE(committer.commit_unadmitted(sample::Batch(3, 3).view()));
  ASSERT_TRUE(files.replace("checkpoint", older));
  const auto commit = committer.commit_unadmitted(sample::Batch(6, 3).view());
  ASSERT_FALSE(commit);
  EXPECT_NE(commit.error().fault(), nullptr);
  EXPECT_EQ(**files.read("checkpoint", 1 << 16), older);
  EXPECT_FALSE(committer.commit_unadmitted(sample::Batch(6, 3).view()));
}

/// Somebody else does something to the directory at each sync.
class Intruded final : public crash::ForwardedFiles {
 public:
  using ForwardedFiles::ForwardedFiles;
  std::function<void()> at_sync;

  Result<void> sync() override {
    if (at_sync) at_sync();
    return ForwardedFiles::sync();
  }
};

TEST(Committer, SignsNothingOverWhatCameWhileItWrote) {
  MemoryFiles disk;
  make_log(disk, 3);
  const Bytes older = **disk.read("checkpoint", 1 << 16);
  ASSERT_TRUE(open(disk).value().commit_unadmitted(sample::Batch(3, 3).view()));
  const Bytes newer = **disk.read("checkpoint", 1 << 16);
  Intruded files(disk);
  {
    auto committer = open(files).value();
    files.at_sync = [&] { EXPECT_TRUE(disk.replace("checkpoint", older)); };
    const auto commit = committer.commit_unadmitted(sample::Batch(6, 3).view());
    ASSERT_FALSE(commit);
    EXPECT_NE(commit.error().fault(), nullptr);
    EXPECT_EQ(**disk.read("checkpoint", 1 << 16), older);
    EXPECT_TRUE(committer.ended());
  }
  ASSERT_TRUE(disk.replace("checkpoint", newer));
  files.at_sync = nullptr;
  auto committer = open(files).value();
  files.at_sync = [&] { EXPECT_TRUE(adopt(disk)); };
  const auto commit = committer.commit_unadmitted(sample::Batch(6, 3).view());
  ASSERT_FALSE(commit);
  EXPECT_NE(commit.error().sentence().find("adopted"), std::string::npos);
  EXPECT_EQ(**disk.read("checkpoint", 1 << 16), newer);
}

TEST(Committer, MakesDurableWhatItOpensAt) {
  MemoryFiles files;
  make_log(files, 3);
  const Bytes older = **files.read("checkpoint", 1 << 16);
  ASSERT_TRUE(open(files).value().commit_unadmitted(sample::Batch(3, 3).view()));
  const Bytes newer = **files.read("checkpoint", 1 << 16);
  // A process that was killed while it replaced the checkpoint: the newer one is there to be read,
  // but not yet for good.
  ASSERT_TRUE(files.replace("checkpoint", older));
  ASSERT_TRUE(files.write("checkpoint", newer));
  ASSERT_TRUE(open(files));
  files.cut_power();
  for (std::uint64_t seed = 0; seed < 16; ++seed)
    EXPECT_EQ(**files.after_power_cut(seed)->read("checkpoint", 1 << 16), newer) << seed;
}

TEST(Committer, OpensNoLogOfAnotherKeyOrOrigin) {
  MemoryFiles files;
  make_log(files, 3);
  const auto other =
      crypto::SecretKey::from(crypto::Algorithm::ed25519, crypto::Secret(Bytes(32, std::byte{8})))
          .value();
  EXPECT_EQ(Committer::open(files, {.origin = std::string(sample::kOrigin), .key = &other})
                .error()
                .code(),
            "note-unsigned");
  EXPECT_FALSE(
      Committer::open(files, {.origin = "example.org/other", .key = sample::signer().key}));
  EXPECT_TRUE(open(files));
}

TEST(Committer, BeginsNoBatchWithoutRoom) {
  MemoryFiles files;
  make_log(files, 3);
  auto committer = open(files).value();
  files.set_free_space(std::uint64_t{64} << 20);
  const auto calls = files.calls();
  const auto commit = committer.commit_unadmitted(sample::Batch(3, 1).view());
  ASSERT_FALSE(commit);
  EXPECT_NE(commit.error().fault(), nullptr);
  EXPECT_EQ(files.calls(), calls);
  EXPECT_FALSE(committer.ended());
  files.set_free_space(std::uint64_t{80} << 20);
  EXPECT_TRUE(committer.commit_unadmitted(sample::Batch(3, 1).view()));
}

TEST(Committer, RoomForABatchIsRoomForItsContentToo) {
  // 20 MiB, with 64 in reserve.
  const Bytes content(std::size_t{20} << 20, std::byte{'x'});
  const Bytes salt = sample::text("salt", 0, filing::kSaltBytes);
  const rules::Part part{.ordinal = 0, .salt = salt, .content = content};
  const Bytes entry = sample::entry(3);
  const EntryContent in_public{.entry = entry,
                               .leaf = crypto::leaf_hash(entry),
                               .manifest = {},
                               .public_parts = std::span(&part, 1),
                               .hidden_parts = {}};
  EntryContent in_hidden = in_public;
  std::swap(in_hidden.public_parts, in_hidden.hidden_parts);
  for (const EntryContent& what : {in_public, in_hidden}) {
    MemoryFiles files;
    make_log(files, 3);
    auto committer = open(files).value();
    files.set_free_space(std::uint64_t{74} << 20);
    const auto calls = files.calls();
    const auto commit = committer.commit_unadmitted(std::span(&what, 1));
    ASSERT_FALSE(commit);
    EXPECT_NE(commit.error().fault(), nullptr);
    EXPECT_EQ(files.calls(), calls);
    EXPECT_FALSE(committer.ended());
    files.set_free_space(std::uint64_t{100} << 20);
    EXPECT_TRUE(committer.commit_unadmitted(std::span(&what, 1)));
  }
}

TEST(Committer, RefusesADamagedEdgeAndLeavesItAlone) {
  for (const std::string path : {"tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/001.p/44",
                                 "segments/public/index", "segments/hidden/index", "checkpoint"}) {
    MemoryFiles files;
    make_log(files, 300);
    const Bytes whole = **files.read(path, 1 << 20);
    Bytes bad = whole;
    bad[bad.size() - 2] ^= std::byte{1};
    ASSERT_TRUE(files.write(path, bad));
    const auto calls = files.calls();
    const auto opened = open(files);
    ASSERT_FALSE(opened) << path;
    EXPECT_EQ(opened.error().code() == "log-damaged", path != "checkpoint") << path;
    EXPECT_EQ(files.calls(), calls) << path;
    ASSERT_TRUE(files.remove(path));
    EXPECT_FALSE(open(files)) << path;
    ASSERT_TRUE(files.write(path, whole));
    EXPECT_TRUE(open(files)) << path;
  }
}

TEST(Committer, ErasesDurably) {
  MemoryFiles files;
  make_log(files, 30);
  auto committer = open(files).value();
  const std::vector<filing::ItemPlace> places = {{.entry = 4, .ordinal = 0},
                                                 {.entry = 10, .ordinal = 1}};
  ASSERT_TRUE(committer.erase(places));
  files.cut_power();
  const auto disk = files.after_power_cut(5);
  const auto size = committer.head().size;
  const auto visible = SegmentReader::open(*disk, SegmentKind::visible, size).value();
  const auto hidden = SegmentReader::open(*disk, SegmentKind::hidden, size).value();
  EXPECT_TRUE(visible.read_part(places[0]).value()->erased());
  EXPECT_TRUE(hidden.read_part(places[1]).value()->erased());
  EXPECT_FALSE(hidden.read_part({.entry = 15, .ordinal = 1}).value()->erased());
}

/// Counts the calls that ask something, and the bytes of the answers.
class CountedFiles final : public crash::ForwardedFiles {
 public:
  using ForwardedFiles::ForwardedFiles;
  mutable std::uint64_t calls = 0;
  mutable std::uint64_t bytes = 0;

  Result<std::optional<Bytes>> read(std::string_view path, std::uint64_t limit) const override {
    return counted(ForwardedFiles::read(path, limit));
  }
  Result<std::optional<Bytes>> read_range(std::string_view path, std::uint64_t offset,
                                          std::uint64_t size) const override {
    return counted(ForwardedFiles::read_range(path, offset, size));
  }
  Result<std::optional<std::uint64_t>> size(std::string_view path) const override {
    ++calls;
    return ForwardedFiles::size(path);
  }
  Result<std::vector<std::string>> list(std::string_view directory) const override {
    ++calls;
    auto names = ForwardedFiles::list(directory);
    if (names)
      for (const std::string& name : *names) bytes += name.size();
    return names;
  }

 private:
  Result<std::optional<Bytes>> counted(Result<std::optional<Bytes>> found) const {
    ++calls;
    if (found && *found) bytes += (*found)->size();
    return found;
  }
};

TEST(Committer, OpensALargeLogByFewSmallReads) {
  constexpr std::uint64_t kBatch = 22'000;
  MemoryFiles disk;
  {
    auto committer = Committer::create(disk, sample::signer()).value();
    for (std::uint64_t size = 0; size < 3 * kBatch; size += kBatch)
      ASSERT_TRUE(committer.commit_unadmitted(sample::Batch(size, kBatch).view()));
  }
  // The smallest of what grows with the log: whoever reads one of its files whole is found out.
  constexpr std::uint64_t kMostBytes = 256 << 10;
  ASSERT_GT(disk.size("segments/hidden/index").value().value(), kMostBytes);

  // A binary search of each index: three reads a step.
  for (const SegmentKind kind : {SegmentKind::visible, SegmentKind::hidden}) {
    const CountedFiles files(disk);
    const auto reader = SegmentReader::open(files, kind, crypto::TreeSize{3 * kBatch}).value();
    EXPECT_GT(reader.records(), kBatch / 2);
    EXPECT_LT(files.calls, 100U);
    EXPECT_LT(files.bytes, 8U << 10);
  }
  // Both indexes, twice, and the right edge of the tree.
  CountedFiles files(disk);
  EXPECT_EQ(crypto::count(open(files).value().head().size), 3 * kBatch);
  EXPECT_LT(files.calls, 500U);
  EXPECT_LT(files.bytes, kMostBytes);
}

}  // namespace
}  // namespace comity::log
