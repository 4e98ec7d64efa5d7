// What stands on disk after a power cut, a failed call or a full disk at every step of a commit.

#include <algorithm>
#include <cerrno>

#include "crypto/vkey.h"
#include "log/committer.h"
#include "log/log_reader.h"
#include "log/segment_reader.h"
#include "log/strays.h"

#include "tests/crash/memory_files.h"
#include "tests/log/sample_log.h"

namespace comity::log {
namespace {

using crash::Failure;
using crash::MemoryFiles;
using crypto::TreeHead;

constexpr CommitOptions kSmallOptions{.reserve_bytes = 0, .segment_bytes = 1500};
/// Across one boundary of bundles and several of segments, and many in one batch.
constexpr std::uint64_t kBatches[] = {1, 3, 250, 2, 1, 300, 7};

const crypto::Vkey& vkey() {
  static const auto kept = crypto::make_vkey(sample::kOrigin, sample::key().public_key()).value();
  return kept;
}

/// What the outside knows: the heads that were signed, the last of them answered to filers.
struct Promises {
  std::vector<TreeHead> heads;

  [[nodiscard]] std::uint64_t size() const {
    return heads.empty() ? 0 : crypto::count(heads.back().size);
  }
};

/// Makes the log where there is none, and commits batches until something fails.
void run(MemoryFiles& files, Promises& promises) {
  const bool is_new = promises.heads.empty();
  auto committer = is_new ? Committer::create(files, sample::signer(), kSmallOptions)
                          : Committer::open(files, sample::signer(), kSmallOptions);
  if (!committer) return;
  promises.heads.push_back(committer->head());
  std::uint64_t end = 0;
  for (const std::uint64_t more : kBatches) {
    const std::uint64_t size = crypto::count(committer->head().size);
    end += more;
    if (end <= size) continue;
    const auto done = committer->commit_unadmitted(sample::Batch(size, end - size).view());
    if (!done) {
      EXPECT_NE(done.error().fault(), nullptr);
      if (!files.has_power()) return;
      EXPECT_TRUE(committer->ended());
      const auto again = committer->commit_unadmitted(sample::Batch(size, 1).view());
      EXPECT_NE(again.error().sentence().find("open it again"), std::string::npos);
      return;
    }
    promises.heads.push_back(done->checkpoint.head());
  }
}

void expect_segments(const Files& files, SegmentKind kind, crypto::TreeSize size) {
  const auto reader = SegmentReader::open(files, kind, size);
  ASSERT_TRUE(reader) << reader.error().sentence();
  auto cursor = SegmentCursor::open(*reader).value();
  for (std::uint64_t i = 0; i < crypto::count(size); ++i) {
    const sample::Content content(i);
    const EntryContent wanted = content.view();
    const bool is_visible = kind == SegmentKind::visible;
    const auto parts = is_visible ? wanted.public_parts : wanted.hidden_parts;
    const auto record = cursor.take(i);
    ASSERT_TRUE(record) << record.error().sentence();
    ASSERT_EQ(record->has_value(), is_visible ? sample::has_manifest(i) : sample::has_hidden(i));
    if (!*record) continue;
    Bytes bytes;
    append_record(bytes, i, is_visible ? wanted.manifest : ByteView(), parts);
    ASSERT_TRUE(equal((*record)->bytes, bytes)) << i;
  }
  EXPECT_EQ(cursor.next_entry(), std::nullopt);
}

/// Reads the whole log, computes its root, and proves it consistent with all that was promised.
void expect_whole(const Files& files, const Promises& promises) {
  const auto reader = LogReader::open(files, vkey());
  ASSERT_TRUE(reader) << reader.error().sentence();
  ASSERT_GE(reader->size(), promises.size());
  crypto::CompactRange range;
  for (std::uint64_t next = 0; next < reader->size();) {
    const auto read = reader->read_run(next);
    ASSERT_TRUE(read) << read.error().sentence();
    for (const ByteView entry : read->entries) {
      ASSERT_TRUE(equal(entry, sample::entry(next++)));
      range.append(crypto::leaf_hash(entry));
    }
  }
  EXPECT_EQ(range.head(), reader->head());
  for (const TreeHead& head : promises.heads) {
    const auto proof = reader->prove_consistency(head);
    ASSERT_TRUE(proof) << proof.error().sentence();
  }
  expect_segments(files, SegmentKind::visible, reader->head().size);
  expect_segments(files, SegmentKind::hidden, reader->head().size);
}

/// The number of mutating calls of a run without failure.
std::uint64_t calls_of_a_run() {
  MemoryFiles files;
  Promises promises;
  run(files, promises);
  EXPECT_EQ(promises.heads.size(), std::size(kBatches) + 1);
  expect_whole(files, promises);
  return files.calls();
}

/// The log opens again, goes on to its end, and no file of a lost batch is left among its own.
void expect_goes_on(MemoryFiles& files, Promises promises) {
  // A signed checkpoint may stand there that nobody was told of.
  if (const auto reader = LogReader::open(files, vkey())) {
    expect_whole(files, promises);
    promises.heads.push_back(reader->head());
  } else {
    ASSERT_TRUE(promises.heads.empty()) << reader.error().sentence();
  }
  run(files, promises);
  ASSERT_EQ(promises.size(), 564U);
  expect_whole(files, promises);
  EXPECT_EQ(stray_tiles(files, promises.heads.back().size)->size(), 0U);
  for (const std::string directory : {"tile/0/002.p", "tile/1/000.p", "tile/entries/002.p"}) {
    const auto names = files.list(directory).value();
    EXPECT_GT(names.size(), 0U);
    for (const std::string& name : names)
      EXPECT_TRUE(std::ranges::any_of(promises.heads,
                                      [&](const TreeHead& head) {
                                        const std::uint64_t size = crypto::count(head.size);
                                        const bool is_above = directory == "tile/1/000.p";
                                        return (is_above ? size / kTileWidth : size % kTileWidth) ==
                                               std::stoull(name);
                                      }))
          << directory << '/' << name;
  }
}

TEST(CommitterCrash, APowerCutAtEveryCallLeavesTheOldSizeOrTheNew) {
  const std::uint64_t calls = calls_of_a_run();
  for (std::uint64_t call = 0; call < calls; ++call)
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
      SCOPED_TRACE(testing::Message() << "call " << call << ", seed " << seed);
      MemoryFiles files;
      files.fail_at({.call = call, .kind = Failure::Kind::kPowerCut, .error_number = EIO});
      Promises promises;
      run(files, promises);
      const auto disk = files.after_power_cut(call * 1000 + seed);
      expect_goes_on(*disk, promises);
      if (HasFatalFailure() || HasNonfatalFailure()) return;
    }
}

TEST(CommitterCrash, TwoPowerCutsInARow) {
  const std::uint64_t calls = calls_of_a_run();
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    MemoryFiles files;
    files.fail_at({.call = seed * 7919 % calls, .kind = Failure::Kind::kPowerCut});
    Promises promises;
    run(files, promises);
    auto disk = files.after_power_cut(seed);
    disk->fail_at({.call = seed * 104'729 % 23, .kind = Failure::Kind::kPowerCut});
    if (const auto reader = LogReader::open(*disk, vkey()))
      promises.heads.push_back(reader->head());
    run(*disk, promises);
    disk = disk->after_power_cut(seed + 1000);
    expect_goes_on(*disk, promises);
    if (HasFatalFailure() || HasNonfatalFailure()) return;
  }
}

TEST(CommitterCrash, AFailedCallIsReportedAndReopeningGoesOn) {
  const std::uint64_t calls = calls_of_a_run();
  for (std::uint64_t call = 0; call < calls; ++call)
    for (const auto kind : {Failure::Kind::kNothingDone, Failure::Kind::kHalfDone})
      for (const int error : {EIO, ENOSPC}) {
        SCOPED_TRACE(testing::Message() << "call " << call << ", error " << error);
        MemoryFiles files;
        files.fail_at({.call = call, .kind = kind, .error_number = error});
        Promises promises;
        run(files, promises);
        // A new process, to whom the failed sync is past; what it finds may be what was written.
        const auto disk = files.copied_to("memory");
        expect_goes_on(*disk, promises);
        if (HasFatalFailure() || HasNonfatalFailure()) return;
      }
}

}  // namespace
}  // namespace comity::log
