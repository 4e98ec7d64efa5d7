#include <algorithm>
#include <string>

#include "codec/json_names.h"
#include "stix/finding_code.h"
#include "stix/identifier.h"
#include "stix/object_checker.h"

// Extensions: section 7.3, the predefined ones of section 3.10, and those of section 11.3.

namespace comity::stix {
namespace {

constexpr std::string_view kDefinitionPrefix = "extension-definition--";

const KnownExtension* find(std::span<const KnownExtension> known, std::string_view key) {
  const auto found = std::ranges::find(known, key, &KnownExtension::key);
  return found == known.end() ? nullptr : &*found;
}

std::string_view extension_type_of(const JsonValue& extension) {
  if (!extension.is_object()) return {};
  const auto type = extension.member("extension_type");
  return type ? type->text() : std::string_view();
}

bool is_custom_extension_name(std::string_view key) {
  return key.size() >= 3 && key.size() <= 250 && key.ends_with("-ext") &&
         std::ranges::all_of(key, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

}  // namespace

ObjectChecker::TopLevel ObjectChecker::top_level(const Members& members) {
  TopLevel found;
  if (!members.has(kExtensionsPlace)) return found;
  const JsonValue& extensions = members.at(kExtensionsPlace);
  if (!extensions.is_object()) return found;
  for (const auto [key, element] : extensions.members()) {
    if (extension_type_of(JsonValue(element)) != "toplevel-property-extension") continue;
    found.any = true;
    if (const auto* known = stix::find(kDefinedExtensions, key))
      found.table = &indexed(*known->type);
  }
  return found;
}

void ObjectChecker::check_extensions(const Members& members, const JsonValue& value,
                                     const Path& path, int depth) {
  if (!enter(path, depth)) return;
  const Type& type = members.type().type();
  const std::size_t from = scratch_->names.size();
  for (const auto [key, element] : value.members()) {
    const JsonValue extension(element);
    const Path here{&path, key};
    scratch_->names.push_back(key);
    if (!extension.is_object()) {
      report_->error(extension.kind() == codec::JsonKind::kNull ? code::kNull : code::kKind, here,
                     "3.2", "An extension's contents must be an object, in braces.");
    } else if (key.starts_with(kDefinitionPrefix)) {
      check_defined_extension(key, extension, here, depth + 1);
      const std::string_view how = extension_type_of(extension);
      if (how.starts_with("new-") && type.properties.data() != nullptr)
        report_->error(code::kRedefines, here, "7.3",
                       "An extension must not define a type anew that STIX has; use "
                       "property-extension.");
    } else if (const auto* known = stix::find(type.extensions, key)) {
      check_part(extension, indexed(*known->type), Unlisted::custom, here, depth + 1);
    } else {
      if (type.family != Family::observable)
        report_->error(code::kExtensionKey, here, "11.3",
                       "Here a key must be the id of an extension definition; only observables "
                       "have other extensions.");
      else if (!is_custom_extension_name(key))
        report_->error(code::kExtensionKey, here, "11.3.1",
                       "A key must be the id of an extension definition or the name of a "
                       "predefined extension of this type; a custom one has 3 to 250 of a-z, 0-9 "
                       "and hyphens and ends in -ext.");
      else
        report_->warning(code::kCustomExtension, here, "11.3",
                         "Custom extensions are deprecated; define it by an extension definition "
                         "(section 7.3).");
      for (const auto [name, part] : extension.members())
        check_name(name, "11.3.1", Path{&here, name});
      check_free(extension, here, depth + 1);
    }
    if (report_->done()) break;
  }
  end_keys(from, path);
}

void ObjectChecker::check_defined_extension(std::string_view key, const JsonValue& value,
                                            const Path& path, int depth) {
  const Identifier id = parse_identifier(key);
  if (!id || id.type != "extension-definition")
    report_->error(code::kExtensionKey, path, "3.2",
                   "The key must be the id of an extension definition; its UUID is malformed.");
  const auto how = value.member("extension_type");
  if (!how)
    report_->error(code::kExtensionType, path, "3.2",
                   "An extension by extension definition must say its `extension_type`; add it.");
  else if (!how->is_string() || !kExtensionType.holds(how->text()))
    report_->error(code::kExtensionType, Path{&path, "extension_type"}, "3.2",
                   "It must be new-sdo, new-sco, new-sro, property-extension or "
                   "toplevel-property-extension.");
  const auto* known = stix::find(kDefinedExtensions, key);
  if (known && how && how->text() != known->extension_type)
    report_->error(code::kExtensionType, Path{&path, "extension_type"}, "7.3",
                   "This extension is a " + std::string(known->extension_type) + ".");
  if (known && known->extension_type == "property-extension") {
    if (known->closed) check_closed(*known->type, value, path);
    return check_part(value, indexed(*known->type), Unlisted::left, path, depth);
  }
  if (!enter(path, depth)) return;
  const std::size_t from = scratch_->names.size();
  for (const auto [name, element] : value.members()) {
    const Path here{&path, name};
    scratch_->names.push_back(name);
    check_name(name, "7.3.2.1", here);
    check_free(JsonValue(element), here, depth + 1);
    if (report_->done()) break;
  }
  if (const auto* twice = codec::find_duplicate(std::span(scratch_->names).subspan(from)))
    duplicate(*twice, path);
  scratch_->names.resize(from);
}

void ObjectChecker::check_closed(const Type& type, const JsonValue& value, const Path& path) {
  for (const auto [name, element] : value.members()) {
    if (name == "extension_type") continue;
    if (std::ranges::find(type.properties, name, &Property::name) == type.properties.end())
      report_->error(code::kExtensionProperties, Path{&path, name}, "7.3",
                     "The schema of this extension has no such property; drop it.");
  }
}

void ObjectChecker::check_extension_definition(const Members& members, const Path& path) {
  const JsonValue* types = members.find("extension_types");
  const JsonValue* properties = members.find("extension_properties");
  if (!types || !types->is_array()) return;
  const auto elements = types->elements();
  const bool top = std::ranges::any_of(elements, [](auto element) {
    return JsonValue(element).text() == "toplevel-property-extension";
  });
  if (properties && !top)
    report_->error(code::kExtensionProperties, Path{&path, "extension_properties"}, "7.3.1",
                   "It is only for an extension of type toplevel-property-extension; drop it or "
                   "add that type.");
  else if (!properties && top)
    report_->warning(code::kExtensionProperties, path, "7.3.1",
                     "A toplevel-property-extension should list its `extension_properties`.");
  if (!properties || !properties->is_array()) return;
  std::ptrdiff_t index = 0;
  const Path list{&path, "extension_properties"};
  for (const auto element : properties->elements()) {
    const Path here{&list, {}, index++};
    const auto known = std::ranges::find(kCommonProperties, JsonValue(element).text(),
                                         [](const auto& common) { return common.property.name; });
    if (known != kCommonProperties.end())
      report_->error(code::kRedefines, here, "7.3",
                     "An extension must not define a common property anew; rename it.");
  }
}

}  // namespace comity::stix
