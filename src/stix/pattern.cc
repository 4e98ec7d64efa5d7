#include "stix/pattern.h"

#include <utility>

#include "base/bytes.h"
#include "stix/pattern_lexer.h"
#include "stix/pattern_parser.h"

namespace comity::stix {

std::vector<PatternProblem> check_pattern(std::string_view pattern,
                                          const PatternValidity& validity) {
  PatternProblems problems;
  if (is_utf8(pattern))
    PatternParser(pattern, validity, problems).read();
  else
    problems.add(Level::error, 0, "9.4", "The pattern is not Unicode: write it in UTF-8.");
  return std::move(problems).take(pattern);
}

}  // namespace comity::stix
