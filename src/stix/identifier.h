#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace comity::stix {

/// An identifier taken apart: `<type>--<uuid>` (section 2.9).
struct Identifier {
  std::string_view type;
  std::string_view uuid;
  /// 1 to 5 (RFC 4122 section 4.1.3), or 0 for what is no such identifier.
  int version = 0;
  /// Whether the UUID has capital letters, which RFC 4122 reads but does not write.
  bool capitals = false;

  explicit operator bool() const { return version != 0; }
};

/// The UUID must have the variant of RFC 4122 and one of its versions; the type must be well
/// formed. Takes time linear in the text.
[[nodiscard]] Identifier parse_identifier(std::string_view text);

/// A type name of section 3.1 and 11.2.1: 3 to 250 of a-z, 0-9 and single hyphens, a letter first.
[[nodiscard]] bool is_type_name(std::string_view text);

/// The place of a type in kTypeNames, or its size for a type that is custom.
[[nodiscard]] std::size_t type_index(std::string_view type);

}  // namespace comity::stix
