#include "query/story_json.h"

#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "query/mentions.h"
#include "query/names.h"
#include "query/statements.h"

namespace comity::query {
namespace {

/// The versions of statements with their objects.
template <class Statement>
Result<Json> statements_json(const RecordAt& at, const std::vector<Statement>& statements) {
  Json list = Json::array();
  for (const Statement& it : statements) {
    COMITY_TRY(const auto object, at.read(it.version));
    list.push_back(json_of(object));
  }
  return list;
}

/// The same of claims, each with the incidents that it is about.
Result<Json> claims_json(const RecordAt& at, const std::vector<Claim>& claims) {
  COMITY_TRY(auto list, statements_json(at, claims));
  for (std::size_t i = 0; i < claims.size(); ++i) {
    COMITY_TRY(const auto subjects, subjects_of(at.snapshot(), claims[i].version.key));
    Json incidents = Json::array();
    for (const auto& id : subjects)
      if (id.starts_with("incident--")) incidents.push_back(id);
    list[i]["incidents"] = std::move(incidents);
  }
  return list;
}

Json json_of(const ErasedItem& it) {
  return {{"entry", it.place.entry},      {"ordinal", it.place.ordinal}, {"party", it.party},
          {"filed", to_rfc3339(it.time)}, {"erased_by", it.why.by},      {"ground", it.why.ground},
          {"authority", it.why.authority}};
}

Result<Json> incident_json(const RecordAt& at, const ObjectStory& story) {
  const auto object = story.current.version.object;
  const std::string search = text_at(extension_of(story.current.json), "response_search");
  COMITY_TRY(const auto said, claims_about(at.snapshot(), object, at.size, kTold));
  std::vector<Claim> claims;
  std::vector<Claim> replies;
  for (const Claim& it : said) (it.version.kind == "reply" ? replies : claims).push_back(it);
  COMITY_TRY(const auto responses, responses_to(at.snapshot(), object, at.size, kTold));
  COMITY_TRY(const auto findings, findings_about(at.snapshot(), object, at.size, kTold));
  COMITY_TRY(const auto opinions, opinions_about(at.snapshot(), object, at.size, kTold));
  Json json{{"response_search", search.empty() ? Json(nullptr) : Json(search)}};
  COMITY_TRY(json["claims"], statements_json(at, claims));
  COMITY_TRY(json["replies"], statements_json(at, replies));
  COMITY_TRY(json["responses"], statements_json(at, responses));
  COMITY_TRY(json["findings"], statements_json(at, findings));
  COMITY_TRY(json["opinions"], statements_json(at, opinions));
  return json;
}

Result<std::string> names_text(const RecordAt& at, const Version& version) {
  COMITY_TRY(const auto names, names_of(at.snapshot(), version.key));
  std::vector<std::string> all;
  all.reserve(names.size());
  for (const auto& it : names) all.push_back(it.text);
  return fmt::format("{}", fmt::join(all, ", "));
}

Result<Json> namesakes_json(const RecordAt& at, const Version& version) {
  COMITY_TRY(const auto found, namesakes_of(at.snapshot(), version, at.size, kNamesakesTold));
  Json list = Json::array();
  for (const auto& it : found) {
    COMITY_TRY(const auto names, names_text(at, it.version));
    list.push_back({{"id", it.version.id},
                    {"kind", it.version.kind},
                    {"party", it.version.party},
                    {"shared", it.shared},
                    {"names", names}});
  }
  return list;
}

Result<Json> relations_json(const RecordAt& at, ObjectKey object) {
  COMITY_TRY(const auto found, relations_of(at.snapshot(), object, at.size, kRelationsTold));
  Json list = Json::array();
  for (const auto& it : found) {
    if (it.version.held) continue;
    list.push_back({{"id", it.version.id},
                    {"party", it.version.party},
                    {"type", it.type},
                    {"other", it.other},
                    {"outgoing", it.outgoing}});
  }
  return list;
}

Result<Json> actor_json(const RecordAt& at, const ObjectStory& story) {
  const Version& version = story.current.version;
  Json json = Json::object();
  COMITY_TRY(json["names"], names_text(at, version));
  COMITY_TRY(json["namesakes"], namesakes_json(at, version));
  COMITY_TRY(const auto claims, claims_about(at.snapshot(), version.object, at.size, kTold));
  COMITY_TRY(json["claims"], claims_json(at, claims));
  COMITY_TRY(json["relationships"], relations_json(at, version.object));
  return json;
}

Result<Json> mentions_json(const RecordAt& at, const ObjectStory& story) {
  const auto object = story.current.version.object;
  Json json = Json::object();
  COMITY_TRY(const auto findings, findings_about(at.snapshot(), object, at.size, kTold));
  COMITY_TRY(json["findings"], statements_json(at, findings));
  COMITY_TRY(const auto claims, claims_by(at.snapshot(), object, at.size, kTold));
  COMITY_TRY(json["claims"], claims_json(at, claims));
  COMITY_TRY(const auto naming, mentions_of(at.snapshot(), object, at.size, kTold));
  Json named_by = Json::array();
  for (const auto& version : naming)
    named_by.push_back({{"id", version.id},
                        {"kind", version.kind},
                        {"party", version.party},
                        {"entry", version.place.entry},
                        {"ordinal", version.place.ordinal}});
  json["named_by"] = std::move(named_by);
  return json;
}

Result<Json> said_json(const RecordAt& at, const ObjectStory& story) {
  switch (kind_of(story)) {
    case StoryKind::withheld:
      break;
    case StoryKind::incident:
      return incident_json(at, story);
    case StoryKind::actor:
      return actor_json(at, story);
    case StoryKind::other:
      return mentions_json(at, story);
  }
  return Json::object();
}

}  // namespace

std::string type_of(const ObjectStory& story) { return story.id.substr(0, story.id.find("--")); }

StoryKind kind_of(const ObjectStory& story) {
  if (!story.withheld().empty()) return StoryKind::withheld;
  const std::string type = type_of(story);
  if (type == "incident") return StoryKind::incident;
  const bool actor = type == "intrusion-set" || type == "threat-actor" || type == "campaign" ||
                     type == "malware" || type == "tool" || story.current.version.kind == "actor";
  return actor ? StoryKind::actor : StoryKind::other;
}

Json json_of(const ReadObject& object) {
  const Version& it = object.version;
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

Result<Json> story_json(RecordAt& at, const ObjectStory& story) {
  Json json{{"id", story.id}, {"size", at.size}};
  json["current"] = story.versions.empty() ? Json(nullptr) : json_of(story.current);
  json["versions"] = Json::array();
  for (const auto& version : story.versions) {
    COMITY_TRY(const auto object, at.read(version));
    json["versions"].push_back(json_of(object));
  }
  json["erased"] = Json::array();
  for (const auto& it : story.erased) json["erased"].push_back(json_of(it));
  COMITY_TRY(const auto said, said_json(at, story));
  json.update(said);
  return json;
}

}  // namespace comity::query
