#pragma once

#include <string_view>

namespace comity::filing {

/// 8-4-4-4-12 hexadecimal digits in lower case (RFC 9562 section 4). Version and variant are not
/// looked at.
[[nodiscard]] bool is_uuid(std::string_view text);

/// A STIX type name: 3 to 250 of a-z, 0-9 and '-' (STIX 2.1 section 2.19).
[[nodiscard]] bool is_stix_type(std::string_view text);

/// A STIX identifier, `<type>--<uuid>` (STIX 2.1 section 2.9), of at most limits::kNameBytes.
[[nodiscard]] bool is_stix_id(std::string_view text);
/// The same, of the given type.
[[nodiscard]] bool is_stix_id(std::string_view text, std::string_view type);

/// The id of an identity: the name of a party.
[[nodiscard]] bool is_party_id(std::string_view text);

}  // namespace comity::filing
