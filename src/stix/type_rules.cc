#include <algorithm>
#include <array>
#include <string>

#include "codec/json_names.h"
#include "stix/finding_code.h"
#include "stix/identifier.h"
#include "stix/language_tag.h"
#include "stix/object_checker.h"
#include "stix/pattern.h"
#include "stix/relationships.h"
#include "stix/schema_types.h"

// What the tables can't say of single types.

namespace comity::stix {
namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// "CVE-" and a year, a hyphen, four digits at least.
bool is_cve(std::string_view id) {
  constexpr std::size_t kNumber = 9;
  return id.size() >= kNumber + 4 && id.starts_with("CVE-") && all_digits(id.substr(4, 4)) &&
         id[kNumber - 1] == '-' && all_digits(id.substr(kNumber));
}

bool is_capec(std::string_view id) { return id.starts_with("CAPEC-") && all_digits(id.substr(6)); }

}  // namespace

void ObjectChecker::check_type_rules(const Members& members, const Path& path) {
  const Type* type = &members.type().type();
  if (members.has(kExternalReferencesPlace) && members.at(kExternalReferencesPlace).is_array()) {
    const Path list{&path, "external_references"};
    std::ptrdiff_t index = 0;
    for (const auto element : members.at(kExternalReferencesPlace).elements()) {
      const JsonValue reference(element);
      if (reference.is_object())
        check_external_reference(reference, type->name, Path{&list, {}, index});
      ++index;
    }
  }
  if (type == &kIndicator) check_indicator(members, path);
  if (type == &kObservedData) check_observed_data(members, path);
  if (type == &kRelationship) check_relationship(members, path);
  if (type == &kMarkingDefinition) check_marking_definition(members, path);
  if (type == &kExtensionDefinition) check_extension_definition(members, path);
  if (type == &kNetworkTraffic) check_protocols(members, path);
  if (type == &kBundle) check_bundle(members, path);
}

void ObjectChecker::check_external_reference(const JsonValue& value, std::string_view type,
                                             const Path& path) {
  const auto text = [&](std::string_view name) {
    const auto found = value.member(name);
    return found ? found->text() : std::string_view();
  };
  struct Catalogue {
    std::string_view type;
    std::string_view source;
    std::string_view section;
    bool (*fits)(std::string_view);
    std::string_view form;
  };
  static constexpr std::array<Catalogue, 2> kCatalogues = {{
      {"attack-pattern", "capec", "4.1.1", is_capec, "CAPEC-163"},
      {"vulnerability", "cve", "4.19.1", is_cve, "CVE-2016-1234"},
  }};
  const std::string_view source = text("source_name");
  for (const auto& catalogue : kCatalogues) {
    const bool id = catalogue.fits(text("external_id"));
    if (source == catalogue.source && !id)
      report_->error(code::kExternalId, path, catalogue.section,
                     "A reference to " + std::string(catalogue.source) +
                         " needs an `external_id` such as " + std::string(catalogue.form) + ".");
    else if (id && source != catalogue.source && type == catalogue.type)
      report_->error(
          code::kExternalId, Path{&path, "source_name"}, catalogue.section,
          "For such an `external_id` it must be \"" + std::string(catalogue.source) + "\".");
  }
  if (report_->warnings() && value.member("url") && !value.member("hashes"))
    report_->warning(code::kReferenceHash, path, "2.5.1",
                     "A `url` should come with the `hashes` of what it led to.");
}

void ObjectChecker::check_indicator(const Members& members, const Path& path) {
  if (members.text("pattern_type") != "stix") return;
  const JsonValue* pattern = members.find("pattern");
  if (!pattern || !pattern->is_string()) return;
  const std::string_view version = members.text("pattern_version");
  if (!version.empty() && version != "2.1") return;  // another grammar
  const Path here{&path, "pattern"};
  const PatternValidity validity{.valid_from = members.text("valid_from"),
                                 .valid_until = members.text("valid_until")};
  for (const auto& problem : check_pattern(pattern->text(), validity)) {
    const bool error = problem.level == Level::error;
    report_->add(problem.level, error ? code::kPattern : code::kPatternAdvice, here,
                 problem.section,
                 "Line " + std::to_string(problem.line) + ", column " +
                     std::to_string(problem.column) + ": " + problem.sentence);
  }
}

