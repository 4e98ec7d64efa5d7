#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "stix/name_table.h"
#include "stix/schema.h"

namespace comity::stix {

/// Places of properties in an indexed type, as bits.
using Places = std::uint64_t;

/// A rule with the places of its names; -1 where a name is empty.
struct IndexedRule {
  const Rule* rule;
  std::array<int, 4> places;
};

/// A type's table made ready for walking: common and own properties in one list, found by name,
/// with sets of those that need attention. At most 64 properties.
class IndexedType {
 public:
  explicit IndexedType(const Type& type);

  [[nodiscard]] const Type& type() const { return *type_; }
  /// The place of a property, or size().
  [[nodiscard]] std::size_t find(std::string_view name) const { return names_.find(name); }
  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  /// Its section is always set.
  [[nodiscard]] const Property& row(std::size_t place) const { return rows_[place]; }

  [[nodiscard]] Places required() const { return required_; }
  [[nodiscard]] Places recommended() const { return recommended_; }
  /// Those that must not be there, or are deprecated.
  [[nodiscard]] Places unwanted() const { return unwanted_; }
  /// Those of the type's own table.
  [[nodiscard]] Places own() const { return own_; }
  [[nodiscard]] const std::vector<IndexedRule>& rules() const { return rules_; }
  /// The table of a property that is a part; null for others.
  [[nodiscard]] const IndexedType* part(std::size_t place) const { return parts_[place]; }

 private:
  friend class Index;
  void add(Property row, bool own);

  const Type* type_;
  std::vector<Property> rows_;
  NameTable names_;
  std::vector<IndexedRule> rules_;
  std::vector<const IndexedType*> parts_;  // set by the index of all tables
  Places required_ = 0;
  Places recommended_ = 0;
  Places unwanted_ = 0;
  Places own_ = 0;
};

/// The places of the common properties, which are the same in every type that has them.
enum Common : std::size_t {
  kTypePlace,
  kSpecVersionPlace,
  kIdPlace,
  kCreatedByRefPlace,
  kCreatedPlace,
  kModifiedPlace,
  kRevokedPlace,
  kLabelsPlace,
  kConfidencePlace,
  kLangPlace,
  kExternalReferencesPlace,
  kObjectMarkingRefsPlace,
  kGranularMarkingsPlace,
  kDefangedPlace,
  kExtensionsPlace,
  kCommonCount,
};

constexpr Places bit(std::size_t place) { return Places{1} << place; }

/// The indexed type of a place in kTypeNames.
[[nodiscard]] const IndexedType& indexed(std::size_t type);
/// The indexed type of any table.
[[nodiscard]] const IndexedType& indexed(const Type& part);
/// For types that the specification does not define: only the family's common properties.
[[nodiscard]] const IndexedType& indexed_custom(Family family);

}  // namespace comity::stix
