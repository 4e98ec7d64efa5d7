#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace comity::views {

/// The text in the format of RFC 1952, fast rather than small.
[[nodiscard]] Result<std::string> gzip(std::string_view text);

}  // namespace comity::views
