#include "stix/schema_index.h"

#include <algorithm>
#include <unordered_map>

#include "base/error.h"

namespace comity::stix {

namespace {

constinit const Type kCustomDomain{"custom object", Family::domain, "11.2.1", {}};
constinit const Type kCustomRelationship{"custom object", Family::relationship, "11.2.1", {}};
constinit const Type kCustomObservable{"custom object", Family::observable, "11.2.1", {}};

}  // namespace

/// Every table that can be reached from the types, indexed once and for all.
class Index {
 public:
  Index() {
    for (const Type* type : kTypes) add(*type);
    for (const auto& extension : kDefinedExtensions) add(*extension.type);
    for (const Type* type : {&kCustomDomain, &kCustomRelationship, &kCustomObservable}) add(*type);
    for (std::size_t i = 0; i < kTypes.size(); ++i) by_place_[i] = &of(*kTypes[i]);
    for (auto& [type, indexed] : types_)
      for (const auto& row : indexed.rows_)
        indexed.parts_.push_back(row.value.type ? &of(*row.value.type) : nullptr);
  }

  [[nodiscard]] const IndexedType& of(const Type& type) const {
    const auto found = types_.find(&type);
    COMITY_ASSERT(found != types_.end());
    return found->second;
  }
  [[nodiscard]] const IndexedType& at(std::size_t place) const { return *by_place_[place]; }

 private:
  void add(const Type& type) {
    if (!types_.try_emplace(&type, type).second) return;
    const IndexedType& indexed = types_.at(&type);
    for (std::size_t i = 0; i < indexed.size(); ++i)
      if (const Type* part = indexed.row(i).value.type) add(*part);
    for (const auto& extension : type.extensions) add(*extension.type);
  }

  std::unordered_map<const Type*, IndexedType> types_;
  std::array<const IndexedType*, kTypes.size()> by_place_{};
};

namespace {

const Index& index() {
  static const Index instance;
  return instance;
}

}  // namespace

IndexedType::IndexedType(const Type& type) : type_(&type) {
  if (type.family != Family::part) {
    for (const auto& common : kCommonProperties) {
      Property row = common.property;
      row.need = common.need[static_cast<std::size_t>(type.family)];
      row.section = "3.2";
      add(row, false);
    }
  }
  for (Property row : type.properties) {
    if (row.section.empty()) row.section = type.section;
    add(row, true);
  }
  std::vector<std::string_view> names;
  names.reserve(rows_.size());
  for (const auto& row : rows_) names.push_back(row.name);
  COMITY_ASSERT(names.size() <= NameTable::kMost);
  names_ = NameTable(names);
  for (const auto& rule : type.rules) {
    IndexedRule& indexed = rules_.emplace_back(IndexedRule{&rule, {-1, -1, -1, -1}});
    for (std::size_t i = 0; i < rule.names.size(); ++i) {
      if (rule.names[i].empty()) continue;
      const std::size_t place = find(rule.names[i]);
      COMITY_ASSERT(place < size());
      indexed.places[i] = static_cast<int>(place);
    }
  }
}

void IndexedType::add(Property row, bool own) {
  const Places here = bit(rows_.size());
  if (row.need == Need::required) required_ |= here;
  if (row.need == Need::recommended) recommended_ |= here;
  if (row.need == Need::forbidden || row.need == Need::deprecated) unwanted_ |= here;
  if (own) own_ |= here;
  rows_.push_back(row);
}

const IndexedType& indexed(std::size_t type) { return index().at(type); }
const IndexedType& indexed(const Type& part) { return index().of(part); }

const IndexedType& indexed_custom(Family family) {
  if (family == Family::relationship) return index().of(kCustomRelationship);
  return index().of(family == Family::observable ? kCustomObservable : kCustomDomain);
}

}  // namespace comity::stix