void ObjectChecker::check_protocols(const Members& members, const Path& path) {
  struct Named {
    std::string_view extension;
    std::string_view protocol;
  };
  static constexpr std::array<Named, 3> kNamed = {
      {{"http-request-ext", "http"}, {"icmp-ext", "icmp"}, {"tcp-ext", "tcp"}}};
  const JsonValue* protocols = members.find("protocols");
  if (!report_->warnings() || !members.has(kExtensionsPlace) || !protocols) return;
  const JsonValue& extensions = members.at(kExtensionsPlace);
  if (!extensions.is_object() || !protocols->is_array()) return;
  for (const auto& named : kNamed) {
    if (!extensions.member(named.extension)) continue;
    const auto elements = protocols->elements();
    if (std::ranges::any_of(elements,
                            [&](auto one) { return JsonValue(one).text() == named.protocol; }))
      continue;
    report_->warning(code::kRecommended, Path{&path, "protocols"}, "6.12.1",
                     "It should list " + std::string(named.protocol) +
                         ", since the object has the extension for it.");
  }
}

void ObjectChecker::check_archive(const Members& members, const Path& path) {
  const JsonValue* refs = members.find("contains_refs");
  if (container_ || !refs || !refs->is_array()) return;
  const auto elements = refs->elements();
  if (std::ranges::none_of(
          elements, [](auto element) { return JsonValue(element).text().starts_with("file--"); }))
    report_->error(code::kReferenceType, Path{&path, "contains_refs"}, "6.7.2.1",
                   "It must refer to one file at least, not to directories alone.");
}

void ObjectChecker::check_observed_data(const Members& members, const Path& path) {
  const JsonValue* refs = members.find("object_refs");
  if (!refs || !refs->is_array()) return;
  const auto elements = refs->elements();
  const bool observable = std::ranges::any_of(elements, [](auto element) {
    const std::string_view id = JsonValue(element).text();
    const std::size_t type = type_index(id.substr(0, id.find("--")));
    return type == kTypeNames.size() || kObservable.holds(type);
  });
  if (!observable)
    report_->error(code::kObservedObjects, Path{&path, "object_refs"}, "4.14.1",
                   "It must refer to one observable at least, not to relationships alone.");
}

void ObjectChecker::check_relationship(const Members& members, const Path& path) {
  if (!report_->warnings()) return;
  const Identifier source = parse_identifier(members.text("source_ref"));
  const Identifier target = parse_identifier(members.text("target_ref"));
  if (!source || !target) return;
  if (is_suggested_relationship(source.type, members.text("relationship_type"), target.type))
    return;
  report_->warning(code::kRelationshipTable, Path{&path, "relationship_type"}, "5.1.2",
                   "The specification has no such relationship from " + std::string(source.type) +
                       " to " + std::string(target.type) +
                       "; use one that it has, or related-to, where it fits.");
}

void ObjectChecker::check_contents(const JsonValue& value, const Path& path, int depth) {
  check_translation(value, path, depth);
  for (const auto [key, element] : value.members()) {
    const Path here{&path, key};
    if (!is_language_tag(key))
      report_->error(code::kLanguageContents, here, "7.1.1",
                     "A key must be a language tag of RFC 5646, such as en, pt-BR or zh-Hant.");
    if (!JsonValue(element).is_object())
      report_->error(code::kLanguageContents, here, "7.1.1",
                     "The translations to a language must be an object by property, in braces.");
    if (report_->done()) return;
  }
}

void ObjectChecker::check_translation(const JsonValue& value, const Path& path, int depth) {
  check_free(value, path, depth);
}

void ObjectChecker::check_marking_object(const JsonValue& value, const Path& path, int depth) {
  check_free(value, path, depth);
}

}  // namespace comity::stix
