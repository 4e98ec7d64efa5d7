#pragma once

#include <cstdint>

namespace comity::measure {

/// Exact intermediate results; both compilers have the type, the standard does not.
__extension__ using Int128 = __int128;
__extension__ using Uint128 = unsigned __int128;

}  // namespace comity::measure
