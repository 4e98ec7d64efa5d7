#pragma once

#include <optional>
#include <span>
#include <vector>

#include "audit/report.h"
#include "base/files.h"
#include "crypto/merkle.h"
#include "log/layout.h"

namespace comity::audit {

/// Holds every tile of level 1 and above, and the partial ones of level 0, against the root of the
/// head, from the top down: each full tile must hash to what the tile above says. So what passes
/// is proved by the checkpoint, and a finding names the one file that is wrong. Memory: one tile a
/// level.
void audit_tiles(const Files& files, const crypto::TreeHead& head, Report& report);

/// The hash of the subtree whose 256 lower hashes a full tile holds.
[[nodiscard]] crypto::NodeHash hash_of_full_tile(std::span<const crypto::NodeHash> hashes);

/// Partial tiles and bundles that lie beside the full or wider ones they grew into must be their
/// beginning; anything else under tile/ that the size has no place for is reported too, unless it
/// lies beyond the right edge, where a batch was not committed.
void audit_partials(const Files& files, const crypto::TreeHead& head, Report& report);

}  // namespace comity::audit
