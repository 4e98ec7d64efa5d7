#pragma once

#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "intake/case.h"

namespace comity::intake {

/// Reads data/norms.json: one case for each rulebook, its norms as `course-of-action` objects and
/// last the `grouping` that holds them. Pure and deterministic like `landmarks`.
///
/// Refuses `intake-malformed`, naming the place, and `importer-malformed`.
[[nodiscard]] Result<std::vector<Case>> rulebooks(ByteView json, const Importer& importer);

}  // namespace comity::intake
