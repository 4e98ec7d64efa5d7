#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "stix/finding.h"

/// STIX patterns (STIX 2.1 section 9), checked and not evaluated.
namespace comity::stix {

/// What is wrong with one place of a pattern.
struct PatternProblem {
  Level level;
  std::size_t offset;        // in bytes, from the first
  unsigned line, column;     // from 1; the column counts code points, a line ends with a line feed
  std::string_view section;  // of the specification; empty where the limit is ours
  std::string sentence;      // what stands there, what was expected, what to write
};

/// Parentheses within one another that a pattern may have. The bound is ours.
inline constexpr int kPatternDepth = 64;
/// No more problems than so many are told of one pattern.
inline constexpr std::size_t kPatternProblems = 32;

/// From when until when the indicator holds that the pattern stands in: its properties of these
/// names, or empty. What is no timestamp is passed over.
struct PatternValidity {
  std::string_view valid_from;
  std::string_view valid_until;
};

/// Checks all of section 9 that can be told from the pattern alone; empty means well formed. The
/// problems come in the order of the text. Checking ends at the first place that breaks the
/// grammar; what is wrong with the meaning (constants, qualifiers, addresses, object types that
/// are joined by AND) is all told. Takes time linear in the pattern, but for sorting the object
/// types that are joined by OR.
///
/// Errors are what the text of the specification forbids, constants of another type than the
/// property that they are compared with and an index on what is no list among them. What the text
/// doesn't know and only the OASIS committee's grammar accepts (comments, `==`, `<>`, an empty set)
/// is a warning, and so is what can't match or should not be: STOP not after START, either beyond
/// the validity, properties that only an extension could define, a list without an index.
///
/// Not looked at: whether the operand of MATCHES is a regular expression of PCRE, for what a
/// library accepts changes with its version, while a filing must be judged alike for ever.
[[nodiscard]] std::vector<PatternProblem> check_pattern(std::string_view pattern,
                                                        const PatternValidity& validity = {});

}  // namespace comity::stix
