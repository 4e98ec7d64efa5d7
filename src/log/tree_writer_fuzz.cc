// The right edge of a log, all hostile: tiles and the last bundle are read or refused with a code
// that the headers name. What the writer opens has the root that the tiles lead to and no other,
// proves its last entry, and goes on: what it then writes is opened again.
//
// The input is: flags: u8 || size of the log: u32 || files, as many as the edge has: the last
// bundle, then the last tile of each level, from 0 on. A file is: place: u8 || size: u16 || bytes.
// Its place is 0 for its own path and 1 for that of the full one, which is filled up with zeros;
// else it is missing. With flag 1 the tiles are made to fit the bundle, where it is one.

#include <algorithm>

#include "log/bundle.h"
#include "log/tile_reader.h"
#include "log/tree_writer.h"

#include "tests/crash/memory_files.h"
#include "tests/fuzz_target.h"

namespace comity::log {
namespace {

constexpr std::size_t kEdgeHead = 5;
constexpr std::size_t kEdgeFileHead = 3;
constexpr std::size_t kLengthBytes = 2;

BundleId last_bundle(crypto::TreeSize size) {
  return *bundle_at(size, (crypto::count(size) - 1) / kTileWidth);
}

/// Nothing where the tree has no tile of that level.
std::optional<TileId> last_tile(crypto::TreeSize size, unsigned level) {
  const std::uint64_t have = crypto::count(size) >> (kTileHeight * level);
  return have == 0 ? std::nullopt : tile_at(size, level, (have - 1) / kTileWidth);
}

/// Takes the next file off the input and writes it where it belongs.
template <class Id>
void write_next(Files& files, Id id, std::size_t each, ByteView& input) {
  if (input.size() < kEdgeFileHead) return;
  const auto place = std::to_integer<unsigned>(input.front());
  const std::size_t wanted = big_endian<std::uint16_t>(input.subspan(1));
  input = input.subspan(kEdgeFileHead);
  Bytes bytes = to_bytes(input.first(std::min(wanted, input.size())));
  input = input.subspan(bytes.size());
  if (place > 1) return;
  if (place == 1) {
    bytes.resize(bytes.size() + (kTileWidth - id.width) * each);
    id.width = kTileWidth;
  }
  COMITY_ASSERT(files.write(path_of(id), bytes).has_value());
}

/// So that what is changed in a bundle gets as far as what is sound.
void fit_tiles(Files& files, crypto::TreeSize size) {
  const auto run = read_bundle(files, last_bundle(size));
  if (!run) return;
  Bytes hashes;
  crypto::CompactRange subtree;
  for (const ByteView entry : run->entries) {
    const crypto::LeafHash leaf = crypto::leaf_hash(entry);
    append(hashes, leaf.view());
    subtree.append(leaf);
  }
  const TileId tile = *last_tile(size, 0);
  COMITY_ASSERT(files.write(path_of(tile), hashes).has_value());
  if (!tile.full()) return;
  const std::string above = path_of(*last_tile(size, 1));
  auto bytes = files.read(above, kTileWidth * kHashBytes);
  if (!bytes || !*bytes || (*bytes)->size() < kHashBytes) return;
  (*bytes)->resize((*bytes)->size() - kHashBytes);
  append(**bytes, subtree.root().view());
  COMITY_ASSERT(files.write(above, **bytes).has_value());
}

void expect_tile_refusal(const Error& error) {
  COMITY_ASSERT(error.code() == "tile-missing" || error.code() == "tile-damaged");
}

/// A tile that is read is the beginning of its file.
void hold_tile(const Files& files, const TileReader& tiles, const TileId& tile) {
  const auto hashes = tiles.read_tile(tile);
  if (!hashes) return expect_tile_refusal(hashes.error());
  COMITY_ASSERT(hashes->size() == tile.width);
  Bytes bytes;
  for (const auto& hash : *hashes) append(bytes, hash.view());
  const bool own = files.size(path_of(tile)).value().has_value();
  const TileId read = own ? tile : TileId{.level = tile.level, .index = tile.index};
  COMITY_ASSERT(files.size(path_of(read)).value() == read.width * kHashBytes);
  COMITY_ASSERT(files.read_range(path_of(read), 0, bytes.size()).value() == bytes);
}

/// The last entry is in the tree. Where a tile of level 1 ends with it, the writer looks at none.
void hold_last_entry(const Files& files, const TileReader& tiles, const crypto::TreeHead& head) {
  const auto run = read_bundle(files, last_bundle(head.size)).value();
  const crypto::LeafHash leaf = crypto::leaf_hash(run.entries.back());
  const crypto::LeafIndex last{crypto::count(head.size) - 1};
  COMITY_ASSERT(tiles.leaf(last).value() == leaf);
  if (crypto::count(head.size) % (kTileWidth * kTileWidth) == 0) return;
  const auto proof = crypto::prove_inclusion(last, head.size, tiles);
  COMITY_ASSERT(proof && crypto::verify_inclusion(leaf, last, head, *proof));
}

void hold_growth(Files& files, TreeWriter& writer, ByteView entry) {
  writer.add(entry, crypto::leaf_hash(entry));
  COMITY_ASSERT(writer.write(files).has_value());
  const auto again = TreeWriter::open(files, writer.head());
  COMITY_ASSERT(again && again->head() == writer.head());
  COMITY_ASSERT(again->partial_bytes() == writer.partial_bytes());
}

void hold_edge(Files& files, crypto::TreeSize size) {
  const TileReader tiles(files, size);
  for (unsigned level = 0; const auto tile = last_tile(size, level); ++level)
    hold_tile(files, tiles, *tile);
  COMITY_ASSERT(tiles.leaf(crypto::LeafIndex{crypto::count(size)}).error().code() ==
                "entry-out-of-range");
  const auto range = crypto::read_range(size, tiles);
  if (!range) expect_tile_refusal(range.error());
  crypto::TreeHead head{.size = size, .root = range ? range->root() : crypto::RootHash{}};
  auto writer = TreeWriter::open(files, head);
  if (!writer) {
    const std::string code = writer.error().code();
    COMITY_ASSERT(code == "bundle-missing" || code == "bundle-damaged" || code == "tile-missing" ||
                  code == "tile-damaged");
    return;
  }
  COMITY_ASSERT(range && writer->head() == head);
  hold_last_entry(files, tiles, head);
  head.root.bytes[0] ^= std::byte{1};
  COMITY_ASSERT(TreeWriter::open(files, head).error().code() == "log-damaged");
  hold_growth(files, *writer, as_bytes("one more"));
}

}  // namespace
}  // namespace comity::log

COMITY_FUZZ_TARGET(log_tree_writer_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  ByteView input = std::as_bytes(std::span(data, size));
  if (size < log::kEdgeHead) return 0;
  const bool fitted = (data[0] & 1U) != 0;
  const crypto::TreeSize tree{big_endian<std::uint32_t>(input.subspan(1))};
  if (crypto::count(tree) == 0) return 0;
  input = input.subspan(log::kEdgeHead);
  crash::MemoryFiles files;
  log::write_next(files, log::last_bundle(tree), log::kLengthBytes, input);
  for (unsigned level = 0; const auto tile = log::last_tile(tree, level); ++level)
    log::write_next(files, *tile, log::kHashBytes, input);
  if (fitted) log::fit_tiles(files, tree);
  log::hold_edge(files, tree);
  return 0;
}
