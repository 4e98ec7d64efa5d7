#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "stix/pattern_lexer.h"
#include "stix/pattern_schema.h"

/// Object paths (section 9.7): what their names and their ends must be.
namespace comity::stix {

/// An object path that has been read: its start, and the two names at its end.
struct PatternPath {
  explicit PatternPath(const PatternToken& object_type)
      : type(object_type.text), offset(object_type.offset), walk(object_type.text) {}

  std::string_view type;
  std::size_t offset;
  std::size_t names = 0;      // after the type
  std::string last;           // the last of them
  std::string before;         // the one before it, or empty
  bool last_indexed = false;  // [0] or [*] stands after the last name
  bool before_indexed = false;
  PatternSchemaWalk walk;  // where the path has led to

  void add_name(std::string name);
  void add_index() { last_indexed = true; }
};

/// Tells when the token cannot be the type of a cyber-observable object.
void check_object_type(const PatternToken& token, PatternProblems& problems);
/// Tells when it cannot be a property, the first name of a path, and gives false.
bool check_property_name(const PatternToken& token, std::string_view name,
                         PatternProblems& problems);

/// Tells when ISSUBSET or ISSUPERSET can't stand between the path and the string.
void check_range_test(const PatternPath& path, const PatternToken& operation,
                      const PatternToken& range, PatternProblems& problems);

/// Tells when the path ends on the value of a hash and the string can't be one of its algorithm.
void check_hash_value(const PatternPath& path, const PatternToken& value,
                      PatternProblems& problems);

}  // namespace comity::stix
