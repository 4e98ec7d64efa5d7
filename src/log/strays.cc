#include "log/strays.h"

#include <fmt/format.h>

#include "log/layout.h"

namespace comity::log {
namespace {

/// As many places share a directory: their paths differ in the last three digits alone.
constexpr std::uint64_t kPlacesInDirectory = 1000;

/// How many hashes or entries the log has up to the right edge of a tile or bundle's row.
std::uint64_t have(crypto::TreeSize size, const TileId& tile) {
  return crypto::count(size) >> (kTileHeight * tile.level);
}
std::uint64_t have(crypto::TreeSize size, const BundleId&) { return crypto::count(size); }

/// Whether the path is that of a tile or bundle beyond the size.
bool is_stray(crypto::TreeSize size, std::string_view path) {
  const auto parsed = parse_tile_path(path);
  return parsed &&
         std::visit(
             [&](const auto& id) { return id.index * kTileWidth + id.width > have(size, id); },
             *parsed);
}

Result<void> find_partial(const Files& files, crypto::TreeSize size, const std::string& directory,
                          std::vector<std::string>& found) {
  COMITY_TRY(const auto names, files.list(directory));
  for (const std::string& name : names) {
    std::string path = fmt::format("{}/{}", directory, name);
    if (is_stray(size, path)) found.push_back(std::move(path));
  }
  return {};
}

/// In one row of tiles or bundles, from the place `id` on, which is the last of the log.
template <class Id>
Result<void> find_in_row(const Files& files, crypto::TreeSize size, Id id,
                         std::vector<std::string>& found) {
  const std::string edge = partial_directory(id);
  id.index = id.index / kPlacesInDirectory * kPlacesInDirectory;
  for (bool is_first = true;; is_first = false, id.index += kPlacesInDirectory) {
    const std::string path = path_of(id);
    const std::string directory = path.substr(0, path.rfind('/'));
    COMITY_TRY(const auto names, files.list(directory));
    bool is_empty = true;
    for (const std::string& name : names) {
      if (name.starts_with('x')) continue;
      is_empty = false;
      std::string candidate = fmt::format("{}/{}", directory, name);
      if (!name.ends_with('/')) {
        if (is_stray(size, candidate)) found.push_back(std::move(candidate));
        continue;
      }
      candidate.pop_back();
      // Partial ones left of the edge belong to full ones of the log.
      if (!is_first || candidate >= edge) COMITY_CHECK(find_partial(files, size, candidate, found));
    }
    if (is_empty && !is_first) return {};
  }
}

}  // namespace

Result<std::vector<std::string>> stray_tiles(const Files& files, crypto::TreeSize size) {
  std::vector<std::string> found;
  for (unsigned level = 0; level < kTileLevels; ++level) {
    TileId tile{.level = level};
    tile.index = have(size, tile) / kTileWidth;
    COMITY_CHECK(find_in_row(files, size, tile, found));
  }
  const BundleId bundle{.index = crypto::count(size) / kTileWidth};
  COMITY_CHECK(find_in_row(files, size, bundle, found));
  return found;
}

}  // namespace comity::log
