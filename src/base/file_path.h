#pragma once

#include <string_view>
#include <vector>

#include "base/error.h"

namespace comity {

/// The parts of a path that a `Files` takes: one to 32 parts joined by '/', each of 1 to 255 bytes,
/// none beginning with '.' (so neither "." nor "..", nor the name of a file that `replace` has not
/// finished), none with a control character or a backslash. Refuses `path-unsafe`, since a path may
/// come from a request. The parts are views into `path`.
[[nodiscard]] Result<std::vector<std::string_view>> path_parts(std::string_view path);

}  // namespace comity
