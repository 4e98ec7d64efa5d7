#include "object_story.h"

#include <algorithm>
#include <set>
#include <utility>

#include "filing/object.h"
#include "filing/stix_id.h"

#include "text.h"

namespace comity::cli {
namespace {

// A person reads a page: beyond these it is a search that is needed.
constexpr std::size_t kMentions = 10'000;
constexpr std::size_t kCandidates = 20;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

bool contains(std::string_view text, std::string_view wanted) {
  return std::search(text.begin(), text.end(), wanted.begin(), wanted.end(),
                     [](char x, char y) { return lower(x) == lower(y); }) != text.end();
}

bool has_external_name(const Json& object, std::string_view name) {
  const Json& references = member(object, "external_references");
  return references.is_array() &&
         std::any_of(references.begin(), references.end(), [&](const Json& reference) {
           return same(text_at(reference, "external_id"), name);
         });
}

/// Calls with each public item, disclosed ones included, and notes what became of each.
using Visit = std::function<void(const WalkedEntry&, const WalkedItem&)>;
Result<Fates> walk_items(const ReadRegistry& registry, const Visit& visit) {
  Fates fates;
  COMITY_CHECK(walk(registry, {}, [&](const WalkedEntry& entry) -> Result<Walk> {
    note_fate(fates, entry);
    for (const auto& item : entry.items)
      if (!item.item.hidden()) visit(entry, item);
    if (entry.disclosed) visit(entry, *entry.disclosed);
    return Walk::on;
  }));
  return fates;
}

RecordedObject record(const WalkedEntry& entry, const WalkedItem& item) {
  RecordedObject object;
  object.place = item.place;
  if (entry.control) object.disclosed_at = entry.index;
  object.party = std::string(entry.statement.issuer);
  object.filed = entry.time;
  object.id = std::string(item.item.id);
  object.version = item.item.version;
  object.revoked = item.item.revoked;
  object.bytes = std::string(as_text(item.content));
  return object;
}

/// Reads it, unless it is on hold: then it is not shown.
void finish(RecordedObject& object, const Fates& fates) {
  const auto fate = fates.find(object.place);
  if (fate != fates.end()) object.fate = fate->second;
  if (object.fate.held) object.bytes.clear();
  if (!object.bytes.empty()) object.json = Json::parse(object.bytes, nullptr, false);
}

/// The ids of the objects of that name: by external references or, if none, by `name`.
Result<std::string> find_id(const ReadRegistry& registry, const std::string& what) {
  std::map<std::string, std::string> by_reference;
  std::map<std::string, std::string> by_name;
  COMITY_CHECK(walk_items(registry, [&](const WalkedEntry&, const WalkedItem& item) {
    if (by_reference.size() >= kCandidates || !contains(as_text(item.content), what)) return;
    const Json json = Json::parse(as_text(item.content), nullptr, false);
    const std::string id(item.item.id);
    const std::string name = text_at(json, "name");
    if (has_external_name(json, what)) by_reference[id] = name;
    if (same(name, what) && by_name.size() < kCandidates) by_name[id] = name;
  }));
  const auto& found = by_reference.empty() ? by_name : by_reference;
  if (found.empty())
    return refuse("object-unknown",
                  "The log holds no public object of the id or name \"" + what +
                      "\"; names are matched whole, as in \"notpetya\" or \"UN-13a\".");
  if (found.size() == 1) return found.begin()->first;
  std::string list;
  for (const auto& [id, name] : found) list += "\n  " + id + "  " + printable(name);
  return refuse("object-ambiguous",
                "Several objects have the name \"" + what + "\"; show one by its id:" + list);
}

/// Keeps the latest version of each id, of its creator before anybody else's.
void keep_latest(std::map<std::string, RecordedObject>& latest, RecordedObject object) {
  const auto rank = [](const RecordedObject& it) {
    return std::tuple(!it.json.is_null(), it.authoritative(), count(it.version), it.place.entry);
  };
  const auto [at, fresh] = latest.try_emplace(object.id, object);
  if (!fresh && rank(at->second) < rank(object)) at->second = std::move(object);
}

/// Every text in the object that has the form of an id.
void collect_ids(const std::string& bytes, std::set<std::string>& ids) {
  std::size_t at = 0;
  while ((at = bytes.find("--", at)) != std::string::npos) {
    const std::size_t begin = bytes.rfind('"', at);
    const std::size_t end = bytes.find('"', at);
    at += 2;
    if (begin == std::string::npos || end == std::string::npos) continue;
    std::string text = bytes.substr(begin + 1, end - begin - 1);
    if (filing::is_stix_id(text)) ids.insert(std::move(text));
  }
}

Result<std::map<std::string, RecordedObject>> find_named(const ReadRegistry& registry,
                                                         const std::set<std::string>& ids) {
  std::vector<RecordedObject> found;
  COMITY_TRY(const auto fates,
             walk_items(registry, [&](const WalkedEntry& entry, const WalkedItem& item) {
               if (ids.contains(std::string(item.item.id))) found.push_back(record(entry, item));
             }));
  std::map<std::string, RecordedObject> latest;
  for (auto& object : found) {
    finish(object, fates);
    keep_latest(latest, std::move(object));
  }
  return latest;
}

}  // namespace

bool RecordedObject::authoritative() const {
  return party == id || text_at(json, "created_by_ref") == party;
}

const RecordedObject& ObjectStory::current() const {
  const auto rank = [](const RecordedObject& it) {
    return std::tuple(!it.json.is_null(), it.authoritative(), count(it.version), it.place.entry);
  };
  return *std::max_element(versions.begin(), versions.end(),
                           [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
}

std::string ObjectStory::name_of(const std::string& id) const {
  const auto found = named.find(id);
  const std::string name = found == named.end() ? "" : text_at(found->second.json, "name");
  return name.empty() ? id : name;
}

Result<ObjectStory> find_story(const ReadRegistry& registry, const std::string& what) {
  std::string id = what;
  if (!filing::is_stix_id(what)) {
    COMITY_TRY(id, find_id(registry, what));
  }
  ObjectStory story;
  std::vector<RecordedObject> mentions;
  COMITY_TRY(const auto fates,
             walk_items(registry, [&](const WalkedEntry& entry, const WalkedItem& item) {
               if (item.item.id == id)
                 story.versions.push_back(record(entry, item));
               else if (mentions.size() < kMentions &&
                        as_text(item.content).find(id) != std::string_view::npos)
                 mentions.push_back(record(entry, item));
             }));
  if (story.versions.empty())
    return refuse("object-unknown", "The log holds no public object " + id +
                                        "; what is hidden is shown to nobody here.");
  std::set<std::string> ids;
  for (auto& version : story.versions) {
    finish(version, fates);
    ids.insert(version.party);
    collect_ids(version.bytes, ids);
  }
  std::map<std::string, RecordedObject> latest;
  for (auto& object : mentions) {
    finish(object, fates);
    collect_ids(object.bytes, ids);
    keep_latest(latest, std::move(object));
  }
  for (auto& [_, object] : latest) story.mentions.push_back(std::move(object));
  std::stable_sort(story.mentions.begin(), story.mentions.end(),
                   [](const auto& a, const auto& b) { return a.place < b.place; });
  COMITY_TRY(story.named, find_named(registry, ids));
  return story;
}

const Json& member(const Json& object, const char* name) {
  static const Json nothing;
  if (!object.is_object()) return nothing;
  const auto found = object.find(name);
  return found == object.end() ? nothing : *found;
}

std::string text_at(const Json& object, const char* name) {
  const Json& found = member(object, name);
  return found.is_string() ? found.get<std::string>() : std::string{};
}

std::vector<std::string> texts_at(const Json& object, const char* name) {
  std::vector<std::string> texts;
  const Json& found = member(object, name);
  if (found.is_array())
    for (const auto& it : found)
      if (it.is_string()) texts.push_back(it.get<std::string>());
  return texts;
}

const Json& extension_of(const Json& object) {
  return member(member(object, "extensions"), std::string(filing::kExtensionId).c_str());
}

}  // namespace comity::cli
