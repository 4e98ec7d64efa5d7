#pragma once

#include <string_view>

#include "base/bytes.h"

namespace comity::codec {

/// The bytes that a test writes in hex.
inline Bytes hex(std::string_view text) { return from_hex(text).value(); }

}  // namespace comity::codec
