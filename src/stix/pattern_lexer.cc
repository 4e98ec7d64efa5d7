#include "stix/pattern_lexer.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/error.h"
#include "stix/ascii.h"

namespace comity::stix {
namespace {

using Token = PatternTokenKind;

constexpr std::array<std::string_view, 16> kKeywords{
    "AND",    "OR",    "NOT",  "FOLLOWEDBY", "LIKE",   "MATCHES", "ISSUPERSET", "ISSUBSET",
    "EXISTS", "START", "STOP", "SECONDS",    "WITHIN", "REPEATS", "TIMES",      "IN"};

bool begins_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_word(char c) { return begins_word(c) || is_digit(c) || c == '-'; }
bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80; }

/// The code point that the text begins with. REQUIRES: not empty and UTF-8.
struct CodePoint {
  char32_t value;
  std::size_t size;
};
CodePoint first_of(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  char32_t value = lead & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i)
    value = value << 6 | (static_cast<unsigned char>(text[i]) & 0x3FU);
  return {value, size};
}

/// Unicode's White_Space, which section 9.4 takes for white space.
bool is_space(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

}  // namespace

void PatternProblems::add(Level level, std::size_t offset, std::string_view section,
                          std::string sentence) {
  if (problems_.size() >= kPatternProblems) return;
  problems_.push_back({level, offset, 0, 0, section, std::move(sentence)});
}

std::vector<PatternProblem> PatternProblems::take(std::string_view pattern) && {
  std::ranges::stable_sort(problems_, {}, &PatternProblem::offset);
  std::size_t at = 0;
  unsigned line = 1;
  unsigned column = 1;
  for (PatternProblem& problem : problems_) {
    for (; at < std::min(problem.offset, pattern.size()); ++at) {
      if (pattern[at] == '\n') {
        ++line;
        column = 1;
      } else if (at + 1 >= pattern.size() || !continues(pattern[at + 1])) {
        ++column;
      }
    }
    problem.line = line;
    problem.column = column;
  }
  return std::move(problems_);
}

bool PatternToken::is(std::string_view word) const {
  const bool literal = kind == Token::keyword || kind == Token::equality || kind == Token::order ||
                       kind == Token::mark;
  return literal && text == word;
}

std::string_view PatternToken::quoted() const {
  const std::size_t open = text.find('\'');
  COMITY_ASSERT(open != std::string_view::npos && text.size() >= open + 2);
  return text.substr(open + 1, text.size() - open - 2);
}

std::string PatternToken::value() const {
  std::string value;
  const std::string_view inside = quoted();
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] == '\\') ++i;
    value.push_back(inside[i]);
  }
  return value;
}

std::string shown(const PatternToken& token) {
  constexpr std::size_t kShownBytes = 40;
  if (token.is(Token::end)) return "the end of the pattern";
  const auto harmless = [](char c) { return c >= ' ' && c <= '~'; };
  if (!std::ranges::all_of(token.text.substr(0, kShownBytes), harmless)) return "something else";
  if (token.text.size() <= kShownBytes) return fmt::format("\"{}\"", token.text);
  return fmt::format("\"{}...\"", token.text.substr(0, kShownBytes));
}

PatternToken PatternLexer::take(Token kind, std::size_t size) {
  const PatternToken token{kind, at_, text_.substr(at_, size)};
  at_ += size;
  return token;
}

PatternToken PatternLexer::broken(std::size_t at, std::string_view section, std::string sentence) {
  problems_->add(Level::error, at, section, std::move(sentence));
  const PatternToken token{Token::broken, at, {}};
  at_ = text_.size();
  return token;
}

PatternToken PatternLexer::next() {
  if (!skip_space()) return broken(at_, "9.4", "The comment has no end; write */ after it.");
  if (at_ >= text_.size()) return {Token::end, text_.size(), {}};
  const char c = text_[at_];
  const char after = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
  if (c == '\'') return take_string();
  if (after == '\'' && c == 'h') return take_quoted(Token::hex);
  if (after == '\'' && c == 'b') return take_quoted(Token::binary);
  if (after == '\'' && c == 't') return take_quoted(Token::timestamp);
  if (begins_word(c)) return take_word();
  const char sign_or_point = c == '+' || c == '-' || c == '.' ? after : c;
  const bool signed_point =
      (c == '+' || c == '-') && after == '.' && at_ + 2 < text_.size() && is_digit(text_[at_ + 2]);
  if (is_digit(sign_or_point) || signed_point) return take_number();
  return take_mark();
}

