#include <algorithm>
#include <array>
#include <string>

#include "stix/finding_code.h"
#include "stix/object_checker.h"

// Markings: those that an object bears, and marking definitions (section 7.2).

namespace comity::stix {
namespace {

/// Members and elements that all selectors of an object together may pass. The bound is ours: each
/// step costs time, and an object may have as many selectors as its size allows.
constexpr std::size_t kSelectorSteps = 1'000'000;

/// A marking that stands once and for all.
struct FixedMarking {
  std::string_view id;
  std::string_view name;
  std::string_view level;
};

// Section 7.2.1.4.
constexpr std::array<FixedMarking, 4> kTlp1Markings = {{
    {"marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9", "TLP:WHITE", "white"},
    {"marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da", "TLP:GREEN", "green"},
    {"marking-definition--f88d31f6-486f-44da-b317-01333bde0b82", "TLP:AMBER", "amber"},
    {"marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed", "TLP:RED", "red"},
}};
constexpr std::string_view kTlp1Created = "2017-01-20T00:00:00.000Z";

// The OASIS extension for TLP 2.0.
constexpr std::string_view kTlp2ExtensionId =
    "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";
constexpr std::array<FixedMarking, 5> kTlp2Markings = {{
    {"marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487", "TLP:CLEAR", "clear"},
    {"marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb", "TLP:GREEN", "green"},
    {"marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421", "TLP:AMBER", "amber"},
    {"marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003", "TLP:AMBER+STRICT",
     "amber+strict"},
    {"marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1", "TLP:RED", "red"},
}};

/// One component of a selector: a name, or "[4]".
struct Component {
  std::string_view name;
  std::ptrdiff_t index = -1;
  bool fit = false;
};

Component parse_component(std::string_view text) {
  constexpr std::size_t kLongest = 250;
  constexpr std::size_t kDigits = 9;
  if (text.starts_with('[')) {
    const bool closed = text.ends_with(']');
    const std::string_view digits = text.substr(1, text.size() - (closed ? 2 : 1));
    const bool number = std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
    if (!closed || digits.empty() || digits.size() > kDigits || !number) return {};
    std::ptrdiff_t index = 0;
    for (const char c : digits) index = 10 * index + (c - '0');
    return {{}, index, true};
  }
  const bool fit =
      !text.empty() && text.size() <= kLongest && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-';
      });
  return {text, -1, fit};
}

/// The value behind one component, counting what it passes.
std::optional<JsonValue> step(const JsonValue& value, const Component& to, std::size_t& steps) {
  if (to.index >= 0) {
    if (!value.is_array()) return std::nullopt;
    std::ptrdiff_t index = 0;
    for (const auto element : value.elements()) {
      if (++steps > kSelectorSteps) return std::nullopt;
      if (index++ == to.index) return JsonValue(element);
    }
    return std::nullopt;
  }
  if (!value.is_object()) return std::nullopt;
  for (const auto [key, element] : value.members()) {
    if (++steps > kSelectorSteps) return std::nullopt;
    if (key == to.name) return JsonValue(element);
  }
  return std::nullopt;
}

}  // namespace

void ObjectChecker::check_markings(const Members& members, const JsonValue& object,
                                   const Path& path) {
  const bool definition = members.type().type().family == Family::marking;
  const std::string_view id =
      members.has(kIdPlace) ? members.at(kIdPlace).text() : std::string_view();
  const auto self = [&](const JsonValue& marking, const Path& at) {
    if (definition && !id.empty() && marking.text() == id)
      report_->error(code::kMarkingSelf, at, "3.2",
                     "A marking definition must not be marked with itself.");
  };
  if (definition && members.has(kObjectMarkingRefsPlace) &&
      members.at(kObjectMarkingRefsPlace).is_array()) {
    const Path list{&path, "object_marking_refs"};
    std::ptrdiff_t index = 0;
    for (const auto element : members.at(kObjectMarkingRefsPlace).elements())
      self(JsonValue(element), Path{&list, {}, index++});
  }
  if (!members.has(kGranularMarkingsPlace) || !members.at(kGranularMarkingsPlace).is_array())
    return;
  const Path list{&path, "granular_markings"};
  std::ptrdiff_t index = 0;
  selector_steps_ = 0;
  for (const auto element : members.at(kGranularMarkingsPlace).elements()) {
    const JsonValue marking(element);
    const Path here{&list, {}, index++};
    if (!marking.is_object()) continue;
    if (const auto ref = marking.member("marking_ref")) self(*ref, Path{&here, "marking_ref"});
    const auto selectors = marking.member("selectors");
    if (!selectors || !selectors->is_array()) continue;
    const Path all{&here, "selectors"};
    std::ptrdiff_t place = 0;
    for (const auto selector : selectors->elements()) {
      const JsonValue value(selector);
      if (value.is_string()) check_selector(value.text(), object, Path{&all, {}, place});
      ++place;
      if (report_->done() || selector_steps_ > kSelectorSteps) return;
    }
  }
}

