#include "log/tree_writer.h"

#include <fmt/format.h>

#include "crypto/merkle_proof.h"
#include "log/bundle.h"
#include "log/tile_reader.h"

namespace comity::log {
namespace {

constexpr std::size_t kTileBytes = kTileWidth * kHashBytes;

/// How many hashes the tree has at a level of tiles.
std::uint64_t hashes_at(crypto::TreeSize size, unsigned level) {
  return crypto::count(size) >> (kTileHeight * level);
}

std::unexpected<Error> contradiction(const BundleId& bundle, const TileId& tile) {
  return refuse("bundle-damaged",
                fmt::format("The entries in {} are not those whose hashes {} holds; restore both "
                            "from a mirror.",
                            path_of(bundle), path_of(tile)));
}

/// Holds the last entries against the last tile of level 0, and that, where it is full, against
/// the hash above it. REQUIRES: size > 0.
Result<EntryRun> read_last_bundle(const Files& files, const TileReader& tiles) {
  const std::uint64_t last = (crypto::count(tiles.size()) - 1) / kTileWidth;
  const auto bundle = bundle_at(tiles.size(), last);
  const auto tile = tile_at(tiles.size(), 0, last);
  COMITY_ASSERT(bundle && tile);
  COMITY_TRY(auto run, read_bundle(files, *bundle));
  COMITY_TRY(const auto hashes, tiles.read_tile(*tile));
  crypto::CompactRange subtree;
  for (std::size_t i = 0; i < run.entries.size(); ++i) {
    const crypto::LeafHash leaf = crypto::leaf_hash(run.entries[i]);
    if (crypto::as_node(leaf) != hashes[i]) return contradiction(*bundle, *tile);
    subtree.append(leaf);
  }
  if (!tile->full()) return run;
  const crypto::Subtree above{.level = kTileHeight, .index = last};
  COMITY_TRY(const auto node, tiles.read(std::span(&above, 1)));
  if (subtree.root() == crypto::as_root(node.front())) return run;
  return refuse(
      "tile-damaged",
      fmt::format("{} does not hold the hash of {}, which is that of its entries; restore "
                  "it from a mirror.",
                  path_of(*tile_at(tiles.size(), 1, last / kTileWidth)), path_of(*tile)));
}

}  // namespace

Result<TreeWriter> TreeWriter::open(const Files& files, const crypto::TreeHead& head) {
  TreeWriter writer;
  if (crypto::count(head.size) == 0) {
    if (head.root == crypto::empty_root()) return writer;
    return refuse("log-damaged", "The checkpoint of size 0 has not the root of the empty tree.");
  }
  const TileReader tiles(files, head.size);
  COMITY_TRY(const auto last, read_last_bundle(files, tiles));
  std::string edge;
  for (unsigned level = 0; level < kTileLevels; ++level) {
    const std::uint64_t have = hashes_at(head.size, level);
    const auto width = static_cast<unsigned>(have % kTileWidth);
    if (width == 0) continue;
    const TileId tile{.level = level, .index = have / kTileWidth, .width = width};
    COMITY_TRY(const auto hashes, tiles.read_tile(tile));
    for (const auto& hash : hashes) append(writer.tiles_[level], hash.view());
    // In a copy a full tile may stand in for it, which goes as a stray: then write() makes it.
    COMITY_TRY(const auto written, files.size(path_of(tile)));
    writer.written_[level] = written ? width : 0;
    edge += (edge.empty() ? "" : ", ") + path_of(tile);
  }
  COMITY_TRY(writer.range_, crypto::read_range(head.size, tiles));
  if (writer.range_.root() != head.root)
    return refuse("log-damaged",
                  fmt::format("One of {} is damaged: they do not lead to the root of the "
                              "checkpoint of size {}; restore them from a mirror.",
                              edge, crypto::count(head.size)));
  const auto width = static_cast<unsigned>(crypto::count(head.size) % kTileWidth);
  if (width == 0) return writer;
  for (const ByteView entry : last.entries) append_entry(writer.bundle_, entry);
  const BundleId bundle{.index = crypto::count(head.size) / kTileWidth, .width = width};
  COMITY_TRY(const auto written, files.size(path_of(bundle)));
  writer.bundle_written_ = written ? width : 0;
  return writer;
}

void TreeWriter::add(ByteView entry, const crypto::LeafHash& leaf) {
  append_entry(bundle_, entry);
  const auto completed = range_.append(leaf);
  for (std::size_t height = 0; height < completed.size(); height += kTileHeight) {
    const auto level = static_cast<unsigned>(height / kTileHeight);
    append(tiles_[level], completed[height].view());
    if (tiles_[level].size() == kTileBytes) finish_tile(level);
  }
  if (crypto::count(size()) % kTileWidth == 0) finish_bundle();
}

void TreeWriter::finish_tile(unsigned level) {
  const TileId tile{.level = level, .index = hashes_at(size(), level) / kTileWidth - 1};
  full_.push_back({path_of(tile), std::exchange(tiles_[level], {})});
  tiles_[level].reserve(kTileBytes);
  if (std::exchange(written_[level], 0) != 0) obsolete_.push_back(partial_directory(tile));
}

void TreeWriter::finish_bundle() {
  const BundleId bundle{.index = crypto::count(size()) / kTileWidth - 1};
  const std::size_t like = bundle_.size();
  full_.push_back({path_of(bundle), std::exchange(bundle_, {})});
  bundle_.reserve(like);
  if (std::exchange(bundle_written_, 0) != 0) obsolete_.push_back(partial_directory(bundle));
}

Result<void> TreeWriter::write(Files& files) {
  for (const NewFile& file : full_) COMITY_CHECK(files.write(file.path, file.bytes));
  full_.clear();
  for (unsigned level = 0; level < kTileLevels; ++level) {
    const std::uint64_t have = hashes_at(size(), level);
    const auto width = static_cast<unsigned>(have % kTileWidth);
    if (width == written_[level]) continue;
    const TileId tile{.level = level, .index = have / kTileWidth, .width = width};
    COMITY_CHECK(files.write(path_of(tile), tiles_[level]));
    written_[level] = width;
  }
  const auto width = static_cast<unsigned>(crypto::count(size()) % kTileWidth);
  if (width == bundle_written_) return {};
  const BundleId bundle{.index = crypto::count(size()) / kTileWidth, .width = width};
  COMITY_CHECK(files.write(path_of(bundle), bundle_));
  bundle_written_ = width;
  return {};
}

void TreeWriter::remove_obsolete(Files& files) {
  for (const std::string& directory : obsolete_) {
    const auto names = files.list(directory);
    if (!names) break;
    for (const std::string& name : *names)
      if (!files.remove(fmt::format("{}/{}", directory, name))) break;
  }
  obsolete_.clear();
}

}  // namespace comity::log
