#include "intake/landmarks.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "intake/claims.h"
#include "intake/definitions.h"
#include "intake/fields.h"
#include "intake/stix_maker.h"
#include "intake/web_address.h"

namespace comity::intake {
namespace {

/// Techniques whose name is also that of an incident type, the most specific first. No other type
/// is derived: espionage or sabotage would say something of a motive.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kIncidentTypes{{
    {"ransomware", "ransomware"},
    {"wiper", "wiper"},
    {"hack_and_leak", "hack_and_leak"},
    {"swift_fraud", "financial_theft"},
    {"crypto_theft", "financial_theft"},
    {"spyware", "spyware"},
    {"ddos", "disruption"},
    {"defacement", "defacement"},
}};

/// The lists of words that go into the extension under their own names.
constexpr std::array<std::string_view, 5> kLists{"actor_types", "effects", "techniques", "flags",
                                                 "doubtful"};

using Lists = std::map<std::string_view, std::vector<std::string>>;

bool contains(const std::vector<std::string>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

bool is_country(std::string_view code) {
  return code.size() == 2 && std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_slug(std::string_view id) {
  return id.size() <= 64 && std::ranges::all_of(id, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

std::string location_name(const std::string& country) { return "location/" + country; }

std::string location(const StixMaker& maker, const std::string& country) {
  Json object = maker.head("location", location_name(country));
  object["country"] = country;
  return StixMaker::finish(std::move(object));
}

Result<Json> external_references(const Fields& fields, const std::string& slug) {
  Json references = Json::array();
  references.push_back({{"source_name", "comity-landmarks"}, {"external_id", slug}});
  COMITY_TRY(const auto sources, fields.texts("sources"));
  for (const std::string& url : sources) {
    const auto host = host_of(url);
    if (!host) return fields.refused("sources", "there must be addresses of web pages only");
    references.push_back({{"source_name", *host}, {"url", url}});
  }
  COMITY_TRY(const auto ids, fields.texts("eurepoc_ids"));
  for (const std::string& id : ids)
    references.push_back({{"source_name", "EuRepoC 1.1"}, {"external_id", id}});
  return references;
}

struct Interval {
  std::optional<PartialDate> start;
  std::optional<PartialDate> end;
};

Result<Interval> read_interval(const Fields& fields) {
  Interval interval;
  if (fields.has("start")) {
    COMITY_TRY(interval.start, fields.date("start"));
  }
  COMITY_TRY(interval.end, fields.date("end"));
  if (interval.start && count(interval.end->last()) < count(interval.start->first()))
    return fields.refused("end", "there must be a date that is not before the start");
  return interval;
}

/// The properties of the toplevel extension: the whole interval that a coarse date stands for.
void add_seen(Json& object, const Interval& interval, const Lists& lists) {
  if (interval.start) object["first_seen"] = to_rfc3339(interval.start->first());
  if (interval.end) object["last_seen"] = to_rfc3339(interval.end->last());
  for (const auto& [technique, type] : kIncidentTypes) {
    if (!contains(lists.at("techniques"), technique)) continue;
    object["incident_type"] = type;
    break;
  }
}

/// `successful-attempt` means that some harm was done: said only where effects are listed without
/// doubt on them. `new` is what the extension prescribes before any investigation by the creator.
Json incident_core(const Lists& lists) {
  const bool doubted = std::ranges::any_of(
      lists.at("doubtful"), [](const std::string& doubt) { return doubt.starts_with("effects"); });
  const bool harmed =
      !lists.at("effects").empty() && !contains(lists.at("flags"), "attempt") && !doubted;
  Json core;
  core["extension_type"] = "property-extension";
  core["determination"] = harmed ? "successful-attempt" : "suspected";
  core["investigation_status"] = "new";
  return core;
}

struct Victims {
  std::vector<std::string> countries;
  std::vector<std::string> sectors;
};

Result<Victims> read_victims(const Fields& incident) {
  COMITY_TRY(const Fields fields, incident.object("victims"));
  COMITY_CHECK(fields.only({"countries", "sectors"}));
  Victims victims;
  COMITY_TRY(victims.countries, fields.texts("countries"));
  COMITY_TRY(victims.sectors, fields.texts("sectors"));
  for (const std::string& country : victims.countries)
    if (!is_country(country))
      return fields.refused("countries", "there must be codes of ISO 3166-1, two capitals each");
  const std::set<std::string> unique(victims.countries.begin(), victims.countries.end());
  if (unique.size() != victims.countries.size())
    return fields.refused("countries", "each country must stand once");
  return victims;
}

struct Facts {
  std::string slug;
  std::string name;
  Interval interval;
  Victims victims;
  Lists lists;
  std::vector<Fields> attributions;
  std::vector<Fields> responses;
};

/// The members that no object takes over: who did it stands in the claims alone, and which norms
/// are touched is for the engine to say.
Result<void> check_unpublished(const Fields& fields) {
  COMITY_TRY(const auto initiators, fields.objects("alleged_initiators"));
  for (const Fields& initiator : initiators) {
    COMITY_CHECK(initiator.only({"name", "country", "actor_type"}));
    COMITY_CHECK(initiator.text("name"));
    COMITY_CHECK(initiator.any_text("country"));
    COMITY_CHECK(initiator.text("actor_type"));
  }
  COMITY_CHECK(fields.texts("norms_engaged_candidate"));
  return {};
}

Result<Facts> read_facts(const Fields& fields) {
  COMITY_CHECK(
      fields.only({"id", "name", "start", "end", "victims", "alleged_initiators", "actor_types",
                   "effects", "techniques", "flags", "attributions", "responses",
                   "norms_engaged_candidate", "sources", "eurepoc_ids", "doubtful", "note"}));
  Facts facts;
  COMITY_TRY(facts.slug, fields.text("id"));
  if (!is_slug(facts.slug))
    return fields.refused("id", "there must be at most 64 lower-case letters, digits and hyphens");
  COMITY_TRY(facts.name, fields.text("name"));
  COMITY_TRY(facts.interval, read_interval(fields));
  COMITY_TRY(facts.victims, read_victims(fields));
  for (const std::string_view list : kLists) {
    COMITY_TRY(facts.lists[list], fields.texts(list));
  }
  COMITY_CHECK(check_unpublished(fields));
  COMITY_TRY(facts.attributions, fields.objects("attributions"));
  COMITY_TRY(facts.responses, fields.objects("responses"));
  return facts;
}

Result<bool> is_response(const Fields& fields) {
  COMITY_TRY(const std::string type, fields.text("type"));
  return type != "denial";
}

void add_unless_empty(Json& object, std::string_view name, const std::vector<std::string>& words) {
  if (!words.empty()) object[name] = words;
}

Result<Json> incident_extension(const Facts& facts) {
  Json meaning = extension("incident");
  if (facts.interval.start) meaning["start"] = to_json(*facts.interval.start);
  if (facts.interval.end) meaning["end"] = to_json(*facts.interval.end);
  Json victims = Json::object();
  add_unless_empty(victims, "countries", facts.victims.countries);
  add_unless_empty(victims, "sectors", facts.victims.sectors);
  if (!victims.empty()) meaning["victims"] = std::move(victims);
  bool found = false;
  for (const Fields& fields : facts.responses) {
    COMITY_TRY(const bool counts, is_response(fields));
    found = found || counts;
  }
  for (const std::string_view list : kLists) {
    if (list == "doubtful") meaning["response_search"] = found ? "found" : "not_searched";
    add_unless_empty(meaning, list, facts.lists.at(list));
  }
  return meaning;
}

Result<std::string> incident(const StixMaker& maker, const Fields& fields, const Facts& facts) {
  Json object = maker.head("incident", "landmark/" + facts.slug);
  object["name"] = facts.name;
  add_seen(object, facts.interval, facts.lists);
  COMITY_TRY(object["external_references"], external_references(fields, facts.slug));
  Json& extensions = object["extensions"];
  COMITY_TRY(extensions[kExtension], incident_extension(facts));
  extensions[kIncidentExtension]["extension_type"] = "toplevel-property-extension";
  extensions[kIncidentCore] = incident_core(facts.lists);
  return StixMaker::finish(std::move(object));
}

Result<Case> incident_case(const StixMaker& maker, const Claimants& claimants, const Fields& fields,
                           const Facts& facts) {
  const std::string name = "landmark/" + facts.slug;
  const ClaimContext context{maker, claimants, name, maker.id("incident", name)};
  Case result{facts.slug, facts.name, {}};
  COMITY_TRY(std::string object, incident(maker, fields, facts));
  result.objects.push_back(std::move(object));
  for (const std::string& country : facts.victims.countries)
    result.objects.push_back(maker.relationship(fmt::format("{}/targets/{}", name, country),
                                                context.incident, "targets",
                                                maker.id("location", location_name(country))));
  const auto add = [&result](Result<std::vector<std::string>> more) -> Result<void> {
    COMITY_TRY(const auto objects, std::move(more));
    result.objects.insert(result.objects.end(), objects.begin(), objects.end());
    return {};
  };
  for (const Fields& claim : facts.attributions) COMITY_CHECK(add(attribution(context, claim)));
  for (const Fields& claim : facts.responses) COMITY_CHECK(add(response(context, claim)));
  return result;
}

/// Doubts on an incident say what is doubted before a colon, and why behind it.
Result<void> add_doubts(const Facts& facts, Doubts& doubts) {
  for (const std::string& doubt : facts.lists.at("doubtful"))
    doubts.add(doubt.substr(0, doubt.find(':')), facts.slug);
  const auto add_marked = [&](const std::vector<Fields>& all,
                              std::string_view kind) -> Result<void> {
    for (const Fields& fields : all) {
      COMITY_TRY(const bool is_doubtful, fields.mark("doubt"));
      if (is_doubtful) doubts.add(kind, facts.slug);
    }
    return {};
  };
  COMITY_CHECK(add_marked(facts.attributions, "claim"));
  return add_marked(facts.responses, "response");
}

/// Two claims of one body on one day would get one id.
Result<void> check_distinct(const Fields& fields, const Case& made) {
  const std::set<std::string_view> ids = [&made] {
    std::set<std::string_view> all;
    for (const std::string& object : made.objects) {
      const std::string_view rest = std::string_view(object).substr(object.find("\"id\":\""));
      all.insert(rest.substr(0, rest.find(',')));
    }
    return all;
  }();
  if (ids.size() == made.objects.size()) return {};
  return fields.refused("", "no two claims may have the same \"by\", \"date\" and \"type\"");
}

}  // namespace

Result<Landmarks> landmarks(ByteView json, const Importer& importer) {
  COMITY_TRY(const StixMaker maker, StixMaker::of(importer));
  COMITY_TRY(const Json data, read_data(json));
  const Fields file(data, "");
  COMITY_CHECK(file.only({"count", "date_precision", "basis", "day_precision_caveat", "neutrality",
                          "claimants", "incidents"}));
  COMITY_TRY(const Claimants claimants, Claimants::read(file, maker));
  COMITY_TRY(const auto incidents, file.objects("incidents"));

  Landmarks result;
  std::set<std::string> countries;
  std::set<std::string> slugs;
  for (const Fields& fields : incidents) {
    COMITY_TRY(const Facts facts, read_facts(fields));
    if (!slugs.insert(facts.slug).second)
      return fields.refused("id", "there must be a name that no incident before has");
    countries.insert(facts.victims.countries.begin(), facts.victims.countries.end());
    COMITY_TRY(Case made, incident_case(maker, claimants, fields, facts));
    COMITY_CHECK(check_distinct(fields, made));
    COMITY_CHECK(add_doubts(facts, result.doubts));
    result.cases.push_back(std::move(made));
  }
  for (const std::string& country : countries) result.common.push_back(location(maker, country));
  result.common.insert(result.common.end(), claimants.objects().begin(), claimants.objects().end());
  return result;
}

}  // namespace comity::intake
