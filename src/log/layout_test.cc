#include "log/layout.h"

namespace comity::log {
namespace {

using crypto::TreeSize;

TEST(Layout, PathsAreThoseOfTlogTiles) {
  // The examples of C2SP tlog-tiles.
  EXPECT_EQ(path_of(TileId{.level = 0, .index = 1234067}), "tile/0/x001/x234/067");
  EXPECT_EQ(path_of(TileId{.level = 0, .index = 273, .width = 112}), "tile/0/273.p/112");
  EXPECT_EQ(path_of(TileId{.level = 1, .index = 1, .width = 17}), "tile/1/001.p/17");
  EXPECT_EQ(path_of(BundleId{.index = 0}), "tile/entries/000");
  EXPECT_EQ(path_of(BundleId{.index = 1000, .width = 1}), "tile/entries/x001/000.p/1");
  EXPECT_EQ(partial_directory(BundleId{.index = 7, .width = 9}), "tile/entries/007.p");
  EXPECT_EQ(path_of(SegmentId{.kind = SegmentKind::hidden, .number = 12}),
            "segments/hidden/00000012.seg");
}

TEST(Layout, RefusesEverySecondWayToWriteAPath) {
  for (const std::string_view path : {"",
                                      "tile",
                                      "tile/0/",
                                      "tile/0/1",
                                      "tile/0/01",
                                      "tile/0/0001",
                                      "tile/00/001",
                                      "tile/8/001",
                                      "tile/-1/001",
                                      "tile/0/001/002",
                                      "tile/0/x000/001",
                                      "tile/0/x001",
                                      "tile/0/001.p",
                                      "tile/0/001.p/0",
                                      "tile/0/001.p/256",
                                      "tile/0/001.p/01",
                                      "tile/0/001.p/1/",
                                      "/tile/0/001",
                                      "tile/0/x001/x001/x001/x001/x001/x001/001",
                                      "tile/0/x999/x999/x999/x999/x999/999",
                                      "tile/entries/1",
                                      "tile/entries/x001/001.p/999",
                                      "tile/data/001",
                                      "tile/0/001 "}) {
    const auto parsed = parse_tile_path(path);
    ASSERT_FALSE(parsed) << path;
    EXPECT_EQ(parsed.error().code(), "tile-path-malformed");
  }
  for (const std::string_view path :
       {"", "segments/public/1.seg", "segments/public/000000001.seg", "segments/open/00000001.seg",
        "segments/public/0000000x.seg", "segments/public/00000001.seg/", "00000001.seg"}) {
    const auto parsed = parse_segment_path(path);
    ASSERT_FALSE(parsed) << path;
    EXPECT_EQ(parsed.error().code(), "segment-path-malformed");
  }
}

RC_GTEST_PROP(LayoutProperty, ParsingIsTheInverseOfWriting, ()) {
  const TileId tile{.level = *rc::gen::inRange(0U, kTileLevels),
                    .index = *rc::gen::inRange<std::uint64_t>(0, std::uint64_t{1} << 55),
                    .width = *rc::gen::inRange(1U, kTileWidth + 1)};
  const auto parsed = parse_tile_path(path_of(tile));
  RC_ASSERT(parsed && *parsed == TilePath(tile));
  const BundleId bundle{.index = tile.index, .width = tile.width};
  const auto parsed_bundle = parse_tile_path(path_of(bundle));
  RC_ASSERT(parsed_bundle && *parsed_bundle == TilePath(bundle));
  const SegmentId segment{.kind = *rc::gen::element(SegmentKind::visible, SegmentKind::hidden),
                          .number = *rc::gen::inRange(0U, 100'000'000U)};
  RC_ASSERT(parse_segment_path(path_of(segment)).value() == segment);
}

TEST(Layout, TilesOfATreeArePartialAtTheRightEdgeAlone) {
  EXPECT_EQ(tile_at(TreeSize{0}, 0, 0), std::nullopt);
  EXPECT_EQ(tile_at(TreeSize{5}, 0, 0), (TileId{.level = 0, .index = 0, .width = 5}));
  EXPECT_EQ(tile_at(TreeSize{256}, 0, 0), (TileId{.level = 0, .index = 0, .width = 256}));
  EXPECT_EQ(tile_at(TreeSize{256}, 0, 1), std::nullopt);
  EXPECT_EQ(tile_at(TreeSize{256}, 1, 0), (TileId{.level = 1, .index = 0, .width = 1}));
  EXPECT_EQ(tile_at(TreeSize{255}, 1, 0), std::nullopt);
  EXPECT_EQ(tile_at(TreeSize{70000}, 0, 273), (TileId{.level = 0, .index = 273, .width = 112}));
  EXPECT_EQ(tile_at(TreeSize{70000}, 2, 0), (TileId{.level = 2, .index = 0, .width = 1}));
  EXPECT_EQ(tile_at(TreeSize{~std::uint64_t{0}}, 8, 0), std::nullopt);
  EXPECT_EQ(tile_at(TreeSize{5}, 0, ~std::uint64_t{0}), std::nullopt);
  EXPECT_EQ(bundle_at(TreeSize{257}, 1), (BundleId{.index = 1, .width = 1}));
  EXPECT_EQ(bundle_at(TreeSize{257}, 2), std::nullopt);
}

}  // namespace
}  // namespace comity::log
