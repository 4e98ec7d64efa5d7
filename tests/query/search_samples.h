#pragma once

#include <string>
#include <vector>

#include <fmt/format.h>

#include "filing/object.h"

#include "tests/filing/samples.h"

/// Objects to be sought, with what a test says and nothing else.
namespace comity::samples {

inline std::string quoted_list(const std::vector<std::string>& values) {
  std::string list;
  for (const std::string& value : values) list += (list.empty() ? "\"" : ",\"") + value + "\"";
  return list;
}

inline std::string head(const std::string& type, int number, int by, int version = 0) {
  return fmt::format(
      R"("type":"{0}","spec_version":"2.1","id":"{0}--{1}","created_by_ref":"{2}",)"
      R"("created":"2026-01-02T00:00:00.000Z","modified":"2026-01-02T00:00:00.{3:03}Z",)"
      R"("object_marking_refs":["{4}"])",
      type, uuid(number), party(by), version, kClear);
}

inline std::string extension(const std::string& members) {
  return fmt::format(R"("extensions":{{"{}":{{"extension_type":"property-extension",{}}}}})",
                     filing::kExtensionId, members);
}

struct IncidentSample {
  int number = 1;
  int version = 0;
  std::string name = "An incident";
  std::string description = {};
  std::string date = {};  ///< with the precision of its length
  std::vector<std::string> countries = {};
  std::vector<std::string> sectors = {};
  std::vector<std::string> effects = {};
  std::vector<std::string> techniques = {};
  std::string response = {};
  std::string source = {};  ///< the list that has it too
  bool revoked = false;
};

inline std::string date_member(const std::string& name, const std::string& date) {
  if (date.empty()) return {};
  const char* precision = date.size() == 4 ? "year" : (date.size() == 7 ? "month" : "day");
  return fmt::format(R"(,"{}":{{"date":"{}","precision":"{}"}})", name, date, precision);
}

inline std::string list_member(const std::string& name, const std::vector<std::string>& values) {
  return values.empty() ? "" : fmt::format(R"(,"{}":[{}])", name, quoted_list(values));
}

inline std::string incident(const IncidentSample& it, int by = 10) {
  std::string members = R"("kind":"incident")" + date_member("start", it.date);
  std::string victims = list_member("countries", it.countries) + list_member("sectors", it.sectors);
  if (!victims.empty()) members += R"(,"victims":{)" + victims.substr(1) + "}";
  members += list_member("effects", it.effects) + list_member("techniques", it.techniques);
  if (!it.response.empty()) members += R"(,"response_search":")" + it.response + "\"";
  return "{" + head("incident", it.number, by, it.version) + R"(,"name":")" + it.name + "\"" +
         (it.description.empty() ? "" : R"(,"description":")" + it.description + "\"") +
         (it.source.empty() ? ""
                            : R"(,"external_references":[{"source_name":")" + it.source +
                                  R"(","external_id":"7"}])") +
         (it.revoked ? R"(,"revoked":true)" : "") + "," + extension(members) + "}";
}

inline std::string incident_id(int number) { return "incident--" + uuid(number); }

struct ActorSample {
  int number = 500;
  std::string name = "An actor";
  std::vector<std::string> aliases = {};
};

inline std::string actor(const ActorSample& it, int by = 10) {
  return "{" + head("intrusion-set", it.number, by) + R"(,"name":")" + it.name + "\"" +
         list_member("aliases", it.aliases) + "}";
}
inline std::string actor_id(int number) { return "intrusion-set--" + uuid(number); }

/// An identity, whose aliases stand in the extension.
inline std::string actor_body(const ActorSample& it, int by = 10) {
  return "{" + head("identity", it.number, by) + R"(,"name":")" + it.name +
         R"(","identity_class":"organization",)" +
         extension(R"("kind":"actor")" + list_member("aliases", it.aliases)) + "}";
}

inline std::string claimant(int number, const std::string& name, int by = 10) {
  return "{" + head("identity", number, by) + R"(,"name":")" + name +
         R"(","identity_class":"organization",)" + extension(R"("kind":"claimant")") + "}";
}
inline std::string identity_id(int number) { return "identity--" + uuid(number); }

/// One of several claimants, as a claim lists them.
struct ListedClaimant {
  std::string name = {};
  int ref = 0;  ///< number of the identity, 0 for none
};

struct ClaimSample {
  int number = 900;
  int version = 0;
  int on = 1;  ///< number of the incident
  std::string made_by = {};
  int made_by_ref = 0;  ///< number of the identity, 0 for none
  int actor = 0;        ///< number of the intrusion set that it is about, 0 for none
  int actor_body = 0;   ///< number of the identity that it is about, 0 for none
  std::string wording = {};
  std::string date = {};
  std::vector<ListedClaimant> claimants = {};
  bool revoked = false;
};

inline std::string claimants_member(const std::vector<ListedClaimant>& claimants) {
  std::string list;
  for (const auto& it : claimants) {
    std::string members;
    if (!it.name.empty()) members += R"(,"name":")" + it.name + "\"";
    if (it.ref != 0) members += R"(,"ref":")" + identity_id(it.ref) + "\"";
    list += ",{" + members.substr(1) + "}";
  }
  return list.empty() ? "" : R"(,"claimants":[)" + list.substr(1) + "]";
}

inline std::string claim(const ClaimSample& it, int by = 10) {
  std::string members = R"("kind":"attribution","scope":"reported")";
  if (!it.made_by.empty()) members += R"(,"made_by":")" + it.made_by + "\"";
  if (it.made_by_ref != 0) members += R"(,"made_by_ref":")" + identity_id(it.made_by_ref) + "\"";
  if (!it.wording.empty()) members += R"(,"wording":")" + it.wording + "\"";
  members += date_member("date", it.date) + claimants_member(it.claimants);
  std::string about = "\"" + incident_id(it.on) + "\"";
  if (it.made_by_ref != 0) about += ",\"" + identity_id(it.made_by_ref) + "\"";
  if (it.actor != 0) about += ",\"" + actor_id(it.actor) + "\"";
  if (it.actor_body != 0) about += ",\"" + identity_id(it.actor_body) + "\"";
  return "{" + head("note", it.number, by, it.version) +
         R"(,"content":"A claim.","object_refs":[)" + about + "]" +
         (it.revoked ? R"(,"revoked":true)" : "") + "," + extension(members) + "}";
}

inline std::string response(int number, int by = 10) {
  return "{" + head("course-of-action", number, by) + R"(,"name":"A response",)" +
         extension(R"("kind":"response","response_type":"sanctions")") + "}";
}

/// Says that a response is one to an incident.
struct TieSample {
  int number = 1;
  int version = 0;
  int response = 0;  ///< the numbers of both
  int incident = 1;
  bool revoked = false;
};

inline std::string tie(const TieSample& it, int by = 10) {
  return "{" + head("relationship", it.number, by, it.version) +
         R"(,"relationship_type":"related-to","source_ref":"course-of-action--)" +
         uuid(it.response) + R"(","target_ref":")" + incident_id(it.incident) + "\"" +
         (it.revoked ? R"(,"revoked":true)" : "") + "}";
}

}  // namespace comity::samples
