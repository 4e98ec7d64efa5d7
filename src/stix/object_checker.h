#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "codec/json_value.h"
#include "stix/report.h"
#include "stix/schema_index.h"
#include "stix/timestamp.h"

namespace comity::stix {

using codec::JsonValue;

class Container;

/// A member that a table does not list.
struct UnknownMember {
  std::string_view name;
  JsonValue value;
};

/// Buffers that checking reuses, so that a valid object allocates nothing.
struct Scratch {
  std::vector<std::string_view> names;
  std::vector<UnknownMember> unknown;
};

/// One object on the way: the members that its table lists, each at its place, and where the others
/// stand in the scratch.
class Members {
 public:
  explicit Members(const IndexedType& type) : type_(&type) {}

  [[nodiscard]] const IndexedType& type() const { return *type_; }
  [[nodiscard]] bool has(std::size_t place) const { return (present_ & bit(place)) != 0; }
  [[nodiscard]] Places present() const { return present_; }
  /// REQUIRES: has(place)
  [[nodiscard]] const JsonValue& at(std::size_t place) const { return values_[place].value; }
  /// The property of that name, where the table has it and the object too.
  [[nodiscard]] const JsonValue* find(std::string_view name) const {
    const std::size_t place = type_->find(name);
    return place < type_->size() && has(place) ? &at(place) : nullptr;
  }
  /// The text of that property; empty where there is none.
  [[nodiscard]] std::string_view text(std::string_view name) const {
    const JsonValue* value = find(name);
    return value ? value->text() : std::string_view();
  }
  void set(std::size_t place, const JsonValue& value) {
    values_[place].value = value;
    present_ |= bit(place);
  }

 private:
  /// Left without a value until it is set: most of the 64 places are never used.
  union Slot {
    Slot() {}  // NOLINT(modernize-use-equals-default): a default one would be deleted
    JsonValue value;
  };

  const IndexedType* type_;
  Places present_ = 0;
  std::array<Slot, NameTable::kMost> values_;
};

/// How members that the table does not list are judged.
enum class Unlisted {
  custom,             ///< custom properties of section 11.1, unless an extension brings them
  of_extension_type,  ///< the properties of a type that an extension brings
  of_custom_type,     ///< the properties of a custom type, section 11.2
  left,               ///< contents of an extension by extension definition
};

/// How much of a bundle is looked at.
enum class Extent : std::uint8_t {
  whole,
  frame,  ///< not its objects, one by one
};

/// Walks one object by its table, once, and reports what breaks it. `depth` counts the arrays and
/// objects around a value; the bound is limits::kDepth. Time is linear in the text, but for sorting
/// the names of large objects, the keys of a container and the objects of a bundle.
class ObjectChecker {
 public:
  ObjectChecker(Report& report, Scratch& scratch, Extent extent)
      : report_(&report), scratch_(&scratch), extent_(extent) {}

  /// A STIX object or a bundle. `depth` as above.
  void check(const JsonValue& object, const Path& path, int depth);
  /// An observable in the deprecated container of observed data: by its table, but without an `id`
  /// of its own, its references being keys of the container.
  void check_contained(const JsonValue& object, const Container& container, const Path& path,
                       int depth);

 private:
  // object_checker.cc
  void check_known(const JsonValue& object, std::size_t type, const Path& path, int depth);
  void check_custom(const JsonValue& object, std::string_view type, const Path& path, int depth);
  /// Walks the members and checks each; false where the walk ended.
  bool walk(const JsonValue& object, Members& members, const Path& path, int depth);
  void check_presence(const Members& members, const Path& path);
  void missing(const Property& row, const Members& members, const Path& path);
  void unwanted(const Members& members, std::size_t place, const Path& path);
  void check_part(const JsonValue& value, const IndexedType& type, Unlisted unlisted,
                  const Path& path, int depth);
  [[nodiscard]] bool enter(const Path& path, int depth);

  // unlisted_members.cc
  void check_unlisted(const Members& members, std::size_t from, Unlisted unlisted, const Path& path,
                      int depth);
  void check_name(std::string_view name, std::string_view section, const Path& path);
  /// Content that no table describes: names that occur twice, nulls, empty lists, depth.
  /// An empty list is an error where it is a property's value; deeper, where the contents are
  /// somebody's own, a warning.
  enum class Inside { no, yes };
  void check_free(const JsonValue& value, const Path& path, int depth, Inside inside = Inside::no);
  void duplicate(std::string_view name, const Path& path);
  /// The end of a dictionary whose keys stand in the scratch from `from` on: it must have some, and
  /// none twice.
  void end_keys(std::size_t from, const Path& path);

