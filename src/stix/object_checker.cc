#include "stix/object_checker.h"

#include <bit>
#include <string>

#include "base/limits.h"
#include "stix/finding_code.h"
#include "stix/identifier.h"
#include "stix/schema_types.h"

namespace comity::stix {
namespace {

/// Places of a set, lowest first.
template <class Do>
void for_each(Places places, Do&& act) {
  for (; places != 0; places &= places - 1) act(static_cast<std::size_t>(std::countr_zero(places)));
}

std::string named(std::string_view name) { return "`" + std::string(name) + "`"; }

constexpr std::string_view kConvert =
    "The object is STIX 2.0; convert it to STIX 2.1 (the OASIS tool stix2-elevator does), or add "
    "\"spec_version\": \"2.1\" where it is 2.1 already.";

}  // namespace

bool ObjectChecker::enter(const Path& path, int depth) {
  if (depth < limits::kDepth) return true;
  report_->error(code::kTooDeep, path, "",
                 "More than 64 arrays and objects stand in one another; flatten them.");
  return false;
}

void ObjectChecker::check(const JsonValue& object, const Path& path, int depth) {
  if (!object.is_object()) {
    report_->error(code::kKind, path, "8.1", "A STIX object is a JSON object, in braces.");
    return;
  }
  const auto type = object.member("type");
  const std::string_view name = type ? type->text() : std::string_view();
  const std::size_t place = type_index(name);
  if (name == "bundle" && depth > 0)
    report_->error(code::kBundle, path, "8.1",
                   "A bundle is no STIX object; put what is in it into the outer one.");
  if (place < kTypeNames.size()) return check_known(object, place, path, depth);
  check_custom(object, name, path, depth);
}

void ObjectChecker::check_known(const JsonValue& object, std::size_t type, const Path& path,
                                int depth) {
  Members members(indexed(type));
  const std::size_t from = scratch_->unknown.size();
  if (!walk(object, members, path, depth)) return;
  check_presence(members, path);
  check_unlisted(members, from, Unlisted::custom, path, depth);
  scratch_->unknown.resize(from);
  if (report_->done()) return;
  check_rules(members, path);
  check_id_type(members, path);
  check_markings(members, object, path);
  check_type_rules(members, path);
  if (members.type().type().family == Family::observable)
    check_deterministic_id(members, object, path);
}

void ObjectChecker::check_part(const JsonValue& value, const IndexedType& type, Unlisted unlisted,
                               const Path& path, int depth) {
  Members members(type);
  const std::size_t from = scratch_->unknown.size();
  if (!walk(value, members, path, depth)) return;
  check_presence(members, path);
  check_unlisted(members, from, unlisted, path, depth);
  scratch_->unknown.resize(from);
  if (report_->done()) return;
  check_rules(members, path);
  if (&type.type() == &kArchiveExtension) check_archive(members, path);
}

bool ObjectChecker::walk(const JsonValue& object, Members& members, const Path& path, int depth) {
  if (!enter(path, depth)) return false;
  const IndexedType& type = members.type();
  for (const auto [key, element] : object.members()) {
    const JsonValue value(element);
    const std::size_t place = type.find(key);
    if (place == type.size()) {
      scratch_->unknown.push_back({key, value});
      continue;
    }
    if (members.has(place)) {
      duplicate(key, path);
    } else {
      members.set(place, value);
      check_value(members, place, value, Path{&path, key}, depth + 1);
    }
    if (report_->done()) return false;
  }
  return true;
}

void ObjectChecker::check_presence(const Members& members, const Path& path) {
  const IndexedType& type = members.type();
  for_each(type.required() & ~members.present(), [&](std::size_t place) {
    if (place == kIdPlace && container_) return;
    missing(type.row(place), members, path);
  });
  for_each(type.unwanted() & members.present(),
           [&](std::size_t place) { unwanted(members, place, path); });
  if (!report_->warnings()) return;
  const Family family = type.type().family;
  if ((family == Family::domain || family == Family::relationship) && !members.has(kLangPlace))
    report_->warning(code::kRecommended, path, "3.2",
                     "It should have `lang`, the language of its texts; add it.");
  for_each(type.recommended() & ~members.present(), [&](std::size_t place) {
    const Property& row = type.row(place);
    report_->warning(code::kRecommended, path, row.section,
                     "It should have " + named(row.name) + "; add it.");
  });
}

void ObjectChecker::missing(const Property& row, const Members& members, const Path& path) {
  const Family family = members.type().type().family;
  if (row.value.kind == Kind::spec_version &&
      (members.has(kCreatedPlace) || family == Family::marking)) {
    report_->error(code::kVersion20, path, "3.2", std::string(kConvert));
    return;
  }
  report_->error(code::kMissing, path, row.section,
                 "The required property " + named(row.name) + " is missing; add it.");
}

void ObjectChecker::unwanted(const Members& members, std::size_t place, const Path& path) {
  const Property& row = members.type().row(place);
  const Family family = members.type().type().family;
  const Path here{&path, row.name};
  if (row.need == Need::deprecated) {
    report_->warning(code::kDeprecated, here, row.section,
                     named(row.name) + " is deprecated; write what replaces it.");
  } else if (row.value.kind == Kind::reserved) {
    report_->error(code::kReserved, here, "3.8",
                   named(row.name) + " is reserved for later versions of STIX; rename it.");
  } else if (family == Family::bundle &&
             (place == kCreatedByRefPlace || place == kObjectMarkingRefsPlace ||
              place == kGranularMarkingsPlace)) {
    report_->error(code::kNotApplicable, here, "8.2",
                   "A bundle must not refer to anything; drop it.");
  } else if (family == Family::bundle) {
    report_->warning(code::kCustomProperty, here, "8",
                     "A bundle of STIX 2.1 has only `type`, `id` and `objects`; drop it.");
  } else if (family == Family::observable && (place == kCreatedPlace || place == kModifiedPlace)) {
    report_->warning(code::kVersionedObservable, here, "3.6",
                     "Observables are not versioned; put it on the observed data that refers to "
                     "the observable.");
  } else {
    report_->error(code::kNotApplicable, here, "3.2",
                   named(row.name) + " is not a property of this type; drop it.");
  }
}

void ObjectChecker::check_contained(const JsonValue& object, const Container& container,
                                    const Path& path, int depth) {
  const auto type = object.member("type");
  const std::size_t place = type_index(type ? type->text() : std::string_view());
  const Container* outer = std::exchange(container_, &container);
  if (!type) {
    report_->error(code::kMissing, path, "2.13", "An observable must have a `type`; add it.");
  } else if (place < kTypeNames.size() && indexed(place).type().family == Family::observable) {
    check_known(object, place, path, depth);
  } else if (place < kTypeNames.size()) {
    report_->error(code::kContainer, path, "2.13",
                   "Only observables stand in a container; take this object out of it.");
  } else {
    check_custom(object, type->text(), path, depth);
  }
  container_ = outer;
}

}  // namespace comity::stix
