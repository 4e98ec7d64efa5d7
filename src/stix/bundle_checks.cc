#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "codec/canonical_json.h"
#include "stix/finding_code.h"
#include "stix/identifier.h"
#include "stix/object_checker.h"
#include "stix/translation.h"

// What only several objects together can break, looked at within one bundle: versions of one object
// (section 3.6), translations (section 7.1.1), variants (section 4.11.2), markings of markings
// (section 3.2).

namespace comity::stix {
namespace {

/// An object of a bundle, and what is compared.
struct Bundled {
  std::ptrdiff_t index;
  JsonValue value;
  std::string_view id;
  std::string_view creator;
  Timestamp created;
  Timestamp modified;
  bool revoked;
  std::optional<bool> is_family;  ///< of malware
};

std::string_view text_of(const JsonValue& object, std::string_view name) {
  const auto member = object.member(name);
  return member ? member->text() : std::string_view();
}

std::optional<bool> flag_of(const JsonValue& object, std::string_view name) {
  const auto member = object.member(name);
  return member && member->is_bool() ? std::optional(member->boolean()) : std::nullopt;
}

/// The time without zeros at its end, so that comparing it with many others is quick.
Timestamp time_of(const JsonValue& object, std::string_view name) {
  Timestamp time = parse_time(text_of(object, name));
  time.fraction = time.fraction.substr(0, time.fraction.find_last_not_of('0') + 1);
  return time;
}

/// What is no time comes first.
std::strong_ordering in_time(const Timestamp& a, const Timestamp& b) {
  if (a && b) return compare(a, b);
  return static_cast<bool>(a) <=> static_cast<bool>(b);
}

/// By id, the versions of one object by time, and what is the same in the order of the bundle.
bool stands_before(const Bundled& a, const Bundled& b) {
  if (a.id != b.id) return a.id < b.id;
  const auto order = in_time(a.modified, b.modified);
  return order != 0 ? order < 0 : a.index < b.index;
}

std::vector<Bundled> objects_of(const JsonValue& list) {
  std::vector<Bundled> objects;
  std::ptrdiff_t index = 0;
  for (const auto element : list.elements()) {
    const JsonValue value(element);
    const std::ptrdiff_t here = index++;
    if (!value.is_object()) continue;
    objects.push_back({here, value, text_of(value, "id"), text_of(value, "created_by_ref"),
                       time_of(value, "created"), time_of(value, "modified"),
                       flag_of(value, "revoked") == true, flag_of(value, "is_family")});
  }
  std::ranges::sort(objects, stands_before);
  return objects;
}

std::span<const Bundled> versions_of(const std::vector<Bundled>& objects, std::string_view id) {
  return std::ranges::equal_range(objects, id, {}, &Bundled::id);
}

/// The canonical text of an object without what says a default.
std::string canonical(const JsonValue& object) {
  std::vector<codec::CanonicalMember> members;
  for (const auto [name, element] : object.members()) {
    const JsonValue value(element);
    const bool flag = name == "revoked" || name == "defanged";
    if (flag && value.is_bool() && !value.boolean()) continue;
    members.push_back({name, codec::canonical_json(value)});
  }
  return codec::canonical_object(std::move(members));
}

/// Looks at the versions of one object, `same`, and reports what they break together.
void check_versions(std::span<const Bundled> same, Report& report, const Path& list) {
  const Bundled* before = nullptr;
  bool revoked = false;
  for (const Bundled& one : same) {
    if (!one.modified) continue;
    const Path here{&list, {}, one.index};
    if (before) {
      if (before->created && one.created && compare(before->created, one.created) != 0)
        report.error(code::kVersions, Path{&here, "created"}, "3.2",
                     "All versions of an object must have the same `created`.");
      if (before->creator != one.creator)
        report.error(code::kVersions, Path{&here, "created_by_ref"}, "3.6",
                     "Only its creator makes versions of an object; make a new one with an id of "
                     "its own.");
      if (compare(before->modified, one.modified) == 0) {
        if (canonical(before->value) != canonical(one.value))
          report.error(code::kVersions, here, "3.6",
                       "The bundle has another object of this id and `modified`; a change needs a "
                       "later `modified`.");
      } else if (revoked) {
        report.error(code::kVersions, here, "3.6",
                     "An object that was revoked must not have later versions.");
      }
    }
    revoked = revoked || one.revoked;
    before = &one;
  }
}

/// One creator must not give one UUID to objects of several types.
void check_reuse(const std::vector<Bundled>& objects, Report& report, const Path& list) {
  struct Owned {
    std::string_view creator;
    std::string_view uuid;
    std::string_view type;
    std::ptrdiff_t index;
  };
  std::vector<Owned> owned;
  for (const auto& one : objects) {
    const Identifier id = parse_identifier(one.id);
    if (id && !one.creator.empty()) owned.push_back({one.creator, id.uuid, id.type, one.index});
  }
  std::ranges::sort(owned, {},
                    [](const Owned& one) { return std::tie(one.creator, one.uuid, one.index); });
  for (std::size_t i = 1; i < owned.size(); ++i) {
    const Owned& a = owned[i - 1];
    const Owned& b = owned[i];
    if (a.creator != b.creator || a.uuid != b.uuid || a.type == b.type) continue;
    const Path here{&list, {}, b.index};
    report.error(code::kUuidReused, Path{&here, "id"}, "2.9",
                 "Its creator has given the same UUID to an object of another type; make a new "
                 "one.");
  }
}

void check_translation_of(const Bundled& translation, const std::vector<Bundled>& objects,
                          Translation& check, const Path& here) {
  const auto contents = translation.value.member("contents");
  if (!contents || !contents->is_object()) return;
  const Timestamp version = time_of(translation.value, "object_modified");
  const auto targets = versions_of(objects, text_of(translation.value, "object_ref"));
  const auto same = std::ranges::equal_range(
      targets, version, [](const auto& a, const auto& b) { return in_time(a, b) < 0; },
      &Bundled::modified);
  const Bundled* target = nullptr;
  if (version && !same.empty()) target = &same.back();
  if (!version && targets.size() == 1) target = &targets.front();
  if (!target) return;
  const Path inside{&here, "contents"};
  for (const auto [language, element] : contents->members()) {
    const JsonValue words(element);
    if (words.is_object()) check.compare(words, target->value, {&inside, language});
  }
}

void check_variant(const Bundled& relationship, const std::vector<Bundled>& objects, Report& report,
                   const Path& here) {
  if (text_of(relationship.value, "relationship_type") != "variant-of") return;
  const auto is_family = [&](std::string_view end) -> std::optional<bool> {
    const auto versions = versions_of(objects, text_of(relationship.value, end));
    if (versions.empty() || !versions.back().id.starts_with("malware--")) return std::nullopt;
    return versions.back().is_family;
  };
  if (is_family("source_ref") == true && is_family("target_ref") == false)
    report.error(code::kVariant, here, "4.11.2",
                 "A family of malware is no variant of an instance; turn the relationship round.");
}

/// A marking definition that is marked with another one of the bundle. Both are named by where the
/// first object of their id stands in the sorted list.
struct Marked {
  std::size_t from;
  std::size_t with;
  std::ptrdiff_t object;
  std::string_view list;  ///< the property, and the place in it
  std::ptrdiff_t place;
};

/// Sorted by `from`.
std::vector<Marked> marked_markings(const std::vector<Bundled>& objects) {
  const auto first_of = [&](std::string_view id) {
    const auto first = std::ranges::lower_bound(objects, id, {}, &Bundled::id);
    const bool there = first != objects.end() && first->id == id;
    return there ? static_cast<std::size_t>(first - objects.begin()) : objects.size();
  };
  std::vector<Marked> all;
  for (const auto& one : objects) {
    if (!one.id.starts_with("marking-definition--")) continue;
    const std::size_t from = first_of(one.id);
    for (const std::string_view list : {"object_marking_refs", "granular_markings"}) {
      const auto markings = one.value.member(list);
      if (!markings || !markings->is_array()) continue;
      std::ptrdiff_t place = 0;
      for (const auto element : markings->elements()) {
        const JsonValue marking(element);
        const std::size_t with =
            first_of(marking.is_object() ? text_of(marking, "marking_ref") : marking.text());
        if (with < objects.size() && with != from)  // a marking of itself is told elsewhere
          all.push_back({from, with, one.index, list, place});
        ++place;
      }
    }
  }
  return all;
}

/// No marking definition may lead back to itself. Goes along the markings depth first, without
/// recursion, and tells of each that leads to where it has come from.
void check_circles(const std::vector<Bundled>& objects, Report& report, const Path& list) {
  const auto marked = marked_markings(objects);
  enum class State : std::uint8_t { unseen, on_the_way, done };
  std::vector<State> states(marked.empty() ? 0 : objects.size());
  std::vector<std::size_t> next(states.size(), marked.size());
  for (std::size_t i = marked.size(); i-- > 0;) next[marked[i].from] = i;
  std::vector<std::size_t> way;
  const auto go_to = [&](std::size_t place) {
    states[place] = State::on_the_way;
    way.push_back(place);
  };
  for (const Marked& start : marked) {
    if (states[start.from] == State::unseen) go_to(start.from);
    while (!way.empty()) {
      const std::size_t here = way.back();
      if (next[here] == marked.size() || marked[next[here]].from != here) {
        states[here] = State::done;
        way.pop_back();
        continue;
      }
      const Marked& one = marked[next[here]++];
      if (states[one.with] == State::unseen) {
        go_to(one.with);
      } else if (states[one.with] == State::on_the_way) {
        const Path object{&list, {}, one.object};
        const Path property{&object, one.list};
        report.error(code::kMarkingSelf, Path{&property, {}, one.place}, "3.2",
                     "This marking definition is itself marked, by way of others, with the one "
                     "that refers to it here; markings must not go in a circle.");
      }
    }
  }
}

}  // namespace

void ObjectChecker::check_bundle(const Members& members, const Path& path) {
  const JsonValue* list = members.find("objects");
  if (!list || !list->is_array()) return;
  const Path here{&path, "objects"};
  const auto objects = objects_of(*list);
  for (std::size_t i = 0; i < objects.size() && !report_->done();) {
    const auto same = versions_of(objects, objects[i].id);
    if (same.size() > 1 && !objects[i].id.empty()) check_versions(same, *report_, here);
    i += same.size();
  }
  check_reuse(objects, *report_, here);
  check_circles(objects, *report_, here);
  Translation translation(*report_);
  for (const auto& one : objects) {
    const Path at{&here, {}, one.index};
    if (one.id.starts_with("language-content--"))
      check_translation_of(one, objects, translation, at);
    if (one.id.starts_with("relationship--")) check_variant(one, objects, *report_, at);
    if (report_->done()) return;
  }
}

}  // namespace comity::stix
