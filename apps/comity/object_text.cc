#include "object_text.h"

#include <algorithm>
#include <array>

#include "query/mentions.h"
#include "statement_text.h"
#include "text.h"

namespace comity::cli {
namespace {

constexpr std::size_t kMentionsShown = 40;

std::string title(const ObjectStory& story) {
  const std::string name = text_at(story.current.json, "name");
  const std::string type = type_of(story);
  const std::string& kind = story.current.version.kind;
  std::string line = name.empty() ? type : name + "  (" + type;
  if (!kind.empty() && kind != type) line += (name.empty() ? "  (" : ", ") + kind;
  if (line.contains('(')) line += ')';
  return printable(line) + "\n  " + story.id + "\n";
}

/// One value for a person; ids by their names. Objects that an importer laid out for programs are
/// as deep as STIX allows, and are written as they stand.
Result<std::string> value_text(RecordAt& at, const Json& value) {
  if (value.is_string()) {
    const auto text = value.get<std::string>();
    COMITY_TRY(const auto name, at.name_of(text));
    return name == text ? text : name + " (" + text + ")";
  }
  if (value.is_array() &&
      std::ranges::all_of(value, [](const Json& it) { return it.is_string(); })) {
    std::vector<std::string> parts;
    for (const auto& it : value) {
      COMITY_TRY(auto part, at.name_of(it.get<std::string>()));
      parts.push_back(std::move(part));
    }
    return joined(parts);
  }
  if (value.is_object() && value.contains("date")) return date_text(value);
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool is_housekeeping(const std::string& name) {
  constexpr std::array<const char*, 11> kNames{"type",
                                               "spec_version",
                                               "id",
                                               "created",
                                               "modified",
                                               "name",
                                               "extensions",
                                               "created_by_ref",
                                               "object_marking_refs",
                                               "extension_type",
                                               "kind"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

Result<std::string> properties(RecordAt& at, const ObjectStory& story) {
  Facts facts(20);
  const Json& object = story.current.json;
  for (const auto* part : {&object, &extension_of(object)}) {
    if (!part->is_object()) continue;
    for (const auto& [name, value] : part->items()) {
      if (is_housekeeping(name)) continue;
      COMITY_TRY(const auto text, value_text(at, value));
      facts.add(printable(name), printable(text));
    }
  }
  return facts.text();
}

/// What names the object; of a norm, the findings first.
Result<std::string> mentions(RecordAt& at, const ObjectStory& story) {
  const auto object = story.current.version.object;
  COMITY_TRY(const auto found, query::findings_about(at.snapshot(), object, at.size, query::kTold));
  Section findings("Findings of parties on norms");
  for (const auto& it : found) {
    COMITY_TRY(const auto text, finding_text(at, it));
    findings.add(text);
  }
  COMITY_TRY(const auto made, query::claims_by(at.snapshot(), object, at.size, query::kTold));
  COMITY_TRY(const auto claims,
             claims_section(at, made, Section("Statements that it is said to have made")));
  COMITY_TRY(const auto naming, query::mentions_of(at.snapshot(), object, at.size, query::kTold));
  std::string lines;
  for (std::size_t i = 0; i < std::min(naming.size(), kMentionsShown); ++i) {
    COMITY_TRY(const auto name, at.names.of(naming[i].id));
    COMITY_TRY(const auto party, at.name_of(naming[i].party));
    lines += "  " + naming[i].id + "  " +
             printable((name.empty() ? naming[i].kind : name) + "  (by " + party + ")") + "\n";
  }
  if (naming.size() > kMentionsShown)
    lines += naming.size() < query::kTold
                 ? "  and " + grouped(naming.size() - kMentionsShown) + " more\n"
                 : "  and " + grouped(query::kTold - kMentionsShown) + " or more others\n";
  std::string text = findings.text() + claims.text();
  if (!naming.empty())
    text += "\nNamed by (" + grouped(naming.size()) +
            (naming.size() < query::kTold ? "" : " or more") + ")\n" + lines;
  return text;
}

std::string state_of(const query::Version& version) {
  if (version.held)
    return ", ON HOLD (" + version.held->ground + "; " + version.held->authority + ")";
  return version.revoked ? ", REVOKED" : "";
}

std::string place_text(const filing::ItemPlace& place) {
  return "entry " + std::to_string(place.entry) + ", item " + std::to_string(place.ordinal);
}

Result<std::string> in_the_log(RecordAt& at, const ObjectStory& story) {
  std::string text = "\nIn the log\n";
  for (const auto& it : story.versions) {
    COMITY_TRY(const auto party, at.name_of(it.party));
    std::string line =
        place_text(it.filed_at()) + ": version " + to_rfc3339(it.modified) + ", filed " +
        to_rfc3339(it.time) + " by " + party + ", " +
        (it.relayed ? "relayed: not its creator filed it" : "authoritative: its creator filed it");
    if (it.hidden_at) line += ", disclosed by entry " + std::to_string(it.place.entry);
    text += wrapped(printable(line + state_of(it)), 4, "  ");
  }
  for (const auto& it : story.erased) {
    COMITY_TRY(const auto party, at.name_of(it.party));
    text += wrapped(printable(place_text(it.place) + ": filed " + to_rfc3339(it.time) + " by " +
                              party + ", ERASED by entry " + std::to_string(it.why.by) + " (" +
                              it.why.ground + "; " + it.why.authority + ")"),
                    4, "  ");
  }
  const auto& entry = story.versions.empty() ? story.erased.back().place.entry
                                             : story.current.version.filed_at().entry;
  return text + "  prove it: comity prove " + printable(at.registry.directory) + " " +
         std::to_string(entry) + "\n";
}

}  // namespace

Result<std::string> object_text(RecordAt& at, const ObjectStory& story) {
  std::string text = title(story);
  switch (query::kind_of(story)) {
    case query::StoryKind::withheld:
      text += wrapped("Its content is not shown: " + printable(story.withheld()), 2);
      break;
    case query::StoryKind::incident: {
      COMITY_TRY(const auto incident, incident_text(at, story));
      text += "\n" + incident;
      break;
    }
    case query::StoryKind::actor: {
      COMITY_TRY(const auto actor, actor_text(at, story));
      text += "\n" + actor;
      break;
    }
    case query::StoryKind::other: {
      COMITY_TRY(const auto facts, properties(at, story));
      COMITY_TRY(const auto naming, mentions(at, story));
      text += "\n" + facts + naming;
      break;
    }
  }
  COMITY_TRY(const auto log, in_the_log(at, story));
  return text + log;
}

}  // namespace comity::cli
