#include "log/log_reader.h"

#include "crypto/vkey.h"
#include "log/tree_writer.h"

#include "tests/crash/forwarded_files.h"
#include "tests/crash/memory_files.h"
#include "tests/log/sample_log.h"
#include "tests/naive_merkle.h"

namespace comity::log {
namespace {

using crypto::LeafIndex;
using crypto::TreeHead;
using crypto::TreeSize;

/// A written log of that size, without checkpoint.
struct WrittenLog {
  explicit WrittenLog(std::uint64_t size) {
    TreeWriter writer;
    for (std::uint64_t i = 0; i < size; ++i) {
      writer.add(sample::entry(i), crypto::leaf_hash(sample::entry(i)));
      leaves.push_back(crypto::leaf_hash(sample::entry(i)));
    }
    COMITY_ASSERT(writer.write(files).has_value());
    head = writer.head();
  }

  crash::MemoryFiles files;
  std::vector<crypto::LeafHash> leaves;
  TreeHead head;
};

TEST(LogReader, ReadsEveryEntryOneByOneAndInRuns) {
  const WrittenLog log(600);
  const LogReader reader(log.files, log.head);
  for (std::uint64_t i = 0; i < 600; ++i) {
    ASSERT_EQ(reader.entry(LeafIndex{i}).value(), sample::entry(i));
    ASSERT_EQ(reader.leaf(LeafIndex{i}).value(), log.leaves[i]);
  }
  std::uint64_t next = 10;
  while (next < 600) {
    const auto run = reader.read_run(next);
    ASSERT_TRUE(run);
    ASSERT_EQ(run->first, next);
    for (const ByteView entry : run->entries) ASSERT_TRUE(equal(entry, sample::entry(next++)));
  }
  EXPECT_EQ(next, 600U);
  for (const std::uint64_t beyond : {std::uint64_t{600}, std::uint64_t{1000}, ~std::uint64_t{0}}) {
    EXPECT_EQ(reader.entry(LeafIndex{beyond}).error().code(), "entry-out-of-range");
    EXPECT_EQ(reader.leaf(LeafIndex{beyond}).error().code(), "entry-out-of-range");
    EXPECT_EQ(reader.read_run(beyond).error().code(), "entry-out-of-range");
    EXPECT_FALSE(reader.prove_inclusion(LeafIndex{beyond}));
  }
}

RC_GTEST_PROP(LogReaderProperty, ProofsFromTilesAreThoseOfTheNaiveTree, ()) {
  static const WrittenLog log(66'000);  // three levels of tiles
  static const LogReader whole(log.files, log.head);
  const auto index = *rc::gen::inRange<std::uint64_t>(0, 66'000);
  const auto from = *rc::gen::inRange<std::uint64_t>(1, 66'001);
  const naive::Leaves all = log.leaves;
  // Verified against the root in it, which the naive tree gave once.
  RC_ASSERT(whole.prove_inclusion(LeafIndex{index}).has_value());
  const crypto::CompactRange older = crypto::read_range(TreeSize{from}, whole.tiles()).value();
  RC_ASSERT(whole.prove_consistency(older.head()).has_value());
  // Of a smaller size, from the same tiles.
  const auto size = *rc::gen::inRange<std::uint64_t>(1, 2000);
  const auto proof =
      crypto::prove_inclusion(LeafIndex{index % size}, TreeSize{size}, whole.tiles());
  RC_ASSERT(proof.value() == naive::path(index % size, all.first(size)));
  const auto growth = crypto::prove_consistency(
      {.from = TreeSize{1 + from % size}, .to = TreeSize{size}}, whole.tiles());
  const std::size_t older_size = 1 + from % size;
  RC_ASSERT(
      growth.value() ==
      (older_size == size ? naive::Proof{} : naive::consistency(older_size, all.first(size))));
}

TEST(LogReader, ReadsPartialTilesFromTheFullOnesThatReplacedThem) {
  WrittenLog log(256);
  // A reader that still has an older size, whose partial files are gone.
  const crypto::CompactRange older =
      crypto::read_range(TreeSize{100}, TileReader(log.files, log.head.size)).value();
  const LogReader reader(log.files, older.head());
  EXPECT_TRUE(reader.prove_inclusion(LeafIndex{42}));
  EXPECT_EQ(reader.entry(LeafIndex{99}).value(), sample::entry(99));
  EXPECT_EQ(reader.entry(LeafIndex{100}).error().code(), "entry-out-of-range");
}

TEST(LogReader, GoesOnWithTheLogAsItGrows) {
  WrittenLog log(300);
  LogReader reader(log.files, log.head);
  ASSERT_TRUE(reader.prove_inclusion(LeafIndex{299}));
  ASSERT_TRUE(reader.entry(LeafIndex{299}));
  auto writer = TreeWriter::open(log.files, log.head).value();
  for (std::uint64_t i = 300; i < 301; ++i)
    writer.add(sample::entry(i), crypto::leaf_hash(sample::entry(i)));
  ASSERT_TRUE(writer.write(log.files));
  const TreeHead before = reader.head();
  reader.advance(writer.head());
  EXPECT_TRUE(reader.prove_inclusion(LeafIndex{300}));
  EXPECT_TRUE(reader.prove_consistency(before));
  EXPECT_EQ(reader.entry(LeafIndex{300}).value(), sample::entry(300));
}

TEST(LogReader, NamesWhatIsMissingOrDamaged) {
  WrittenLog log(600);
  const auto code_of = [&] {
    return LogReader(log.files, log.head).prove_inclusion(LeafIndex{0}).error().code();
  };
  const Bytes tile = **log.files.read("tile/0/000", 8192);
  ASSERT_TRUE(log.files.remove("tile/0/000"));
  EXPECT_EQ(code_of(), "tile-missing");
  for (const std::size_t size : {std::size_t{0}, tile.size() - 1, tile.size() + 1}) {
    Bytes other = tile;
    other.resize(size);
    ASSERT_TRUE(log.files.write("tile/0/000", other));
    EXPECT_EQ(code_of(), "tile-damaged");
  }
  Bytes flipped = tile;
  flipped[40] ^= std::byte{1};
  ASSERT_TRUE(log.files.write("tile/0/000", flipped));
  EXPECT_EQ(code_of(), "log-damaged");
  EXPECT_EQ(LogReader(log.files, log.head).entry(LeafIndex{1}).error().code(), "bundle-damaged");
  EXPECT_TRUE(LogReader(log.files, log.head).entry(LeafIndex{2}));
}

/// Counts the whole files that are read.
class CountedReads final : public crash::ForwardedFiles {
 public:
  using ForwardedFiles::ForwardedFiles;
  mutable std::size_t reads = 0;

  Result<std::optional<Bytes>> read(std::string_view path, std::uint64_t limit) const override {
    ++reads;
    return ForwardedFiles::read(path, limit);
  }
};

TEST(LogReader, HoldsFewTilesHoweverManyItReads) {
  WrittenLog log(66'000);
  const CountedReads files(log.files);
  const LogReader reader(files, log.head);
  constexpr std::size_t kAllTiles = 258;  // of level 0
  for (std::size_t round = 1; round <= 2; ++round) {
    for (std::uint64_t i = 0; i < 66'000; i += 200)
      ASSERT_EQ(reader.leaf(LeafIndex{i}).value(), log.leaves[i]);
    // Each once, for the next leaf stands in the same tile or in one behind it.
    EXPECT_EQ(files.reads, round * kAllTiles);
  }
}

TEST(LogReader, OpensAtTheSignedCheckpointAlone) {
  crash::MemoryFiles files;
  const crypto::SecretKey key = sample::key();
  const auto vkey = crypto::make_vkey(sample::kOrigin, key.public_key()).value();
  EXPECT_EQ(LogReader::open(files, vkey).error().code(), "log-missing");
  auto committer =
      Committer::create(files, {.origin = std::string(sample::kOrigin), .key = &key}).value();
  ASSERT_TRUE(committer.commit_unadmitted(sample::Batch(0, 4).view()));
  EXPECT_EQ(LogReader::open(files, vkey)->head(), committer.head());
  const auto other = crypto::make_vkey("example.org/other", key.public_key()).value();
  EXPECT_FALSE(LogReader::open(files, other));
}

}  // namespace
}  // namespace comity::log
