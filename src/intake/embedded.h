#pragma once

#include "base/bytes.h"

namespace comity::intake {

/// data/landmarks.json as it was when the program was built.
[[nodiscard]] ByteView landmarks_json();
/// data/norms.json likewise.
[[nodiscard]] ByteView norms_json();

}  // namespace comity::intake
