#include "stix/pattern_parser.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "stix/pattern_constant.h"
#include "stix/timestamp.h"

namespace comity::stix {

using Token = PatternTokenKind;

PatternParser::PatternParser(std::string_view pattern, const PatternValidity& validity,
                             PatternProblems& problems)
    : validity_(validity), problems_(&problems), lexer_(pattern, problems), next_(lexer_.next()) {}

void PatternParser::read() {
  if (next_.is(Token::end)) {
    expected("an observation in square brackets", "9.4");
    return;
  }
  if (!read_observations(0) || next_.is(Token::end)) return;
  expected("AND, OR, FOLLOWEDBY, WITHIN, REPEATS, START or the end of the pattern",
           next_.is(Token::mark) ? "9.5" : "9.4");
}

bool PatternParser::read_observations(int depth) {
  do {
    if (!read_observation(depth)) return false;
  } while (take("AND") || take("OR") || take("FOLLOWEDBY"));
  return true;
}

bool PatternParser::read_observation(int depth) {
  const PatternToken first = next_;
  if (take("[")) {
    if (next_.is("]")) return expected("a comparison", "9.5");
    if (!read_alternatives(depth)) return false;
    const bool comparison = next_.is(Token::name) || next_.is(Token::equality);
    if (!take("]")) return expected("AND, OR or \"]\"", comparison ? "9.6" : "9.5");
  } else if (first.is("(")) {
    if (is_too_deep(depth)) return false;
    take();
    if (!read_observations(depth + 1)) return false;
    if (!take(")")) return expected("AND, OR, FOLLOWEDBY, a qualifier or \")\"", "9.5.3");
  } else {
    return expected("an observation in square brackets", "9.5");
  }
  return read_qualifiers();
}

bool PatternParser::read_qualifiers() {
  std::set<std::string_view> seen;
  while (next_.is("WITHIN") || next_.is("REPEATS") || next_.is("START")) {
    const PatternToken word = take();
    if (!seen.insert(word.text).second)
      error(word, "9.5.1",
            fmt::format("An observation has no two {} qualifiers; keep one, or put what the first "
                        "belongs to into parentheses.",
                        word.text));
    const bool read = word.text == "WITHIN"    ? read_within()
                      : word.text == "REPEATS" ? read_repeats()
                                               : read_start_stop();
    if (!read) return false;
  }
  return true;
}

bool PatternParser::read_within() {
  if (!next_.is(Token::integer) && !next_.is(Token::floating))
    return expected("a number of seconds", "9.5.1");
  const PatternToken number = take();
  check_constant(number, *problems_);
  check_positive(number, "WITHIN", *problems_);
  return expect("SECONDS", "9.5.1");
}

bool PatternParser::read_repeats() {
  if (!next_.is(Token::integer)) return expected("an integer", "9.5.1");
  const PatternToken number = take();
  check_constant(number, *problems_);
  check_positive(number, "REPEATS", *problems_);
  return expect("TIMES", "9.5.1");
}

bool PatternParser::read_start_stop() {
  constexpr std::string_view kWanted = "a timestamp such as t'2016-01-20T12:31:12Z'";
  if (!next_.is(Token::timestamp)) return expected(kWanted, "9.5.1");
  const PatternToken start = take();
  check_constant(start, *problems_);
  if (!expect("STOP", "9.5.1")) return false;
  if (!next_.is(Token::timestamp)) return expected(kWanted, "9.5.1");
  const PatternToken stop = take();
  check_constant(stop, *problems_);
  check_span(start, stop);
  return true;
}

void PatternParser::check_span(const PatternToken& start, const PatternToken& stop) {
  const auto earlier = [](const Timestamp& a, const Timestamp& b) {
    return a && b && compare(a, b) < 0;
  };
  const Timestamp begin = parse_time(start.quoted());
  const Timestamp end = parse_time(stop.quoted());
  if (begin && end && !earlier(begin, end))
    warning(stop, "9.5.1",
            "Nothing is observed from START on and before STOP unless STOP is later; exchange "
            "them or correct one.");
  if (earlier(begin, parse_time(validity_.valid_from)))
    warning(start, "9.5.1", "START should not be earlier than the indicator's valid_from.");
  if (earlier(parse_time(validity_.valid_until), end))
    warning(stop, "9.5.1", "STOP should not be later than the indicator's valid_until.");
}

std::optional<PatternParser::Types> PatternParser::read_alternatives(int depth) {
  auto types = read_conjunction(depth);
  while (types && take("OR")) {
    const auto more = read_conjunction(depth);
    if (!more) return std::nullopt;
    types->insert(types->end(), more->begin(), more->end());
  }
  if (!types) return std::nullopt;
  std::ranges::sort(*types);
  const auto [first, last] = std::ranges::unique(*types);
  types->erase(first, last);
  return types;
}

std::optional<PatternParser::Types> PatternParser::read_conjunction(int depth) {
  auto types = read_comparison(depth);
  while (types && take("AND")) {
    const PatternToken at = next_;
    const auto more = read_comparison(depth);
    if (!more) return std::nullopt;
    types = both(*types, *more, at);
  }
  return types;
}

std::optional<PatternParser::Types> PatternParser::read_comparison(int depth) {
  if (next_.is("(")) {
    if (is_too_deep(depth)) return std::nullopt;
    take();
    auto types = read_alternatives(depth + 1);
    if (types && take(")")) return types;
    if (types) expected("AND, OR or \")\"", "9.6");
    return std::nullopt;
  }
  const bool negated = take("NOT");
  if (take("EXISTS")) {
    const auto path = read_path();
    return path ? std::optional(types_of(path->type)) : std::nullopt;
  }
  if (negated) {
    expected("EXISTS (in other tests NOT stands after the object path)", "9.6.1");
    return std::nullopt;
  }
  const auto path = read_path();
  if (!path || !read_test(*path)) return std::nullopt;
  return types_of(path->type);
}

std::optional<PatternPath> PatternParser::read_path() {
  if (!next_.is(Token::name) && !next_.is(Token::hyphen_name)) {
    expected("an object path such as file:name", "9.6");
    return std::nullopt;
  }
  const PatternToken type = take();
  check_object_type(type, *problems_);
  PatternPath path(type);
  if (!expect(":", "9.7")) return std::nullopt;
  do {
    if (!read_name(path)) return std::nullopt;
    while (next_.is("["))
      if (!read_index(path)) return std::nullopt;
  } while (take("."));
  return path;
}

bool PatternParser::read_name(PatternPath& path) {
  const PatternToken token = next_;
  const bool word = token.is(Token::name) || token.is(Token::hyphen_name) ||
                    token.is(Token::keyword) || token.is(Token::boolean);
  if (!word && !token.is(Token::string))
    return expected("a property (in apostrophes unless it is a word)", "9.7");
  take();
  if (token.is(Token::hyphen_name))
    error(token, "9.7", "A name with a hyphen stands in apostrophes: 'SHA-256'.");
  if (token.is(Token::keyword) || token.is(Token::boolean))
    warning(token, "9.7",
            fmt::format("Other readers may take {} for a keyword; put it into apostrophes.",
                        shown(token)));
  std::string name = token.is(Token::string) ? token.value() : std::string(token.text);
  bool well_formed = !name.empty() && !token.is(Token::hyphen_name);
  if (name.empty())
    error(token, "9.7", "A property has a name; write it between the apostrophes.");
  else if (path.names == 0 && well_formed)
    well_formed = check_property_name(token, name, *problems_);
  PatternProblems untold;
  path.walk.follow(token, name, well_formed ? *problems_ : untold);
  path.add_name(std::move(name));
  return true;
}

bool PatternParser::read_index(PatternPath& path) {
  take();
  if (!next_.is(Token::integer) && !next_.is("*")) return expected("an index from 0 or *", "9.7.2");
  const PatternToken index = take();
  if (index.text.starts_with('-'))
    error(index, "9.7.2", "The elements of a list are counted from 0; write 0 or more, or *.");
  if (index.is(Token::integer)) check_constant(index, *problems_);
  path.walk.follow_index(index, *problems_);
  path.add_index();
  return expect("]", "9.7.2");
}

bool PatternParser::is_too_deep(int depth) {
  if (depth < kPatternDepth) return false;
  error(next_, {},
        fmt::format("More than {} parentheses in one another; take out those that are "
                    "not needed.",
                    kPatternDepth));
  return true;
}

PatternToken PatternParser::take() { return std::exchange(next_, lexer_.next()); }

bool PatternParser::take(std::string_view word) {
  if (!next_.is(word)) return false;
  take();
  return true;
}

bool PatternParser::expect(std::string_view word, std::string_view section) {
  return take(word) || expected(fmt::format("\"{}\"", word), section);
}

bool PatternParser::expected(std::string_view what, std::string_view section) {
  if (!next_.is(Token::broken))
    error(next_, section, fmt::format("Here stands {}, where {} is expected.", shown(next_), what));
  return false;
}

void PatternParser::error(const PatternToken& at, std::string_view section, std::string sentence) {
  problems_->add(Level::error, at.offset, section, std::move(sentence));
}

void PatternParser::warning(const PatternToken& at, std::string_view section,
                            std::string sentence) {
  problems_->add(Level::warning, at.offset, section, std::move(sentence));
}

PatternParser::Types PatternParser::types_of(std::string_view name) {
  const auto index = static_cast<std::uint32_t>(names_.size());
  const auto [at, is_new] = indices_.try_emplace(name, index);
  if (is_new) names_.push_back(name);
  return {at->second};
}

PatternParser::Types PatternParser::both(const Types& left, const Types& right,
                                         const PatternToken& at) {
  Types types;
  std::ranges::set_intersection(left, right, std::back_inserter(types));
  if (!types.empty()) return types;
  const auto name = [&](const Types& of) {
    return shown({Token::name, 0, names_[of.front()]}) + (of.size() > 1 ? " and others" : "");
  };
  error(at, "9.5",
        fmt::format("AND joins {} with {}, but within an observation all that AND joins must hold "
                    "for one object; write OR, or two observations.",
                    name(left), name(right)));
  return left;
}

}  // namespace comity::stix
