#include "log/tree_writer.h"

#include "log/bundle.h"
#include "log/strays.h"
#include "log/tile_reader.h"

#include "tests/crash/memory_files.h"
#include "tests/golden.h"
#include "tests/log/sample_log.h"
#include "tests/naive_merkle.h"

namespace comity::log {
namespace {

using crypto::TreeHead;
using crypto::TreeSize;

std::vector<crypto::LeafHash> leaves(std::uint64_t size) {
  std::vector<crypto::LeafHash> hashes;
  hashes.reserve(size);
  for (std::uint64_t i = 0; i < size; ++i) hashes.push_back(crypto::leaf_hash(sample::entry(i)));
  return hashes;
}

void grow(TreeWriter& writer, std::uint64_t to) {
  for (std::uint64_t i = crypto::count(writer.size()); i < to; ++i)
    writer.add(sample::entry(i), crypto::leaf_hash(sample::entry(i)));
}

/// The file of the tile, computed from the leaves word for word.
Bytes naive_tile(naive::Leaves all, const TileId& tile) {
  const std::size_t each = std::size_t{1} << (kTileHeight * tile.level);
  Bytes bytes;
  for (std::size_t i = 0; i < tile.width; ++i)
    append(bytes, naive::mth(all.subspan((tile.index * kTileWidth + i) * each, each)).view());
  return bytes;
}

void expect_file(const Files& files, const std::string& path, const Bytes& wanted) {
  const auto bytes = files.read(path, 1 << 20);
  ASSERT_TRUE(bytes && bytes->has_value()) << path;
  EXPECT_TRUE(equal(**bytes, wanted)) << path;
}

TEST(TreeWriter, AllTilesOfAllSizesTo600AreThoseOfTheNaiveTree) {
  constexpr std::uint64_t kSize = 600;
  const auto all = leaves(kSize);
  crash::MemoryFiles files;
  TreeWriter writer;
  for (std::uint64_t size = 1; size <= kSize; ++size) {
    grow(writer, size);
    ASSERT_TRUE(writer.write(files));
    const naive::Leaves now = naive::Leaves(all).first(size);
    ASSERT_EQ(writer.head().root, naive::root(now)) << size;
    for (unsigned level = 0; level < kTileLevels; ++level)
      for (std::uint64_t i = 0; const auto tile = tile_at(TreeSize{size}, level, i); ++i)
        if (!tile->full() || size % kTileWidth == 0) {
          expect_file(files, path_of(*tile), naive_tile(now, *tile));
        }
    const auto bundle = bundle_at(TreeSize{size}, (size - 1) / kTileWidth);
    Bytes wanted;
    for (std::uint64_t i = bundle->index * kTileWidth; i < size; ++i)
      append_entry(wanted, sample::entry(i));
    expect_file(files, path_of(*bundle), wanted);
    // Opened here, it goes on as if it had never been closed.
    auto opened = TreeWriter::open(files, writer.head());
    ASSERT_TRUE(opened) << size << ": " << opened.error().sentence();
    if (size % 7 == 0) writer = std::move(*opened);
    writer.remove_obsolete(files);
  }
}

RC_GTEST_PROP(TreeWriterProperty, BatchesOfAnySizeGiveTheSameFilesAsOne, ()) {
  const auto sizes = *rc::gen::container<std::vector<std::uint64_t>>(
      *rc::gen::inRange(1, 5), rc::gen::inRange<std::uint64_t>(0, 700));
  crash::MemoryFiles in_parts;
  TreeWriter writer;
  for (const std::uint64_t more : sizes) {
    grow(writer, crypto::count(writer.size()) + more);
    RC_ASSERT(writer.write(in_parts).has_value());
    auto opened = TreeWriter::open(in_parts, writer.head());
    RC_ASSERT(opened.has_value());
    writer = std::move(*opened);
  }
  crash::MemoryFiles at_once;
  TreeWriter whole;
  grow(whole, crypto::count(writer.size()));
  RC_ASSERT(whole.write(at_once).has_value());
  RC_ASSERT(whole.head() == writer.head());
  for (unsigned level = 0; level < 2; ++level)
    for (std::uint64_t i = 0; const auto tile = tile_at(whole.size(), level, i); ++i)
      RC_ASSERT(at_once.read(path_of(*tile), 8192).value() ==
                in_parts.read(path_of(*tile), 8192).value());
}

TEST(TreeWriter, RemovesPartialFilesOnceTheFullOnesStand) {
  crash::MemoryFiles files;
  TreeWriter writer;
  for (const std::uint64_t size : {3, 100, 256}) {
    grow(writer, size);
    ASSERT_TRUE(writer.write(files));
  }
  EXPECT_EQ(files.list("tile/0/000.p")->size(), 2U);
  writer.remove_obsolete(files);
  EXPECT_EQ(files.list("tile/0/000.p")->size(), 0U);
  EXPECT_EQ(files.list("tile/entries/000.p")->size(), 0U);
  EXPECT_TRUE(TreeWriter::open(files, writer.head()));
}

TEST(TreeWriter, RefusesEveryFlippedBitAtTheRightEdgeAndNamesTheFile) {
  for (const std::uint64_t size : {300, 512}) {
    crash::MemoryFiles files;
    TreeWriter writer;
    grow(writer, size);
    ASSERT_TRUE(writer.write(files));
    const auto edge = (size - 1) / kTileWidth;
    for (const std::string& path :
         {path_of(*tile_at(TreeSize{size}, 0, edge)), path_of(*tile_at(TreeSize{size}, 1, 0)),
          path_of(*bundle_at(TreeSize{size}, edge))}) {
      const Bytes whole = **files.read(path, 1 << 20);
      for (std::size_t at = 0; at < whole.size(); at += 13) {
        Bytes bad = whole;
        bad[at] ^= std::byte{4};
        ASSERT_TRUE(files.write(path, bad));
        const auto opened = TreeWriter::open(files, writer.head());
        ASSERT_FALSE(opened) << path << " at " << at;
        EXPECT_NE(opened.error().sentence().find(path), std::string::npos)
            << opened.error().sentence();
      }
      ASSERT_TRUE(files.remove(path));
      const auto opened = TreeWriter::open(files, writer.head());
      ASSERT_FALSE(opened);
      EXPECT_NE(opened.error().sentence().find(path), std::string::npos);
      ASSERT_TRUE(files.write(path, whole));
    }
  }
}

TEST(TreeWriter, GoldenTilesAndBundles) {
  crash::MemoryFiles files;
  TreeWriter writer;
  const auto grow_to = [&](std::uint64_t size) {
    for (std::uint64_t i = crypto::count(writer.size()); i < size; ++i) {
      Bytes entry;
      append_big_endian(entry, i);
      writer.add(entry, crypto::leaf_hash(entry));
    }
    COMITY_ASSERT(writer.write(files).has_value());
  };
  grow_to(256);
  grow_to(352);
  struct Golden {
    std::string name;
    std::string path;
    std::uint64_t size;
  };
  for (const auto& [name, path, size] :
       {Golden{"full", "tile/0/000", 256}, Golden{"partial", "tile/0/001.p/96", 352},
        Golden{"above", "tile/1/000.p/1", 256}, Golden{"bundle", "tile/entries/000", 256},
        Golden{"partial-bundle", "tile/entries/001.p/96", 352}}) {
    testing::expect_golden("tile/" + name + ".bin", **files.read(path, 1 << 20));
    testing::expect_golden("tile/" + name + ".json", "{\"size\": " + std::to_string(size) +
                                                         ", \"path\": \"" + path + "\"}\n");
  }
}

TEST(Strays, AreTheFilesBeyondTheSizeAndNoOthers) {
  crash::MemoryFiles files;
  TreeWriter writer;
  for (const std::uint64_t size : {5, 260}) {
    grow(writer, size);
    ASSERT_TRUE(writer.write(files));
  }
  EXPECT_EQ(stray_tiles(files, writer.size())->size(), 0U);
  const TreeHead committed = writer.head();
  grow(writer, 1000);  // a batch that is lost
  ASSERT_TRUE(writer.write(files));
  auto strays = stray_tiles(files, committed.size).value();
  EXPECT_EQ(strays, (std::vector<std::string>{"tile/0/001", "tile/0/002", "tile/0/003.p/232",
                                              "tile/1/000.p/3", "tile/entries/001",
                                              "tile/entries/002", "tile/entries/003.p/232"}));
  for (const std::string& path : strays) ASSERT_TRUE(files.remove(path));
  EXPECT_TRUE(TreeWriter::open(files, committed));
}

}  // namespace
}  // namespace comity::log
