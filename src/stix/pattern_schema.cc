#include "stix/pattern_schema.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "stix/identifier.h"
#include "stix/pattern_constant.h"

namespace comity::stix {
namespace {

using Token = PatternTokenKind;

/// Whether constants of that type may be compared with values of that kind: the table of 9.2.
bool is_comparable(Kind kind, Token constant) {
  const bool octets =
      constant == Token::string || constant == Token::hex || constant == Token::binary;
  switch (kind) {
    case Kind::boolean:
      return constant == Token::boolean;
    case Kind::integer:
    case Kind::number:
      return constant == Token::integer || constant == Token::floating;
    case Kind::timestamp:
    case Kind::version_time:
    case Kind::whole_second:
      return constant == Token::timestamp;
    default:
      return octets;
  }
}

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::boolean:
      return "a boolean";
    case Kind::integer:
      return "an integer";
    case Kind::number:
      return "a float";
    case Kind::timestamp:
    case Kind::version_time:
    case Kind::whole_second:
      return "a timestamp";
    case Kind::hex:
      return "hex";
    case Kind::binary:
      return "binary";
    default:
      return "a string";
  }
}

/// Whether values of that kind have others within them.
bool is_compound(Kind kind) {
  return kind == Kind::part || kind == Kind::hashes || kind == Kind::dictionary ||
         kind == Kind::extensions;
}

}  // namespace

PatternSchemaWalk::PatternSchemaWalk(std::string_view object_type) {
  const std::size_t type = type_index(object_type);
  if (type >= kTypeNames.size() || (kObservableTypes >> type & 1U) == 0) return;
  anything_ = false;
  objects_.push_back(&indexed(type));
}

/// Notes what the name is as a property of an object.
void PatternSchemaWalk::look_up(const IndexedType& object, std::string_view name) {
  const std::size_t at = object.find(name);
  if (at >= object.size() || object.row(at).need == Need::forbidden) return;
  found_.push_back({object.row(at).value, object.part(at), &object});
}

/// Notes what the name is within a value; objects that it leads to are looked into later.
void PatternSchemaWalk::look_into(const Place& place, std::string_view name) {
  const auto add = [&](const IndexedType* object) {
    if (std::ranges::find(objects_, object) == objects_.end()) objects_.push_back(object);
  };
  switch (place.value.kind) {
    case Kind::part:
      return add(place.part);
    case Kind::identifier:
      for (std::size_t type = 0; type < kTypeNames.size(); ++type)
        if (place.value.targets.holds(type)) add(&indexed(type));
      anything_ = anything_ || place.value.targets.custom;
      return;
    case Kind::hashes:
      found_.push_back({text()});
      return;
    case Kind::dictionary:
      if (place.value.entries == Entries::text) found_.push_back({text()});
      if (place.value.entries == Entries::integer) found_.push_back({integer()});
      if (place.value.entries == Entries::text_list) found_.push_back({list(text())});
      anything_ = anything_ || place.value.entries == Entries::any ||
                  place.value.entries == Entries::integer_or_text;
      return;
    case Kind::extensions: {
      const auto& known = place.owner->type().extensions;
      const auto extension = std::ranges::find(known, name, &KnownExtension::key);
      anything_ = anything_ || extension == known.end();
      if (extension != known.end())
        found_.push_back({part(*extension->type), &indexed(*extension->type)});
      return;
    }
    default:
      return;
  }
}

bool PatternSchemaWalk::is_list() const {
  return !anything_ && !places_.empty() && std::ranges::all_of(places_, &Place::is_list);
}

void PatternSchemaWalk::follow(const PatternToken& token, std::string_view name,
                               PatternProblems& problems) {
  if (anything_) return;
  if (is_list())
    problems.add(Level::warning, token.offset, "9.7.2",
                 "What comes before is a list; say which of its elements by [*] or an index.");
  found_.clear();
  for (const Place& place : places_) look_into(place, name);
  for (const IndexedType* object : std::exchange(objects_, {})) look_up(*object, name);
  places_ = std::exchange(found_, {});
  if (anything_ || !places_.empty()) return;
  problems.add(Level::warning, token.offset, "9.7",
               fmt::format("The specification has no property {} here, so only an extension can "
                           "give it a meaning.",
                           shown(token)));
  anything_ = true;
}

void PatternSchemaWalk::follow_index(const PatternToken& token, PatternProblems& problems) {
  if (anything_) return;
  if (std::ranges::none_of(places_, &Place::is_list))
    problems.add(Level::error, token.offset, "9.7.2",
                 "What comes before is no list; leave the index out.");
  for (Place& place : places_) place.indexed = true;
}

void PatternSchemaWalk::check_constant_type(const PatternToken& constant,
                                            PatternProblems& problems) const {
  if (anything_ || places_.empty()) return;
  if (is_list())
    return problems.add(Level::warning, constant.offset, "9.7.2",
                        "The path leads to a list; compare its elements, by [*] or an index.");
  const auto& first = places_.front();
  const auto fits = [&](const Place& place) {
    return is_comparable(place.value.kind, constant.kind);
  };
  if (std::ranges::all_of(places_, [](const Place& p) { return is_compound(p.value.kind); }))
    return problems.add(Level::warning, constant.offset, "9.7",
                        "The path leads to a value that has others within it; name one of them.");
  if (std::ranges::any_of(places_, fits)) return;
  problems.add(Level::error, constant.offset, "9.6.1",
               fmt::format("The path leads to {}, with which no constant of type {} can be "
                           "compared; write one of its own type.",
                           name_of(first.value.kind), name_of(constant.kind)));
}

}  // namespace comity::stix
