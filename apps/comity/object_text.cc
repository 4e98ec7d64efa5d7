#include "object_text.h"

#include <array>

#include "text.h"

namespace comity::cli {
namespace {

constexpr std::size_t kMentionsShown = 40;

std::string title(const RecordedObject& object) {
  const std::string name = text_at(object.json, "name");
  const std::string type = object.id.substr(0, object.id.find("--"));
  const std::string kind = text_at(extension_of(object.json), "kind");
  std::string line = name.empty() ? type : name + "  (" + type;
  if (!kind.empty() && kind != type) line += (name.empty() ? "  (" : ", ") + kind;
  if (line.find('(') != std::string::npos) line += ')';
  return printable(line) + "\n  " + object.id + "\n";
}

/// One value for a person; ids by their names.
std::string value_text(const ObjectStory& story, const Json& value) {
  if (value.is_string()) {
    const auto text = value.get<std::string>();
    const std::string name = story.name_of(text);
    return name == text ? text : name + " (" + text + ")";
  }
  if (value.is_array()) {
    std::vector<std::string> parts;
    for (const auto& it : value) parts.push_back(value_text(story, it));
    return joined(parts);
  }
  if (value.is_object() && value.contains("date")) return date_text(value);
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool is_housekeeping(const std::string& name) {
  constexpr std::array<const char*, 10> kNames{
      "type",          "spec_version",   "id",
      "created",       "modified",       "name",
      "extensions",    "created_by_ref", "object_marking_refs",
      "extension_type"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

std::string properties(const ObjectStory& story) {
  Facts facts(20);
  const Json& object = story.current().json;
  for (const auto* part : {&object, &extension_of(object)}) {
    if (!part->is_object()) continue;
    for (const auto& [name, value] : part->items())
      if (!is_housekeeping(name) && name != "kind")
        facts.add(printable(name), printable(value_text(story, value)));
  }
  return facts.text();
}

std::string mentions(const ObjectStory& story) {
  if (story.mentions.empty()) return {};
  std::string text = "\nNamed by (" + std::to_string(story.mentions.size()) + ")\n";
  std::size_t shown = 0;
  for (const auto& object : story.mentions) {
    if (++shown > kMentionsShown) {
      text += "  and " + std::to_string(story.mentions.size() - kMentionsShown) + " more\n";
      break;
    }
    std::string name = text_at(object.json, "name");
    if (name.empty()) name = text_at(object.json, "abstract");
    if (name.empty()) name = text_at(object.json, "relationship_type");
    text += "  " + object.id + "  " + printable(name) + "\n";
  }
  return text;
}

std::string state_of(const RecordedObject& object) {
  if (object.fate.erased)
    return ", ERASED (" + object.fate.ground + "; " + object.fate.authority + ")";
  if (object.fate.held)
    return ", ON HOLD (" + object.fate.ground + "; " + object.fate.authority + ")";
  return object.revoked ? ", REVOKED" : "";
}

std::string in_the_log(const ObjectStory& story, const ReadRegistry& registry) {
  std::string text = "\nIn the log\n";
  for (const auto& it : story.versions) {
    std::string line = "entry " + std::to_string(it.place.entry) + ", item " +
                       std::to_string(it.place.ordinal) + ": version " + to_rfc3339(it.version) +
                       ", filed " + to_rfc3339(it.filed) + " by " + story.name_of(it.party) + ", " +
                       (it.authoritative() ? "authoritative: its creator filed it"
                                           : "relayed: not its creator filed it");
    if (it.disclosed_at) line += ", disclosed by entry " + std::to_string(*it.disclosed_at);
    text += wrapped(printable(line + state_of(it)), 4, "  ");
  }
  return text + "  prove it: comity prove " + registry.directory + " " +
         std::to_string(story.current().place.entry) + "\n";
}

Json json_of(const RecordedObject& it) {
  return {{"entry", it.place.entry},
          {"ordinal", it.place.ordinal},
          {"disclosed_at", it.disclosed_at ? Json(*it.disclosed_at) : Json(nullptr)},
          {"party", it.party},
          {"filed", to_rfc3339(it.filed)},
          {"id", it.id},
          {"version", to_rfc3339(it.version)},
          {"authoritative", it.authoritative()},
          {"revoked", it.revoked},
          {"erased", it.fate.erased},
          {"held", it.fate.held},
          {"object", it.json}};
}

}  // namespace

std::string object_text(const ObjectStory& story, const ReadRegistry& registry) {
  const RecordedObject& current = story.current();
  std::string text = title(current);
  if (current.json.is_null())
    text += "  Its content is not shown: " + printable(state_of(current).substr(2)) + "\n";
  else if (text_at(current.json, "type") == "incident")
    text += "\n" + incident_text(story);
  else
    text += "\n" + properties(story) + mentions(story);
  return text + in_the_log(story, registry);
}

Json object_json(const ObjectStory& story) {
  Json versions = Json::array();
  for (const auto& it : story.versions) versions.push_back(json_of(it));
  Json named_by = Json::array();
  for (const auto& it : story.mentions) named_by.push_back(json_of(it));
  Json named = Json::array();
  for (const auto& [_, it] : story.named)
    if (it.id != story.current().id) named.push_back(json_of(it));
  return {{"id", story.current().id},
          {"current", json_of(story.current())},
          {"versions", std::move(versions)},
          {"named_by", std::move(named_by)},
          {"names", std::move(named)}};
}

}  // namespace comity::cli
