#include <algorithm>
#include <string>

#include "crypto/uuid.h"
#include "stix/container.h"
#include "stix/deterministic_id.h"
#include "stix/finding_code.h"
#include "stix/identifier.h"
#include "stix/object_checker.h"

// Identifiers: an object's own, and those that refer to others (sections 2.9 and 3.3).

namespace comity::stix {
namespace {

constexpr std::string_view kForm =
    "It must be a type, two hyphens and a UUID of RFC 4122 (versions 1 to 5), such as "
    "identity--023d105b-752e-4e3c-941c-7d3f3cb15e9e.";

}  // namespace

void ObjectChecker::check_own_id(const Members& members, const JsonValue& value, const Path& path) {
  if (container_) return;  // any string there
  if (!value.is_string()) return wrong_kind(members.type().row(kIdPlace), value, path);
  const Identifier id = parse_identifier(value.text());
  if (!id) return report_->error(code::kIdentifier, path, "2.9", std::string(kForm));
  if (!report_->warnings()) return;
  if (id.capitals)
    report_->warning(code::kUuidCase, path, "2.9", "The UUID should be written in lower case.");
  if (members.type().type().family != Family::observable && id.version != 4)
    report_->warning(code::kUuidVersion, path, "2.9",
                     "The UUID should be a random one (version 4).");
}

void ObjectChecker::check_reference(const Property& row, const JsonValue& value, const Path& path) {
  if (!value.is_string()) return wrong_kind(row, value, path);
  const Identifier id = parse_identifier(value.text());
  if (!id) return report_->error(code::kIdentifier, path, "2.9", std::string(kForm));
  const Targets& targets = row.value.targets;
  const std::size_t type = type_index(id.type);
  const bool allowed = type < kTypeNames.size() ? targets.holds(type) : targets.custom;
  if (!allowed)
    report_->error(code::kReferenceType, path, row.section,
                   "It must refer to " + std::string(targets.words) + ".");
  else if (id.capitals)
    report_->warning(code::kUuidCase, path, "2.9", "The UUID should be written in lower case.");
}

void ObjectChecker::check_contained_reference(const Property& row, const JsonValue& value,
                                              const Path& path) {
  if (!value.is_string()) return wrong_kind(row, value, path);
  const std::size_t found = container_->find(value.text());
  if (found == container_->size()) {
    report_->error(code::kContainer, path, "2.13",
                   "It must be the key of an object in the same container.");
    return;
  }
  const auto& type = container_->at(found).type;
  if (!type) return;
  const Targets& targets = row.value.targets;
  const std::size_t place = type_index(*type);
  if (place < kTypeNames.size() ? !targets.holds(place) : !targets.custom)
    report_->error(code::kReferenceType, path, row.section,
                   "It must refer to " + std::string(targets.words) + ".");
}

void ObjectChecker::check_id_type(const Members& members, const Path& path) {
  if (container_ || !members.has(kIdPlace) || !members.has(kTypePlace)) return;
  const Identifier id = parse_identifier(members.at(kIdPlace).text());
  if (id && id.type != members.at(kTypePlace).text())
    report_->error(code::kIdType, Path{&path, "id"}, "2.9",
                   "It must begin with the object's own type and two hyphens.");
}

void ObjectChecker::check_deterministic_id(const Members& members, const JsonValue& object,
                                           const Path& path) {
  if (container_ || !members.has(kIdPlace)) return;
  const Identifier id = parse_identifier(members.at(kIdPlace).text());
  if (!id) return;
  const Path here{&path, "id"};
  const std::string_view type = members.type().type().name;
  const auto contributing = contributing_properties(type);
  const bool random =
      std::ranges::none_of(contributing, [&](auto name) { return members.find(name) != nullptr; });
  if (random) {
    if (id.version != 4)
      report_->error(code::kUuidRandom, here, "2.9",
                     "Nothing that contributes to its id is there: the UUID must be a random one "
                     "(version 4).");
    return;
  }
  // What follows takes a hash, so it is computed only where it decides something.
  const bool versioned = members.has(kCreatedPlace) || members.has(kModifiedPlace);
  const bool may_be_derived = versioned && id.version == 5;
  if (!report_->warnings() && !may_be_derived) return;
  const DeterministicId expected = deterministic_id(type, object);
  if (expected.rule != IdRule::derived) return;
  const auto uuid = crypto::parse_uuid(id.uuid);
  const bool same = uuid && *uuid == expected.uuid;
  if (versioned && same)
    report_->error(code::kVersionedObservable, here, "3.6",
                   "An observable with `created` or `modified` must not have the default id, which "
                   "everybody shares; drop them.");
  else if (id.version != 5)
    report_->warning(code::kUuidVersion, here, "2.9",
                     "The UUID should be the one of version 5 that follows from the contents: " +
                         crypto::to_text(expected.uuid) + ".");
  else if (!same)
    report_->warning(
        code::kDeterministicId, here, "2.9",
        "By the default algorithm the UUID would be " + crypto::to_text(expected.uuid) + ".");
}

}  // namespace comity::stix
