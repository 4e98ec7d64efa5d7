#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/error.h"
#include "crypto/merkle.h"

/// Where the files of a log lie in its directory: `docs/formats/log.md`.
namespace comity::log {

/// C2SP tlog-tiles: a full tile has 256 hashes, a full bundle 256 entries.
inline constexpr unsigned kTileHeight = 8;
inline constexpr unsigned kTileWidth = 1U << kTileHeight;
inline constexpr std::size_t kHashBytes = 32;
/// A tree of less than 2^63 leaves has no tile above level 7.
inline constexpr unsigned kTileLevels = 8;

inline constexpr std::string_view kCheckpointPath = "checkpoint";
inline constexpr std::string_view kEpochPath = "epoch";
inline constexpr std::string_view kLockPath = "lock";

/// The hashes [index * 256, index * 256 + width) of the subtrees of 256^level leaves.
struct TileId {
  unsigned level = 0;
  std::uint64_t index = 0;
  unsigned width = kTileWidth;  // 1 to 256; less than 256 for a partial tile

  [[nodiscard]] bool full() const { return width == kTileWidth; }
  auto operator<=>(const TileId&) const = default;
};

/// The entries [index * 256, index * 256 + width).
struct BundleId {
  std::uint64_t index = 0;
  unsigned width = kTileWidth;

  [[nodiscard]] bool full() const { return width == kTileWidth; }
  auto operator<=>(const BundleId&) const = default;
};

/// The tile as it is in a tree of that size, partial at the right edge; nothing where the tree has
/// none there.
[[nodiscard]] std::optional<TileId> tile_at(crypto::TreeSize size, unsigned level,
                                            std::uint64_t index);
[[nodiscard]] std::optional<BundleId> bundle_at(crypto::TreeSize size, std::uint64_t index);

/// "tile/0/x001/x234/067.p/8" and "tile/entries/x001/x234/067".
[[nodiscard]] std::string path_of(const TileId& tile);
[[nodiscard]] std::string path_of(const BundleId& bundle);
/// The directory of the partial ones of the same place: "tile/0/x001/x234/067.p".
[[nodiscard]] std::string partial_directory(const TileId& tile);
[[nodiscard]] std::string partial_directory(const BundleId& bundle);

using TilePath = std::variant<TileId, BundleId>;
/// The inverse of path_of, strict: each tile has one path. Refuses `tile-path-malformed`.
[[nodiscard]] Result<TilePath> parse_tile_path(std::string_view path);

/// Whether a segment may be served: `segments/public/` or `segments/hidden/`.
enum class SegmentKind : std::uint8_t { visible, hidden };

/// "segments/public" or "segments/hidden".
[[nodiscard]] std::string segment_directory(SegmentKind kind);
[[nodiscard]] std::string index_path(SegmentKind kind);

/// Numbers of segments lie below it: they have eight digits. A damaged index may say others.
inline constexpr std::uint32_t kSegmentEnd = 100'000'000;

struct SegmentId {
  SegmentKind kind = SegmentKind::visible;
  std::uint32_t number = 0;  // less than kSegmentEnd

  auto operator<=>(const SegmentId&) const = default;
};

/// "segments/public/00000012.seg". REQUIRES: the number is less than kSegmentEnd.
[[nodiscard]] std::string path_of(const SegmentId& segment);
/// Its inverse. Refuses `segment-path-malformed`.
[[nodiscard]] Result<SegmentId> parse_segment_path(std::string_view path);

}  // namespace comity::log
