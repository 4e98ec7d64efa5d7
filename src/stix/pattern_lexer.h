#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "stix/pattern.h"

namespace comity::stix {

/// Gathers what is wrong with a pattern, at most kPatternProblems.
class PatternProblems {
 public:
  void add(Level level, std::size_t offset, std::string_view section, std::string sentence);
  /// In the order of the text, with line and column. `pattern` is what the offsets are of.
  [[nodiscard]] std::vector<PatternProblem> take(std::string_view pattern) &&;

 private:
  std::vector<PatternProblem> problems_;
};

enum class PatternTokenKind : std::uint8_t {
  end,
  broken,       // already told
  name,         // letters, digits and underscores
  hyphen_name,  // a name with hyphens in it
  keyword,      // AND, OR, ...: capitals
  boolean,
  integer,
  floating,
  string,
  hex,
  binary,
  timestamp,
  equality,  // = == != <>
  order,     // < <= > >=
  mark,      // one of : . , ( ) [ ] *
};

struct PatternToken {
  PatternTokenKind kind = PatternTokenKind::end;
  std::size_t offset = 0;
  std::string_view text;  // as it stands there, quotes and prefix included

  [[nodiscard]] bool is(PatternTokenKind other) const { return kind == other; }
  /// Whether it is that keyword, operator or mark.
  [[nodiscard]] bool is(std::string_view word) const;
  /// What stands between the apostrophes, escapes unresolved. REQUIRES: a constant with quotes.
  [[nodiscard]] std::string_view quoted() const;
  /// The same with escapes resolved. REQUIRES: a string.
  [[nodiscard]] std::string value() const;
};

/// The token for a sentence: short and printable, whatever stands there.
[[nodiscard]] std::string shown(const PatternToken& token);

/// Cuts a pattern into tokens, one after another. White space and comments are passed over.
class PatternLexer {
 public:
  /// Both must outlive the lexer. REQUIRES: is_utf8(pattern)
  PatternLexer(std::string_view pattern, PatternProblems& problems)
      : text_(pattern), problems_(&problems) {}

  /// The next token; `end` for ever at the end. What is broken is told as a problem, and is the
  /// last token that means anything.
  PatternToken next();

 private:
  bool skip_space();
  bool skip_comment();
  PatternToken take(PatternTokenKind kind, std::size_t size);
  PatternToken broken(std::size_t at, std::string_view section, std::string sentence);
  PatternToken take_string();
  PatternToken take_quoted(PatternTokenKind kind);
  PatternToken take_number();
  PatternToken take_word();
  PatternToken take_mark();

  std::string_view text_;
  PatternProblems* problems_;
  std::size_t at_ = 0;
  bool told_of_comments_ = false;
};

}  // namespace comity::stix
