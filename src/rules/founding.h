#pragma once

#include "base/error.h"
#include "codec/json.h"
#include "filing/check.h"
#include "rules/state.h"

namespace comity::rules {

/// What entry 0 makes of an empty log: `docs/formats/charter.md`, Founding. All but the statement
/// itself. Pure. Refuses `founding-malformed`, `wrong-origin`, `key-proof-invalid` and what the
/// parsers of the three notes refuse.
[[nodiscard]] Result<Changes> found(const filing::CheckedFiling& filing, codec::JsonReader& reader);

}  // namespace comity::rules
