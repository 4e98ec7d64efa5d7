#pragma once

#include "base/bytes.h"
#include "base/error.h"
#include "intake/case.h"
#include "intake/imported.h"

namespace comity::intake {

/// The threat-actor galaxy of the MISP project (clusters/threat-actor.json of misp-galaxy) as
/// `intrusion-set` objects with their aliases, as docs/mapping.md says. What the galaxy says of
/// countries and sponsors are claims under the name of who makes them, never properties of the
/// actor.
///
/// Refuses `intake-malformed`, naming the place, `intake-too-large` and `importer-malformed`.
[[nodiscard]] Result<Imported> misp_galaxy(ByteView json, const Importer& importer);

}  // namespace comity::intake
