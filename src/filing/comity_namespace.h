#pragma once

#include "crypto/uuid.h"

namespace comity::filing {

/// The namespace of every identifier that Comity derives from a name, so that importing twice adds
/// nothing.
[[nodiscard]] const crypto::Uuid& comity_namespace();

}  // namespace comity::filing
