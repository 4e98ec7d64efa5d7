#include "query/object_story.h"

#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "filing/stix_id.h"

#include "query/find_object.h"

namespace comity::query {
namespace {

constexpr std::size_t kCandidates = 20;
constexpr std::size_t kNamesOffered = 5;

Result<std::string> refuse_unknown(const RecordAt& at, const std::string& what) {
  COMITY_TRY(const auto near, near_names(at.snapshot(), what, at.size, kNamesOffered));
  std::string advice = "see `comity show --help` on what can be asked for.";
  if (!near.empty()) {
    std::vector<std::string> quoted;
    quoted.reserve(near.size());
    for (const auto& name : near) quoted.push_back("\"" + name + "\"");
    advice = "near it are " + fmt::format("{}", fmt::join(quoted, ", ")) + ".";
  }
  return refuse("object-unknown",
                "The record holds no public object of the id or name \"" + what + "\"; " + advice);
}

/// The id of the object of that name.
Result<std::string> find_id(RecordAt& at, const std::string& what) {
  COMITY_TRY(const auto found, find_named(at.snapshot(), what, at.size, kCandidates));
  if (found.empty()) return refuse_unknown(at, what);
  if (found.size() == 1) return found.front().id;
  std::string list;
  for (const auto& it : found) {
    COMITY_TRY(const auto party, at.name_of(it.party));
    list += "\n  " + it.id + "  " + it.name + "  (" + it.kind + ", filed by " + party + ")";
  }
  return refuse("object-ambiguous",
                "Several objects have the name \"" + what + "\"; show one by its id:" + list);
}

std::string because(const Withheld& why) {
  return " by entry " + std::to_string(why.by) + " (" + why.ground + "; " + why.authority + ")";
}

}  // namespace

std::string ObjectStory::withheld() const {
  if (versions.empty()) return erased.empty() ? "" : "ERASED" + because(erased.back().why);
  return current.version.held ? "ON HOLD" + because(*current.version.held) : "";
}

Result<ObjectStory> find_story(RecordAt& at, const std::string& what) {
  ObjectStory story;
  story.id = what;
  if (!filing::is_stix_id(what)) {
    COMITY_TRY(story.id, find_id(at, what));
  }
  COMITY_TRY(const auto object, object_of(at.snapshot(), story.id));
  if (object) {
    COMITY_TRY(story.versions, versions_of(at.snapshot(), *object, at.size));
    COMITY_TRY(story.erased, erased_of(at.snapshot(), *object, at.size));
  }
  if (story.versions.empty() && story.erased.empty())
    return refuse("object-unknown", "The record holds no public object " + story.id +
                                        "; what is hidden is shown to nobody here.");
  for (const auto& version : story.versions) {
    if (!version.shown) continue;
    COMITY_TRY(story.current, at.read(version));
  }
  return story;
}

}  // namespace comity::query
