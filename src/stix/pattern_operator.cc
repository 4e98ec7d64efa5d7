#include <fmt/format.h>

#include "stix/pattern_constant.h"
#include "stix/pattern_parser.h"

// The operators of comparisons (section 9.6.1): the rest of PatternParser.
namespace comity::stix {

using Token = PatternTokenKind;

bool PatternParser::read_test(const PatternPath& path) {
  take("NOT");
  if (next_.is(Token::equality)) return read_equality(path);
  if (next_.is(Token::order)) return read_order(path);
  if (next_.is("IN")) return read_set(path);
  if (next_.is("LIKE") || next_.is("MATCHES") || next_.is("ISSUBSET") || next_.is("ISSUPERSET"))
    return read_string_test(path);
  return expected("an operator (=, !=, <, <=, >, >=, IN, LIKE, MATCHES, ISSUBSET or ISSUPERSET)",
                  "9.6.1");
}

/// What stands there may be a string that lacks its apostrophes.
bool PatternParser::expected_constant() {
  return expected("a constant", next_.is(Token::name) ? "9.2" : "9.6.1");
}

bool PatternParser::read_equality(const PatternPath& path) {
  const PatternToken operation = take();
  if (operation.text == "==" || operation.text == "<>")
    warning(operation, "9.6.1",
            fmt::format("The specification has no operator {}, so other readers may refuse it; "
                        "write {}.",
                        operation.text, operation.text == "==" ? "=" : "!="));
  if (!is_constant(next_.kind)) return expected_constant();
  const PatternToken constant = take();
  check_constant(constant, *problems_);
  check_hash_value(path, constant, *problems_);
  path.walk.check_constant_type(constant, *problems_);
  return true;
}

bool PatternParser::read_order(const PatternPath& path) {
  const PatternToken operation = take();
  if (!is_constant(next_.kind)) return expected_constant();
  const PatternToken constant = take();
  if (constant.is(Token::boolean))
    error(constant, "9.6.1",
          fmt::format("Truth has no order; after {} write a number, a string or a timestamp.",
                      operation.text));
  else
    path.walk.check_constant_type(constant, *problems_);
  check_constant(constant, *problems_);
  return true;
}

bool PatternParser::read_set(const PatternPath& path) {
  take();
  if (!expect("(", "9.6.1")) return false;
  if (next_.is(")")) {
    warning(next_, "9.6.1", "The set is empty, so nothing is in it; write its values.");
    take();
    return true;
  }
  const PatternToken first = next_;
  bool told = false;
  do {
    if (!is_constant(next_.kind)) return expected_constant();
    const PatternToken constant = take();
    check_constant(constant, *problems_);
    check_hash_value(path, constant, *problems_);
    if (constant.kind != first.kind && !told) {
      error(constant, "9.6.1",
            fmt::format("The constants of a set have one type; here stands one of type {} after "
                        "one of type {}.",
                        name_of(constant.kind), name_of(first.kind)));
      told = true;
    } else {
      path.walk.check_constant_type(constant, *problems_);
    }
  } while (take(","));
  return expect(")", "9.6.1");
}

/// LIKE, MATCHES, ISSUBSET and ISSUPERSET, which compare with a string.
bool PatternParser::read_string_test(const PatternPath& path) {
  const PatternToken operation = take();
  if (!next_.is(Token::string)) return expected("a string in apostrophes", "9.6.1");
  const PatternToken string = take();
  if (operation.text == "ISSUBSET" || operation.text == "ISSUPERSET")
    check_range_test(path, operation, string, *problems_);
  path.walk.check_constant_type(string, *problems_);
  return true;
}

}  // namespace comity::stix
