#pragma once

#include "base/bytes.h"
#include "base/error.h"
#include "intake/case.h"
#include "intake/imported.h"

namespace comity::intake {

/// CISA's catalog of known exploited vulnerabilities (its JSON file) as `vulnerability` objects, as
/// docs/mapping.md says.
///
/// Refuses `intake-malformed`, naming the place, `intake-too-large` and `importer-malformed`.
[[nodiscard]] Result<Imported> kev(ByteView json, const Importer& importer);

}  // namespace comity::intake