  // value_checks.cc
  void check_value(const Members& members, std::size_t place, const JsonValue& value,
                   const Path& path, int depth);
  void check_item(const Members& members, std::size_t place, const JsonValue& value,
                  const Path& path, int depth);
  /// An item that is an object, or may be one.
  void check_nested(const Members& members, std::size_t place, const JsonValue& value,
                    const Path& path, int depth);
  void check_spec_version(const JsonValue& value, const Path& path);
  void check_text(const Property& row, const JsonValue& value, const Path& path);
  void check_format(Format format, std::string_view text, std::string_view section,
                    const Path& path);
  void check_integer(const Property& row, const JsonValue& value, const Path& path);
  void check_number(const Property& row, const JsonValue& value, const Path& path);
  void check_time(const Property& row, const JsonValue& value, const Path& path);
  void check_word(const Property& row, const JsonValue& value, const Path& path);
  void check_hashes(const Property& row, const JsonValue& value, const Path& path, int depth);
  void check_hex(const JsonValue& value, const Path& path);
  void check_binary(const JsonValue& value, const Path& path);
  void check_dictionary(const Property& row, const JsonValue& value, const Path& path, int depth);
  void check_entry(Entries entries, std::string_view section, const JsonValue& value,
                   const Path& path, int depth);
  void wrong_kind(const Property& row, const JsonValue& value, const Path& path);

  // identifier_checks.cc
  void check_own_id(const Members& members, const JsonValue& value, const Path& path);
  void check_id_type(const Members& members, const Path& path);
  void check_reference(const Property& row, const JsonValue& value, const Path& path);
  void check_contained_reference(const Property& row, const JsonValue& value, const Path& path);
  void check_deterministic_id(const Members& members, const JsonValue& object, const Path& path);

  // property_relations.cc
  void check_rules(const Members& members, const Path& path);
  void check_rule(const Members& members, const IndexedRule& rule, const Path& path);
  void check_defangable(const JsonValue& value, const Rule& rule, const Path& path);

  // extension_checks.cc
  void check_extensions(const Members& members, const JsonValue& value, const Path& path,
                        int depth);
  void check_defined_extension(std::string_view key, const JsonValue& value, const Path& path,
                               int depth);
  void check_closed(const Type& type, const JsonValue& value, const Path& path);
  void check_extension_definition(const Members& members, const Path& path);
  /// The table of properties that an extension brings to the top level of the object, if known;
  /// nothing where no extension brings any.
  struct TopLevel {
    bool any = false;
    const IndexedType* table = nullptr;
  };
  [[nodiscard]] static TopLevel top_level(const Members& members);

  // marking_checks.cc
  void check_markings(const Members& members, const JsonValue& object, const Path& path);
  void check_selector(std::string_view selector, const JsonValue& object, const Path& path);
  void check_marking_definition(const Members& members, const Path& path);
  void check_tlp(const Members& members, const Path& path);

  // type_rules.cc
  void check_type_rules(const Members& members, const Path& path);
  void check_external_reference(const JsonValue& value, std::string_view type, const Path& path);
  void check_indicator(const Members& members, const Path& path);
  void check_observed_data(const Members& members, const Path& path);
  void check_relationship(const Members& members, const Path& path);
  void check_contents(const JsonValue& value, const Path& path, int depth);
  void check_translation(const JsonValue& value, const Path& path, int depth);
  void check_marking_object(const JsonValue& value, const Path& path, int depth);
  void check_archive(const Members& members, const Path& path);
  void check_protocols(const Members& members, const Path& path);
  // container_checks.cc
  void check_container(const JsonValue& value, const Path& path, int depth);
  // bundle_checks.cc
  void check_bundle(const Members& members, const Path& path);

  Report* report_;
  Scratch* scratch_;
  Extent extent_;
  /// The container that references lead into, while inside one.
  const Container* container_ = nullptr;
  std::size_t selector_steps_ = 0;
};

}  // namespace comity::stix
