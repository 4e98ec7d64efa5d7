#pragma once

#include <cstddef>

#include "base/error.h"
#include "filing/object.h"

namespace comity::filing {

// What an object's TLP marking lets a filing do with it: `docs/formats/manifest.md`.

/// Refuses `object-not-public` for anything marked above TLP:CLEAR.
[[nodiscard]] Result<void> check_public(const ObjectHead& head);

/// `readers` is how many parties a hidden content names, none meaning every admitted party. Refuses
/// `hidden-audience-mismatch` where TLP:GREEN names some, or a stricter marking none. What could be
/// public may be hidden from anybody.
[[nodiscard]] Result<void> check_audience(const ObjectHead& head, std::size_t readers);

}  // namespace comity::filing
