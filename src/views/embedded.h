#pragma once

#include <span>

#include "base/bytes.h"

namespace comity::views {

/// openapi.json as it was when the program was built.
[[nodiscard]] ByteView openapi_json();

}  // namespace comity::views
