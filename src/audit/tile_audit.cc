#include "audit/tile_audit.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "crypto/merkle_proof.h"
#include "log/bundle.h"
#include "log/tile_reader.h"

namespace comity::audit {
namespace {

/// The first `tile.width` hashes of a tile on disk, or a finding.
std::optional<std::vector<crypto::NodeHash>> read(const log::TileReader& tiles,
                                                  const log::TileId& tile, Report& report) {
  auto hashes = tiles.read_tile(tile);
  if (hashes) return std::move(*hashes);
  report.add(hashes.error());
  return std::nullopt;
}

/// The partial tiles of a tree of that size, by their paths.
std::string partial_tiles(crypto::TreeSize size) {
  std::string paths;
  for (unsigned level = 0; level < log::kTileLevels; ++level) {
    const std::uint64_t have = crypto::count(size) >> (log::kTileHeight * level);
    const auto width = static_cast<unsigned>(have % log::kTileWidth);
    if (width == 0) continue;
    const log::TileId tile{.level = level, .index = have / log::kTileWidth, .width = width};
    paths += (paths.empty() ? "" : ", ") + log::path_of(tile);
  }
  return paths;
}

/// The right edge, of which all partial tiles consist, must lead to the root.
void audit_right_edge(const Files& files, const crypto::TreeHead& head, Report& report) {
  const log::TileReader tiles(files, head.size);
  const auto range = crypto::read_range(head.size, tiles);
  if (!range) return report.add(range.error());
  if (range->root() != head.root)
    report.add({"log-damaged",
                fmt::format("The tiles at the right edge ({}) do not lead to the root of the "
                            "checkpoint of size {}: one of them was altered, or the checkpoint "
                            "belongs to another history.",
                            partial_tiles(head.size), crypto::count(head.size)),
                std::nullopt});
}

/// Every full tile of a level against the hash of it in the level above.
void audit_level(const Files& files, const crypto::TreeHead& head, unsigned level, Report& report) {
  const log::TileReader tiles(files, head.size);
  const std::uint64_t full = crypto::count(head.size) >> (log::kTileHeight * (level + 1));
  std::optional<std::vector<crypto::NodeHash>> above;
  for (std::uint64_t index = 0; index < full && !report.cut_short; ++index) {
    if (index % log::kTileWidth == 0) {
      const auto parent = log::tile_at(head.size, level + 1, index / log::kTileWidth);
      const auto hashes =
          parent ? tiles.read_tile(*parent) : Result<std::vector<crypto::NodeHash>>{};
      above = hashes ? std::optional(*hashes) : std::nullopt;  // reported with its own level
    }
    const log::TileId tile{.level = level, .index = index};
    const auto hashes = read(tiles, tile, report);
    if (!hashes || !above || hash_of_full_tile(*hashes) == (*above)[index % log::kTileWidth])
      continue;
    report.add({"tile-damaged",
                fmt::format("{} does not hash to what the tile above it says; it was altered. "
                            "Restore it from a mirror.",
                            log::path_of(tile)),
                std::nullopt});
  }
}

}  // namespace

crypto::NodeHash hash_of_full_tile(std::span<const crypto::NodeHash> hashes) {
  std::vector<crypto::NodeHash> level(hashes.begin(), hashes.end());
  while (level.size() > 1) {
    for (std::size_t i = 0; i < level.size() / 2; ++i)
      level[i] = crypto::node_hash(level[2 * i], level[2 * i + 1]);
    level.resize(level.size() / 2);
  }
  return level.at(0);
}

void audit_tiles(const Files& files, const crypto::TreeHead& head, Report& report) {
  for (std::uint64_t hashes = crypto::count(head.size); hashes > 0; hashes >>= log::kTileHeight)
    report.tiles += (hashes + log::kTileWidth - 1) / log::kTileWidth;
  audit_right_edge(files, head, report);
  // A full tile of the top level would need 2^64 entries.
  for (unsigned level = log::kTileLevels - 2; level >= 1; --level)
    audit_level(files, head, level, report);
}

namespace {

/// Whether a narrower file is the beginning of what stands at the same place.
void audit_superseded(const Files& files, const std::string& path, const std::string& now,
                      Report& report) {
  const auto narrow = files.read(path, log::kBundleBytes);
  const auto wide = files.read(now, log::kBundleBytes);
  if (!narrow) return report.add(narrow.error());
  if (!wide || !*wide || !*narrow) return;  // the missing one is reported by its own audit
  if ((*narrow)->size() <= (*wide)->size() &&
      equal(**narrow, ByteView(**wide).first((*narrow)->size())))
    return;
  report.add({"tile-damaged",
              path + " is not the beginning of " + now +
                  ", into which it grew; it was altered. It is no longer needed: remove it.",
              std::nullopt});
}

void audit_path(const Files& files, const crypto::TreeHead& head, const std::string& path,
                Report& report) {
  const auto parsed = log::parse_tile_path(path);
  if (!parsed)
    return report.add({"tile-path-malformed", path + " is no tile; remove it.", std::nullopt});
  const auto superseded = [&](const auto& id, const auto& now) {
    if (!now || id.width > now->width || id == *now) return;  // beyond the edge, or audited already
    audit_superseded(files, path, log::path_of(*now), report);
  };
  if (const auto* tile = std::get_if<log::TileId>(&*parsed))
    return superseded(*tile, log::tile_at(head.size, tile->level, tile->index));
  const auto& bundle = std::get<log::BundleId>(*parsed);
  superseded(bundle, log::bundle_at(head.size, bundle.index));
}

}  // namespace

void audit_partials(const Files& files, const crypto::TreeHead& head, Report& report) {
  std::vector<std::string> directories{"tile"};
  while (!directories.empty() && !report.cut_short) {
    const std::string directory = std::move(directories.back());
    directories.pop_back();
    const auto names = files.list(directory);
    if (!names) return report.add(names.error());
    for (const std::string& name : *names) {
      std::string path = fmt::format("{}/{}", directory, name);
      if (name.ends_with('/')) {
        path.pop_back();
        directories.push_back(std::move(path));
      } else {
        audit_path(files, head, path, report);
      }
    }
  }
}

}  // namespace comity::audit
