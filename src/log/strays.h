#pragma once

#include <string>
#include <vector>

#include "base/files.h"
#include "crypto/merkle.h"

namespace comity::log {

/// Paths of the tiles and bundles beyond a log's size: the remains of batches that were never
/// committed. They must be gone before the log grows past them, or a partial tile of a lost history
/// would lie among those of the real one. Looks at the right edge alone, in the directories (of a
/// thousand places) where the log ends and those after it, up to the first that is empty.
[[nodiscard]] Result<std::vector<std::string>> stray_tiles(const Files& files,
                                                           crypto::TreeSize size);

}  // namespace comity::log
