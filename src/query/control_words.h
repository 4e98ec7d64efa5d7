#pragma once

#include <string>

#include "filing/control.h"

namespace comity::query {

/// "item 2 of entry 17 is erased; ground ...": what a control says, for a person. What the
/// registrar wrote stands in it as it is.
[[nodiscard]] std::string describe(const filing::Control& control);
/// Its name in docs/formats/control.md.
[[nodiscard]] std::string name_of(const filing::Control& control);

}  // namespace comity::query
