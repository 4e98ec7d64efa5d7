#include "object_text.h"

#include <algorithm>
#include <array>

#include "query/mentions.h"
#include "statement_text.h"
#include "text.h"

namespace comity::cli {
namespace {

constexpr std::size_t kMentionsShown = 40;

std::string type_of(const ObjectStory& story) { return story.id.substr(0, story.id.find("--")); }

std::string title(const ObjectStory& story) {
  const std::string name = text_at(story.current.json, "name");
  const std::string type = type_of(story);
  const std::string& kind = story.current.version.kind;
  std::string line = name.empty() ? type : name + "  (" + type;
  if (!kind.empty() && kind != type) line += (name.empty() ? "  (" : ", ") + kind;
  if (line.find('(') != std::string::npos) line += ')';
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
Result<Page> mentions(RecordAt& at, const ObjectStory& story) {
  const auto object = story.current.version.object;
  COMITY_TRY(const auto found, query::findings_about(at.snapshot(), object, at.size, kOnAPage));
  Section findings("Findings of parties on norms");
  for (const auto& it : found) {
    COMITY_TRY(const auto page, finding_page(at, it));
    findings.add(page);
  }
  COMITY_TRY(const auto made, query::claims_by(at.snapshot(), object, at.size, kOnAPage));
  COMITY_TRY(const auto claims,
             claims_section(at, made, Section("Statements that it is said to have made")));
  COMITY_TRY(const auto naming, query::mentions_of(at.snapshot(), object, at.size, kOnAPage));
  Page page{.text = findings.text() + claims.text(),
            .json = {{"findings", findings.json()}, {"claims", claims.json()}}};
  Json named_by = Json::array();
  std::string lines;
  for (const auto& version : naming) {
    if (named_by.size() < kMentionsShown) {
      COMITY_TRY(const auto name, at.names.of(version.id));
      COMITY_TRY(const auto party, at.name_of(version.party));
      lines += "  " + version.id + "  " +
               printable((name.empty() ? version.kind : name) + "  (by " + party + ")") + "\n";
    }
    named_by.push_back({{"id", version.id},
                        {"kind", version.kind},
                        {"party", version.party},
                        {"entry", version.place.entry},
                        {"ordinal", version.place.ordinal}});
  }
  if (naming.size() > kMentionsShown)
    lines += naming.size() < kOnAPage
                 ? "  and " + grouped(naming.size() - kMentionsShown) + " more\n"
                 : "  and " + grouped(kOnAPage - kMentionsShown) + " or more others\n";
  if (!naming.empty())
    page.text += "\nNamed by (" + grouped(naming.size()) +
                 (naming.size() < kOnAPage ? "" : " or more") + ")\n" + lines;
  page.json["named_by"] = std::move(named_by);
  return page;
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

Json json_of(const query::ErasedItem& it) {
  return {{"entry", it.place.entry},      {"ordinal", it.place.ordinal}, {"party", it.party},
          {"filed", to_rfc3339(it.time)}, {"erased_by", it.why.by},      {"ground", it.why.ground},
          {"authority", it.why.authority}};
}

bool is_actor(const ObjectStory& story) {
  const std::string type = type_of(story);
  return type == "intrusion-set" || type == "threat-actor" || type == "campaign" ||
         type == "malware" || type == "tool" || story.current.version.kind == "actor";
}

}  // namespace

Json json_of(const ReadObject& object) {
  const query::Version& it = object.version;
  return {{"entry", it.filed_at().entry},
          {"ordinal", it.filed_at().ordinal},
          {"disclosed_at", it.hidden_at ? Json(it.place.entry) : Json(nullptr)},
          {"party", it.party},
          {"filed", to_rfc3339(it.time)},
          {"id", it.id},
          {"kind", it.kind},
          {"version", to_rfc3339(it.modified)},
          {"authoritative", !it.relayed},
          {"revoked", it.revoked},
          {"held", it.held.has_value()},
          {"object", object.json}};
}

Result<Page> object_page(RecordAt& at, const ObjectStory& story) {
  Page page;
  page.json = {{"id", story.id}, {"size", at.size}};
  page.json["current"] = story.versions.empty() ? Json(nullptr) : json_of(story.current);
  page.json["versions"] = Json::array();
  for (const auto& version : story.versions) {
    COMITY_TRY(const auto object, at.read(version));
    page.json["versions"].push_back(json_of(object));
  }
  page.json["erased"] = Json::array();
  for (const auto& it : story.erased) page.json["erased"].push_back(json_of(it));
  page.text = title(story);
  const std::string withheld = story.withheld();
  if (!withheld.empty()) {
    page.text += wrapped("Its content is not shown: " + printable(withheld), 2);
  } else if (type_of(story) == "incident") {
    COMITY_TRY(const auto incident, incident_page(at, story));
    page.text += "\n" + incident.text;
    page.json.update(incident.json);
  } else if (is_actor(story)) {
    COMITY_TRY(const auto actor, actor_page(at, story));
    page.text += "\n" + actor.text;
    page.json.update(actor.json);
  } else {
    COMITY_TRY(const auto facts, properties(at, story));
    COMITY_TRY(const auto naming, mentions(at, story));
    page.text += "\n" + facts + naming.text;
    page.json.update(naming.json);
  }
  COMITY_TRY(const auto log, in_the_log(at, story));
  page.text += log;
  return page;
}

}  // namespace comity::cli