/// False when a comment has no end.
bool PatternLexer::skip_space() {
  while (at_ < text_.size()) {
    if (text_[at_] == '/') {
      const std::string_view start = text_.substr(at_, 2);
      if (start != "/*" && start != "//") return true;
      if (!skip_comment()) return false;
      continue;
    }
    const CodePoint c = first_of(text_.substr(at_));
    if (!is_space(c.value)) return true;
    at_ += c.size;
  }
  return true;
}

bool PatternLexer::skip_comment() {
  if (!std::exchange(told_of_comments_, true))
    problems_->add(Level::warning, at_, "9.4",
                   "The specification knows no comments, so other readers may refuse the pattern; "
                   "take them out.");
  const bool block = text_[at_ + 1] == '*';
  const std::size_t end = block ? text_.find("*/", at_ + 2) : text_.find_first_of("\r\n", at_);
  if (end == std::string_view::npos) {
    if (block) return false;
    at_ = text_.size();
  } else {
    at_ = end + (block ? 2 : 0);
  }
  return true;
}

PatternToken PatternLexer::take_string() {
  std::size_t end = at_ + 1;
  for (; end < text_.size() && text_[end] != '\''; ++end) {
    if (text_[end] != '\\') continue;
    const char escaped = end + 1 < text_.size() ? text_[end + 1] : '\0';
    if (escaped != '\'' && escaped != '\\')
      return broken(end, "9.2",
                    "After a backslash only an apostrophe or a backslash may stand; write a "
                    "backslash that means itself twice.");
    ++end;
  }
  if (end >= text_.size())
    return broken(at_, "9.2", "The string that begins here has no end; write an apostrophe.");
  return take(Token::string, end + 1 - at_);
}

/// h'..', b'..' and t'..'; what stands inside is looked at by the parser.
PatternToken PatternLexer::take_quoted(Token kind) {
  const std::size_t end = text_.find('\'', at_ + 2);
  if (end == std::string_view::npos)
    return broken(at_, "9.2", "The constant that begins here has no end; write an apostrophe.");
  return take(kind, end + 1 - at_);
}

/// Digits with an optional sign before and an optional fraction after, or a fraction alone.
PatternToken PatternLexer::take_number() {
  const auto digits_from = [&](std::size_t at) {
    while (at < text_.size() && is_digit(text_[at])) ++at;
    return at;
  };
  const std::size_t begin = is_digit(text_[at_]) || text_[at_] == '.' ? at_ : at_ + 1;
  const std::size_t whole = digits_from(begin);
  if (whole >= text_.size() || text_[whole] != '.') return take(Token::integer, whole - at_);
  const std::size_t fraction = digits_from(whole + 1);
  if (fraction == whole + 1) return take(Token::integer, whole - at_);
  return take(Token::floating, fraction - at_);
}

PatternToken PatternLexer::take_word() {
  std::size_t end = at_;
  while (end < text_.size() && is_word(text_[end])) ++end;
  const std::string_view word = text_.substr(at_, end - at_);
  if (word == "true" || word == "false") return take(Token::boolean, word.size());
  if (std::ranges::find(kKeywords, word) != kKeywords.end())
    return take(Token::keyword, word.size());
  return take(word.contains('-') ? Token::hyphen_name : Token::name, word.size());
}

PatternToken PatternLexer::take_mark() {
  const std::string_view two = text_.substr(at_, 2);
  if (two == "==" || two == "!=" || two == "<>") return take(Token::equality, 2);
  if (two == "<=" || two == ">=") return take(Token::order, 2);
  const char c = text_[at_];
  if (c == '=') return take(Token::equality, 1);
  if (c == '<' || c == '>') return take(Token::order, 1);
  if (std::string_view(":.,()[]*").contains(c)) return take(Token::mark, 1);
  if (c == '"')
    return broken(at_, "9.2", "Strings and names stand in apostrophes, not in quotation marks.");
  const CodePoint point = first_of(text_.substr(at_));
  return broken(at_, "9.4",
                fmt::format("The character U+{:04X} means nothing in a pattern outside of strings; "
                            "take it out.",
                            static_cast<std::uint32_t>(point.value)));
}

}  // namespace comity::stix
