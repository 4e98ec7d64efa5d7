#include <algorithm>
#include <array>
#include <string>

#include "codec/json_names.h"
#include "stix/finding_code.h"
#include "stix/identifier.h"
#include "stix/object_checker.h"

// What no table lists: custom properties and types (section 11), and the contents of extensions.

namespace comity::stix {
namespace {

constexpr std::array<std::string_view, 4> kReservedNames = {"severity", "username", "phone_number",
                                                            "action"};  // section 3.8

/// Which requirements the name of a property that no table lists must meet.
std::string_view name_section(Unlisted unlisted, bool brought) {
  switch (unlisted) {
    case Unlisted::custom:
      return brought ? "7.3.2.1" : "11.1.1";
    case Unlisted::of_extension_type:
      return "7.3.2.2";
    case Unlisted::of_custom_type:
      return "11.2.1";
    case Unlisted::left:
      break;
  }
  return "7.3.2.1";
}

bool is_dictionary_key(std::string_view key) {
  constexpr std::size_t kLongest = 250;
  return !key.empty() && key.size() <= kLongest && std::ranges::all_of(key, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
}

}  // namespace

void ObjectChecker::end_keys(std::size_t from, const Path& path) {
  if (scratch_->names.size() == from)
    report_->error(code::kEmptyDictionary, path, "2.3",
                   "A dictionary must not be empty; leave the property out.");
  if (const auto* twice = codec::find_duplicate(std::span(scratch_->names).subspan(from)))
    duplicate(*twice, path);
  scratch_->names.resize(from);
}

void ObjectChecker::duplicate(std::string_view name, const Path& path) {
  report_->error(code::kDuplicateKey, path, "2.3",
                 "The name " + quoted(name) + " stands there twice; keep one.");
}

void ObjectChecker::check_name(std::string_view name, std::string_view section, const Path& path) {
  if (fits(Format::property_name, name)) return;
  report_->error(code::kPropertyName, path, section,
                 "A property's name has 3 to 250 of a-z, 0-9 and underscore, a letter first; "
                 "rename it.");
}

void ObjectChecker::check_unlisted(const Members& members, std::size_t from, Unlisted unlisted,
                                   const Path& path, int depth) {
  auto& unknown = scratch_->unknown;
  if (unknown.size() == from) return;
  const std::size_t names_from = scratch_->names.size();
  for (std::size_t i = from; i < unknown.size(); ++i) scratch_->names.push_back(unknown[i].name);
  if (const auto* twice = codec::find_duplicate(std::span(scratch_->names).subspan(names_from)))
    duplicate(*twice, path);
  scratch_->names.resize(names_from);
  const bool object = members.type().type().family != Family::part;
  const TopLevel brought = object ? top_level(members) : TopLevel{};
  for (std::size_t i = from; i < unknown.size() && !report_->done(); ++i) {
    const UnknownMember member = unknown[i];
    const Path here{&path, member.name};
    const std::size_t place = brought.table ? brought.table->find(member.name) : 0;
    if (brought.table && place < brought.table->size()) {
      check_value(Members(*brought.table), place, member.value, here, depth + 1);
      continue;
    }
    check_name(member.name, name_section(unlisted, brought.any), here);
    if (object && std::ranges::find(kReservedNames, member.name) != kReservedNames.end()) {
      report_->error(code::kReserved, here, "3.8",
                     quoted(member.name) + " is reserved for later versions of STIX; rename it.");
    } else if (unlisted == Unlisted::custom && !brought.any && report_->warnings()) {
      report_->warning(code::kCustomProperty, here, "11.1",
                       "Custom properties are deprecated; put it into an extension (section 7.3).");
      if (!member.name.starts_with("x_"))
        report_->warning(code::kCustomPrefix, here, "11.1.1",
                         "A custom property's name should begin with x_ and who defines it.");
    }
    check_free(member.value, here, depth + 1);
  }
}

void ObjectChecker::check_free(const JsonValue& value, const Path& path, int depth, Inside inside) {
  if (report_->done()) return;
  if (value.is_array()) {
    if (!enter(path, depth)) return;
    std::ptrdiff_t index = 0;
    for (const auto element : value.elements())
      check_free(JsonValue(element), Path{&path, {}, index++}, depth + 1, Inside::yes);
    if (index == 0)
      report_->add(inside == Inside::yes ? Level::warning : Level::error, code::kEmptyList, path,
                   "2.12", "A list must not be empty; leave the property out.");
  } else if (value.is_object()) {
    if (!enter(path, depth)) return;
    const std::size_t from = scratch_->names.size();
    for (const auto [key, element] : value.members()) {
      scratch_->names.push_back(key);
      if (!is_dictionary_key(key))
        report_->error(code::kDictionaryKey, Path{&path, key}, "2.3",
                       "A key has 1 to 250 of a-z, A-Z, 0-9, hyphen and underscore; rename it.");
      check_free(JsonValue(element), Path{&path, key}, depth + 1, Inside::yes);
      if (report_->done()) break;
    }
    end_keys(from, path);
  } else if (value.kind() == codec::JsonKind::kNull) {
    report_->error(code::kNull, path, "2",
                   "STIX has no null; leave the property out, or give it a value.");
  }
}

namespace {

/// The family of a type that the specification does not define: what an extension of the object
/// says, or else what its common properties are like.
struct CustomFamily {
  Family family = Family::domain;
  bool by_extension = false;
};

CustomFamily family_of(const JsonValue& object) {
  if (const auto extensions = object.member("extensions"); extensions && extensions->is_object()) {
    for (const auto [key, element] : extensions->members()) {
      const JsonValue extension(element);
      if (!extension.is_object()) continue;
      const auto type = extension.member("extension_type");
      if (!type) continue;
      if (type->text() == "new-sdo") return {Family::domain, true};
      if (type->text() == "new-sco") return {Family::observable, true};
      if (type->text() == "new-sro") return {Family::relationship, true};
    }
  }
  const bool versioned = object.member("created") || object.member("modified");
  return {versioned ? Family::domain : Family::observable, false};
}

}  // namespace

void ObjectChecker::check_custom(const JsonValue& object, std::string_view type, const Path& path,
                                 int depth) {
  const CustomFamily custom = family_of(object);
  const std::string_view section = custom.by_extension ? "7.3.2" : "11.2.1";
  const Path here{&path, "type"};
  if (object.member("type") && object.member("type")->is_string()) {
    if (!is_type_name(type))
      report_->error(code::kTypeName, here, section,
                     "A type's name has 3 to 250 of a-z, 0-9 and single hyphens, a letter first.");
    if (!custom.by_extension && report_->warnings()) {
      report_->warning(code::kCustomType, here, "11.2",
                       "Custom types are deprecated; define it by an extension of type new-sdo, "
                       "new-sco or new-sro (section 7.3).");
      if (!type.starts_with("x-"))
        report_->warning(code::kCustomPrefix, here, "11.2.1",
                         "A custom type's name should begin with x- and who defines it.");
    }
  }
  Members members(indexed_custom(custom.family));
  const std::size_t from = scratch_->unknown.size();
  if (!walk(object, members, path, depth)) return;
  check_presence(members, path);
  if (scratch_->unknown.size() == from && !container_)
    report_->error(code::kMissing, path, section,
                   "A type of your own must have at least one property of its own.");
  check_unlisted(members, from,
                 custom.by_extension ? Unlisted::of_extension_type : Unlisted::of_custom_type, path,
                 depth);
  scratch_->unknown.resize(from);
  if (report_->done()) return;
  check_rules(members, path);
  check_id_type(members, path);
  check_markings(members, object, path);
}

}  // namespace comity::stix
