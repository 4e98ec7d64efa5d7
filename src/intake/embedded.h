#pragma once

#include "base/bytes.h"

namespace comity::intake {

/// data/landmarks.json as it was when the program was built.
[[nodiscard]] ByteView landmarks_json();
/// data/norms.json likewise.
[[nodiscard]] ByteView norms_json();
/// data/taxonomies.json likewise.
[[nodiscard]] ByteView taxonomies_json();
/// data/places.json likewise.
[[nodiscard]] ByteView places_json();
/// data/bodies.json likewise.
[[nodiscard]] ByteView bodies_json();

}  // namespace comity::intake
