#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "stix/pattern_lexer.h"
#include "stix/schema_index.h"

namespace comity::stix {

/// Follows an object path through the schema of the observables: from property to property, into
/// lists, dictionaries, extensions and referenced objects. Where the schema ends (custom objects
/// and extensions), everything is possible from there on.
class PatternSchemaWalk {
 public:
  /// From an object of that type.
  explicit PatternSchemaWalk(std::string_view object_type);

  /// To a property or key. Tells when nothing of that name can be there, or a list comes before it
  /// without an index. A warning, for an extension may add properties.
  void follow(const PatternToken& token, std::string_view name, PatternProblems& problems);
  /// Into a list. An error when there is none, for an extension changes no property that is there.
  void follow_index(const PatternToken& token, PatternProblems& problems);

  /// Tells when the constant is of a type that is not comparable with what the path has led to
  /// (section 9.2).
  void check_constant_type(const PatternToken& constant, PatternProblems& problems) const;

 private:
  /// A place that the path may have led to.
  struct Place {
    Value value;
    const IndexedType* part = nullptr;   // of a part
    const IndexedType* owner = nullptr;  // the object or part that has the property
    bool indexed = false;

    [[nodiscard]] bool is_list() const { return value.list && !indexed; }
  };
  void look_up(const IndexedType& object, std::string_view name);
  void look_into(const Place& place, std::string_view name);
  [[nodiscard]] bool is_list() const;

  bool anything_ = true;  // the schema says nothing of this place
  std::vector<Place> places_;
  // What the next name is looked up in, each once; and what it has been found to be.
  std::vector<const IndexedType*> objects_;
  std::vector<Place> found_;
};

}  // namespace comity::stix
