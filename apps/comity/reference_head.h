#pragma once

#include "base/bytes.h"

namespace comity::cli {

/// The beginning of docs/reference/cli.md, which no option tells: reference_head.txt.
[[nodiscard]] ByteView reference_head();

}  // namespace comity::cli
