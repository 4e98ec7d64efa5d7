#include "log/layout.h"

#include <algorithm>

#include <fmt/format.h>

#include "crypto/decimal.h"

namespace comity::log {
namespace {

constexpr std::string_view kTiles = "tile/";
constexpr std::string_view kEntries = "entries/";
constexpr std::uint64_t kGroup = 1000;
/// No tile of a tree of less than 2^63 leaves has this index.
constexpr std::uint64_t kIndexEnd = std::uint64_t{1} << 55;
/// The digits of kIndexEnd, in groups of three.
constexpr std::size_t kGroups = 6;
constexpr std::size_t kLongestPath = 64;

/// "x001/x234/067"
std::string grouped(std::uint64_t index) {
  std::string text = fmt::format("{:03}", index % kGroup);
  for (index /= kGroup; index > 0; index /= kGroup)
    text.insert(0, fmt::format("x{:03}/", index % kGroup));
  return text;
}

/// The number that the digits of the groups say, whatever stands between them; the caller compares
/// with what `grouped` writes.
std::optional<std::uint64_t> ungrouped(std::string_view text) {
  std::uint64_t index = 0;
  std::size_t digits = 0;
  for (const char c : text) {
    if (c == 'x' || c == '/') continue;
    if (c < '0' || c > '9' || ++digits > 3 * kGroups) return std::nullopt;
    index = index * 10 + static_cast<std::uint64_t>(c - '0');
  }
  if (digits == 0 || index >= kIndexEnd) return std::nullopt;
  return index;
}

std::string full_path(const TileId& tile) {
  return fmt::format("{}{}/{}", kTiles, tile.level, grouped(tile.index));
}

std::string full_path(const BundleId& bundle) {
  return fmt::format("{}{}{}", kTiles, kEntries, grouped(bundle.index));
}

template <class Id>
std::string with_width(const Id& id) {
  return id.full() ? full_path(id) : fmt::format("{}.p/{}", full_path(id), id.width);
}

unsigned width_at(std::uint64_t have, std::uint64_t index) {
  if (index > have / kTileWidth) return 0;
  return static_cast<unsigned>(std::min<std::uint64_t>(kTileWidth, have - index * kTileWidth));
}

/// A guess that the caller proves by writing it again.
std::optional<TilePath> guess(std::string_view path) {
  if (path.size() > kLongestPath || !path.starts_with(kTiles)) return std::nullopt;
  path.remove_prefix(kTiles.size());

  unsigned width = kTileWidth;
  if (const auto mark = path.find(".p/"); mark != std::string_view::npos) {
    const auto number = crypto::parse_decimal(path.substr(mark + 3));
    if (!number || *number == 0 || *number >= kTileWidth) return std::nullopt;
    width = static_cast<unsigned>(*number);
    path = path.substr(0, mark);
  }
  const auto slash = path.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto index = ungrouped(path.substr(slash + 1));
  if (!index) return std::nullopt;
  if (path.starts_with(kEntries)) return BundleId{.index = *index, .width = width};
  const auto level = crypto::parse_decimal(path.substr(0, slash));
  if (!level || *level >= kTileLevels) return std::nullopt;
  return TileId{.level = static_cast<unsigned>(*level), .index = *index, .width = width};
}

}  // namespace

std::optional<TileId> tile_at(crypto::TreeSize size, unsigned level, std::uint64_t index) {
  if (level >= kTileLevels) return std::nullopt;
  const unsigned width = width_at(crypto::count(size) >> (kTileHeight * level), index);
  if (width == 0) return std::nullopt;
  return TileId{.level = level, .index = index, .width = width};
}

std::optional<BundleId> bundle_at(crypto::TreeSize size, std::uint64_t index) {
  const unsigned width = width_at(crypto::count(size), index);
  if (width == 0) return std::nullopt;
  return BundleId{.index = index, .width = width};
}

std::string path_of(const TileId& tile) { return with_width(tile); }
std::string path_of(const BundleId& bundle) { return with_width(bundle); }
std::string partial_directory(const TileId& tile) { return full_path(tile) + ".p"; }
std::string partial_directory(const BundleId& bundle) { return full_path(bundle) + ".p"; }

Result<TilePath> parse_tile_path(std::string_view path) {
  const auto guessed = guess(path);
  if (guessed && std::visit([](const auto& id) { return path_of(id); }, *guessed) == path)
    return *guessed;
  return refuse("tile-path-malformed",
                "This is not the path of a tile or entry bundle; write it as C2SP tlog-tiles does, "
                "such as tile/0/x001/234 or tile/entries/x001/234.p/56.");
}

std::string segment_directory(SegmentKind kind) {
  return kind == SegmentKind::visible ? "segments/public" : "segments/hidden";
}

std::string index_path(SegmentKind kind) { return segment_directory(kind) + "/index"; }

std::string path_of(const SegmentId& segment) {
  COMITY_ASSERT(segment.number < kSegmentEnd);
  return fmt::format("{}/{:08}.seg", segment_directory(segment.kind), segment.number);
}

Result<SegmentId> parse_segment_path(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash != std::string_view::npos && path.size() == slash + 1 + 8 + 4) {
    const auto number = ungrouped(path.substr(slash + 1, 8));
    for (const SegmentKind kind : {SegmentKind::visible, SegmentKind::hidden}) {
      if (!number || *number >= kSegmentEnd) continue;
      const SegmentId id{.kind = kind, .number = static_cast<std::uint32_t>(*number)};
      if (path_of(id) == path) return id;
    }
  }
  return refuse("segment-path-malformed",
                "This is not the path of a segment; write it as segments/public/00000012.seg.");
}

}  // namespace comity::log
