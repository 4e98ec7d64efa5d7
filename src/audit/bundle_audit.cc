#include "audit/bundle_audit.h"

#include <fmt/format.h>

#include "audit/tile_audit.h"
#include "log/tile_reader.h"

namespace comity::audit {
namespace {

/// The leaf hashes that the tiles prove for this bundle, or a finding.
std::optional<std::vector<crypto::NodeHash>> proved_leaves(const BundleContext& context,
                                                           AuditedBundle& bundle) {
  const auto report = [&bundle](Finding finding) {
    bundle.findings.push_back(std::move(finding));
    return std::nullopt;
  };
  const auto tile = log::tile_at(context.head.size, 0, bundle.index);
  COMITY_ASSERT(tile.has_value());
  const log::TileReader tiles(context.files, context.head.size);
  auto hashes = tiles.read_tile(*tile);
  if (!hashes) return report({hashes.error().code(), hashes.error().sentence(), std::nullopt});
  if (!tile->full()) return std::move(*hashes);  // proved with the right edge
  const auto parent = log::tile_at(context.head.size, 1, bundle.index / log::kTileWidth);
  COMITY_ASSERT(parent.has_value());
  const auto above = tiles.read_tile(*parent);
  if (above && (*above)[bundle.index % log::kTileWidth] == hash_of_full_tile(*hashes))
    return std::move(*hashes);
  if (!above) return report({above.error().code(), above.error().sentence(), std::nullopt});
  return report({"tile-damaged",
                 fmt::format("{} does not hash to what the tile above it says; it was altered. "
                             "Restore it from a mirror.",
                             log::path_of(*tile)),
                 std::nullopt});
}

}  // namespace

void audit_bundle(const BundleContext& context, codec::JsonReader& reader, AuditedBundle& bundle) {
  const auto leaves = proved_leaves(context, bundle);
  for (AuditedEntry& entry : bundle.entries) {
    const std::uint64_t place = entry.stored.index % log::kTileWidth;
    entry.hashed = leaves && place < leaves->size() &&
                   crypto::as_node(crypto::leaf_hash(entry.stored.entry)) == (*leaves)[place];
    if (leaves && !entry.hashed)
      bundle.findings.push_back(
          {"entry-damaged",
           fmt::format("Entry {} does not hash to its leaf in the tree: its bytes in {} were "
                       "altered. Restore that file from a mirror.",
                       entry.stored.index,
                       log::path_of(*log::bundle_at(context.head.size, bundle.index))),
           entry.stored.index});
    entry.checked = log::check_entry(entry.stored, context.find_key, reader);
  }
}

}  // namespace comity::audit
