#pragma once

#include <span>

#include "base/bytes.h"

/// Files of the source tree inside the program; see cmake/embed.cmake.
namespace comity::record {

[[nodiscard]] ByteView schema_sql();
[[nodiscard]] ByteView indexes_sql();

}  // namespace comity::record
