#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "codec/json_names.h"
#include "stix/container.h"
#include "stix/finding_code.h"
#include "stix/object_checker.h"

// The deprecated container of observables within observed data (section 2.13). It is rare, so it
// may allocate.

namespace comity::stix {
namespace {

/// Which observables of a container hang together by references.
class Groups {
 public:
  explicit Groups(const Container& container) : container_(&container), parents_(container.size()) {
    std::iota(parents_.begin(), parents_.end(), std::size_t{0});
  }

  /// Joins the observable at that place with all that its values name, at any depth.
  void join(std::size_t place, const JsonValue& value) {
    if (value.is_string()) {
      const std::size_t to = container_->find(value.text());
      if (to < parents_.size()) parents_[root(place)] = root(to);
    } else if (value.is_array()) {
      for (const auto element : value.elements()) join(place, JsonValue(element));
    } else if (value.is_object()) {
      for (const auto [name, element] : value.members()) {
        const JsonValue member(element);
        const bool reference = name.ends_with("_ref") || name.ends_with("_refs");
        if (reference || member.is_object() || member.is_array()) join(place, member);
      }
    }
  }

  [[nodiscard]] bool together() {
    for (std::size_t i = 1; i < parents_.size(); ++i)
      if (root(i) != root(0)) return false;
    return true;
  }

 private:
  std::size_t root(std::size_t place) {
    while (parents_[place] != place) place = parents_[place] = parents_[parents_[place]];
    return place;
  }

  const Container* container_;
  std::vector<std::size_t> parents_;
};

}  // namespace

void ObjectChecker::check_container(const JsonValue& value, const Path& path, int depth) {
  if (!enter(path, depth)) return;
  const Container container(value);
  const std::size_t from = scratch_->names.size();
  for (const auto [key, element] : value.members()) {
    const JsonValue observable(element);
    const Path here{&path, key};
    scratch_->names.push_back(key);
    if (!observable.is_object())
      report_->error(code::kKind, here, "2.13", "An observable must be an object, in braces.");
    else
      check_contained(observable, container, here, depth + 1);
    if (report_->done()) break;
  }
  if (scratch_->names.size() == from)
    report_->error(code::kEmptyDictionary, path, "4.14.1",
                   "A container must hold at least one observable.");
  if (const auto* twice = codec::find_duplicate(std::span(scratch_->names).subspan(from)))
    duplicate(*twice, path);
  scratch_->names.resize(from);
  if (report_->done()) return;
  Groups groups(container);
  for (const auto [key, element] : value.members())
    groups.join(container.find(key), JsonValue(element));
  if (!groups.together())
    report_->error(
        code::kContainer, path, "4.14.1",
        "The observables of one container must be related by references; file those that "
        "are not as observed data of their own.");
}

}  // namespace comity::stix
