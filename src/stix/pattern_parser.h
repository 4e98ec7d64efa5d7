#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "stix/pattern_lexer.h"
#include "stix/pattern_path.h"

namespace comity::stix {

/// Reads one pattern by the grammar of sections 9.5 to 9.7, deciding by the next token alone, and
/// tells what is wrong with it. Nothing is kept of a pattern but the object types that each
/// comparison can hold for. AND between observations binds more tightly than OR, and OR than
/// FOLLOWEDBY; since that decides what matches and never what is well formed, operators between
/// observations are read in one row.
class PatternParser {
 public:
  /// All must outlive the parser. REQUIRES: is_utf8(pattern)
  PatternParser(std::string_view pattern, const PatternValidity& validity,
                PatternProblems& problems);

  void read();

 private:
  /// The object types for which a comparison can be true: indices into names_, ascending.
  using Types = std::vector<std::uint32_t>;

  // What is expected where; false or nothing once the grammar is broken, which has been told.
  bool read_observations(int depth);
  bool read_observation(int depth);
  bool read_qualifiers();
  bool read_within();
  bool read_repeats();
  bool read_start_stop();
  void check_span(const PatternToken& start, const PatternToken& stop);
  std::optional<Types> read_alternatives(int depth);
  std::optional<Types> read_conjunction(int depth);
  std::optional<Types> read_comparison(int depth);
  std::optional<PatternPath> read_path();
  bool read_name(PatternPath& path);
  bool read_index(PatternPath& path);
  bool read_test(const PatternPath& path);
  bool read_equality(const PatternPath& path);
  bool read_order(const PatternPath& path);
  bool read_set(const PatternPath& path);
  bool read_string_test(const PatternPath& path);

  PatternToken take();
  bool take(std::string_view word);
  bool expect(std::string_view word, std::string_view section);
  bool expected(std::string_view what, std::string_view section);
  bool expected_constant();
  bool is_too_deep(int depth);
  void error(const PatternToken& at, std::string_view section, std::string sentence);
  void warning(const PatternToken& at, std::string_view section, std::string sentence);
  Types types_of(std::string_view name);
  /// The types that both sides of an AND can hold for.
  Types both(const Types& left, const Types& right, const PatternToken& at);

  PatternValidity validity_;
  PatternProblems* problems_;
  PatternLexer lexer_;
  PatternToken next_;
  std::unordered_map<std::string_view, std::uint32_t> indices_;
  std::vector<std::string_view> names_;
};

}  // namespace comity::stix
