#include "stix/translation.h"

#include <algorithm>
#include <string>

#include "stix/finding_code.h"

namespace comity::stix {

using codec::JsonValue;

void Translation::compare(const JsonValue& words, const JsonValue& original, const Path& path) {
  if (original.is_string()) {
    if (!words.is_string()) differs(path, "a string, as in the object");
  } else if (original.is_array()) {
    compare_lists(words, original, path);
  } else if (original.is_object()) {
    if (!words.is_object()) return differs(path, "an object, as in the object");
    for (const auto [name, element] : words.members())
      if (const auto found = member(original, name))
        compare(JsonValue(element), *found, Path{&path, name});
  }
}

void Translation::compare_lists(const JsonValue& words, const JsonValue& original,
                                const Path& path) {
  if (!words.is_array()) return differs(path, "a list, as in the object");
  const auto translated = words.elements();
  const auto elements = original.elements();
  auto one = translated.begin();
  auto other = elements.begin();
  std::ptrdiff_t index = 0;
  for (; one != translated.end() && other != elements.end(); ++one, ++other)
    compare(JsonValue(*one), JsonValue(*other), Path{&path, {}, index++});
  if (one != translated.end() || other != elements.end())
    differs(path, "a list as long as in the object, with \"\" for what is not translated");
}

void Translation::differs(const Path& path, std::string_view words) {
  report_->error(code::kLanguageContents, path, "7.1.1",
                 "It must be " + std::string(words) + " that it translates.");
}

std::optional<JsonValue> Translation::member(const JsonValue& object, std::string_view name) {
  constexpr std::size_t kFew = 16;
  const auto all = object.members();
  if (all.size() <= kFew) return object.member(name);
  auto& index = indexes_[all.begin().key().data()];
  if (index.empty()) {
    for (const auto [key, element] : all) index.push_back({key, JsonValue(element)});
    std::ranges::stable_sort(index, {}, &Member::name);
  }
  const auto found = std::ranges::lower_bound(index, name, {}, &Member::name);
  if (found == index.end() || found->name != name) return std::nullopt;
  return found->value;
}

}  // namespace comity::stix