void ObjectChecker::check_selector(std::string_view selector, const JsonValue& object,
                                   const Path& path) {
  std::optional<JsonValue> value = object;
  for (std::string_view rest = selector;;) {
    const std::size_t dot = rest.find('.');
    const Component component = parse_component(rest.substr(0, dot));
    if (!component.fit) {
      report_->error(code::kSelector, path, "7.2.3.1",
                     "A selector is made of names and indexes like [4], joined by dots: "
                     "external_references.[0].url.");
      return;
    }
    if (value) value = step(*value, component, selector_steps_);
    if (selector_steps_ > kSelectorSteps) {
      report_->error(code::kSelector, path, "",
                     "The selectors of this object pass a million members together; mark larger "
                     "parts instead.");
      return;
    }
    if (dot == std::string_view::npos) break;
    rest.remove_prefix(dot + 1);
  }
  if (!value)
    report_->error(code::kSelectorTarget, path, "7.2.3.1",
                   "The object has nothing at " + quoted(selector) + "; correct the selector.");
}

void ObjectChecker::check_marking_definition(const Members& members, const Path& path) {
  const std::string_view type = members.text("definition_type");
  const JsonValue* definition = members.find("definition");
  check_tlp(members, path);
  if (type == "statement") {
    const auto statement =
        definition && definition->is_object() ? definition->member("statement") : std::nullopt;
    if (definition && (!statement || !statement->is_string()))
      report_->error(code::kMarkingObject, Path{&path, "definition"}, "7.2.1.3",
                     "The definition of a statement must have the string `statement`.");
  } else if (!type.empty() && type != "tlp" && !members.has(kExtensionsPlace)) {
    report_->warning(code::kMarkingObject, Path{&path, "definition_type"}, "7.2.1.1",
                     "It should be statement or tlp; define markings of your own by an extension "
                     "(section 7.3).");
  }
}

void ObjectChecker::check_tlp(const Members& members, const Path& path) {
  const std::string_view id =
      members.has(kIdPlace) ? members.at(kIdPlace).text() : std::string_view();
  const JsonValue* definition = members.find("definition");
  const auto level =
      definition && definition->is_object() ? definition->member("tlp") : std::nullopt;
  const auto first = std::ranges::find(kTlp1Markings, id, &FixedMarking::id);
  if (members.text("definition_type") == "tlp" || first != kTlp1Markings.end()) {
    const bool exact = first != kTlp1Markings.end() && level && level->text() == first->level &&
                       members.text("name") == first->name &&
                       members.text("definition_type") == "tlp" &&
                       members.text("created") == kTlp1Created;
    if (!exact)
      report_->error(code::kTlp, path, "7.2.1.4",
                     "TLP markings are the four that the specification prints, unchanged; refer "
                     "to them by their ids.");
    return;
  }
  const auto second = std::ranges::find(kTlp2Markings, id, &FixedMarking::id);
  const JsonValue* extensions =
      members.has(kExtensionsPlace) ? &members.at(kExtensionsPlace) : nullptr;
  const auto tlp2 =
      extensions && extensions->is_object() ? extensions->member(kTlp2ExtensionId) : std::nullopt;
  if (second == kTlp2Markings.end() && !tlp2) return;
  const auto stated = tlp2 && tlp2->is_object() ? tlp2->member("tlp_2_0") : std::nullopt;
  if (second == kTlp2Markings.end() || !stated || stated->text() != second->level ||
      members.text("name") != second->name)
    report_->error(code::kTlp, path, "7.3",
                   "TLP 2.0 markings are the five that OASIS publishes, unchanged; refer to them "
                   "by their ids.");
}

}  // namespace comity::stix
