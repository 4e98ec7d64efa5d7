#pragma once

#include <string_view>

namespace comity::stix {

/// Whether the specification has such a relationship: in the tables of the source's type in
/// sections 4 and 6, or among the common ones of section 3.7. Of a type that the specification
/// does not define it has none but the common ones.
[[nodiscard]] bool is_suggested_relationship(std::string_view source, std::string_view relationship,
                                             std::string_view target);

}  // namespace comity::stix
