#include "log/tile_reader.h"

#include <algorithm>

#include <fmt/format.h>

namespace comity::log {
namespace {

std::unexpected<Error> damaged_tile(const std::string& path) {
  return refuse("tile-damaged",
                fmt::format("{} has not the size of its width; restore it from a mirror.", path));
}

/// Nothing where the file is missing.
Result<std::optional<Bytes>> read_tile_file(const Files& files, const TileId& tile) {
  const std::string path = path_of(tile);
  const std::size_t size = tile.width * kHashBytes;
  auto bytes = files.read(path, size);
  if (!bytes && bytes.error().refusal() != nullptr) return damaged_tile(path);
  COMITY_CHECK(bytes);
  if (*bytes && (*bytes)->size() != size) return damaged_tile(path);
  return std::move(*bytes);
}

}  // namespace

void TileReader::advance(crypto::TreeSize size) {
  COMITY_ASSERT(size >= size_);
  size_ = size;
}

Result<std::vector<crypto::NodeHash>> TileReader::read_tile(const TileId& tile) const {
  COMITY_TRY(auto bytes, read_tile_file(*files_, tile));
  if (!bytes && !tile.full()) {
    COMITY_TRY(bytes, read_tile_file(*files_, TileId{.level = tile.level, .index = tile.index}));
  }
  if (!bytes)
    return refuse("tile-missing",
                  fmt::format("{} is missing; restore it from a mirror.", path_of(tile)));
  std::vector<crypto::NodeHash> hashes;
  hashes.reserve(tile.width);
  for (std::size_t i = 0; i < tile.width; ++i)
    hashes.push_back(crypto::NodeHash::from(ByteView(*bytes).subspan(i * kHashBytes, kHashBytes)));
  return hashes;
}

Result<const TileReader::Tile*> TileReader::find(const TileId& id) const {
  const auto kept = std::ranges::find(tiles_, id, &Tile::id);
  if (kept != tiles_.end()) {
    tiles_.splice(tiles_.begin(), tiles_, kept);
    return &tiles_.front();
  }
  COMITY_TRY(auto hashes, read_tile(id));
  Tile tile{.id = id, .nodes = {}};
  tile.nodes.push_back(std::move(hashes));
  while (tile.nodes.back().size() > 1) {
    const auto& below = tile.nodes.back();
    std::vector<crypto::NodeHash> level;
    level.reserve(below.size() / 2);
    for (std::size_t i = 0; i + 1 < below.size(); i += 2)
      level.push_back(crypto::node_hash(below[i], below[i + 1]));
    tile.nodes.push_back(std::move(level));
  }
  if (tiles_.size() == kTiles) tiles_.pop_back();
  tiles_.push_front(std::move(tile));
  return &tiles_.front();
}

Result<crypto::NodeHash> TileReader::read(const crypto::Subtree& subtree) const {
  if (subtree.level >= kTileHeight * kTileLevels ||
      subtree.index >= crypto::count(size_) >> subtree.level)
    return refuse("entry-out-of-range",
                  fmt::format("The log has {} entries; ask for one with a smaller index.",
                              crypto::count(size_)));
  const unsigned height = subtree.level % kTileHeight;
  const unsigned shift = kTileHeight - height;
  const auto id = tile_at(size_, subtree.level / kTileHeight, subtree.index >> shift);
  COMITY_ASSERT(id.has_value());
  COMITY_TRY(const Tile* tile, find(*id));
  return tile->nodes[height][subtree.index & ((std::uint64_t{1} << shift) - 1)];
}

Result<std::vector<crypto::NodeHash>> TileReader::read(
    std::span<const crypto::Subtree> subtrees) const {
  std::vector<crypto::NodeHash> hashes;
  hashes.reserve(subtrees.size());
  for (const crypto::Subtree& subtree : subtrees) {
    COMITY_TRY(const auto hash, read(subtree));
    hashes.push_back(hash);
  }
  return hashes;
}

Result<crypto::LeafHash> TileReader::leaf(crypto::LeafIndex index) const {
  COMITY_TRY(const auto node, read(crypto::Subtree{.level = 0, .index = crypto::number(index)}));
  return crypto::LeafHash{node.bytes};
}

}  // namespace comity::log
