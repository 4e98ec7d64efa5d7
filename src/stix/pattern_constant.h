#pragma once

#include <string>
#include <string_view>

#include "stix/pattern_lexer.h"

/// The constants of patterns (section 9.2) and what operators ask of them (section 9.6.1).
namespace comity::stix {

/// Whether it is a constant of any type.
[[nodiscard]] bool is_constant(PatternTokenKind kind);
/// "integer", as section 9.2 calls it. REQUIRES: is_constant(kind)
[[nodiscard]] std::string_view name_of(PatternTokenKind kind);

/// Tells what is wrong with the form of a constant: signs, ranges, digits, base64, dates.
void check_constant(const PatternToken& token, PatternProblems& problems);

/// Tells when a number is not above zero. REQUIRES: an integer or a float.
void check_positive(const PatternToken& token, std::string_view qualifier,
                    PatternProblems& problems);

enum class IpVersion : std::uint8_t { any, v4, v6 };
/// An address, or a range of them in CIDR notation (sections 6.8 and 6.9).
[[nodiscard]] bool is_ip_range(const std::string& text, IpVersion version);

/// The number of hexadecimal digits of a hash of that algorithm, or 0 where the name is none of
/// section 10.7 whose values are such digits.
[[nodiscard]] std::size_t hash_digits(std::string_view algorithm);
[[nodiscard]] bool is_hex(std::string_view text);

}  // namespace comity::stix
