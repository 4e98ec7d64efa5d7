#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "codec/json_value.h"

/// JSON in the one form that RFC 8785 (JSON Canonicalization Scheme) gives each value, so that a
/// hash of it is a hash of the value: no white space, members sorted by the UTF-16 code units of
/// their names, numbers as ECMAScript prints doubles, only the escapes that must be.
namespace comity::codec {

/// The canonical text of a value that a `JsonReader` has read. All numbers are doubles, as RFC 8785
/// section 3.2.2.3 wants: of an integer beyond 2^53 the nearest double is written. The text is for
/// hashing: one of its integers may have more than the 64 bits that a `JsonReader` takes.
[[nodiscard]] std::string canonical_json(const JsonValue& value);

/// A member of an object that is put together: its name, and the canonical text of its value.
struct CanonicalMember {
  std::string_view name;
  std::string text;
};
/// The canonical text of an object with these members, in whatever order they come. REQUIRES: no
/// name twice; names in UTF-8.
[[nodiscard]] std::string canonical_object(std::vector<CanonicalMember> members);

/// ECMAScript's Number::toString with radix 10 (ECMA-262 section 6.1.6.1.20): the fewest digits
/// that read back as the same double. REQUIRES: finite.
[[nodiscard]] std::string canonical_number(double value);

/// Whether the first name sorts before the second by UTF-16 code units (RFC 8785 section 3.2.3).
/// REQUIRES: both are UTF-8.
[[nodiscard]] bool sorts_before(std::string_view first, std::string_view second);

}  // namespace comity::codec
