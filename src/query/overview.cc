#include "query/overview.h"

#include "measure/calendar.h"

namespace comity::query {
namespace {

int year_of(const DaySpan& span) {
  return measure::number(measure::year_of(measure::Day{static_cast<std::int32_t>(span.first)}));
}

/// What one look at each incident tells.
struct Glance {
  std::map<int, Overview::ByPrecision> by_year;
  std::uint64_t undated = 0;
  std::map<std::int64_t, std::uint64_t> by_response_search;
  ByParty by_party;

  void take(const Incident& incident) {
    ++by_party[incident.party];
    ++by_response_search[incident.response_search];
    if (incident.start)
      ++by_year[year_of(*incident.start)][static_cast<std::size_t>(incident.start->precision)];
    else
      ++undated;
  }
};

Result<ResponseStates> response_states(const FactReader& facts, const Glance& glance) {
  ResponseStates states;
  for (const auto& [word, count] : glance.by_response_search) {
    std::string text;
    if (word != 0) {
      COMITY_TRY(text, facts.text(word));
    }
    (text == "found"                 ? states.found
     : text == "searched_none_found" ? states.searched_none_found
     : text == "not_searched"        ? states.not_searched
                                     : states.not_stated) += count;
  }
  return states;
}

}  // namespace

Result<Overview> overview(const Snapshot& snapshot, std::uint64_t size,
                          const IncidentFilter& filter) {
  COMITY_TRY(const auto facts, FactReader::open(snapshot.database()));
  Glance glance;
  COMITY_TRY(const auto incidents,
             select_incidents(snapshot, size, filter,
                              [&](const Incident& incident) { glance.take(incident); }));
  Overview found;
  found.incidents = incidents.size();
  found.by_year = std::move(glance.by_year);
  found.undated = glance.undated;
  COMITY_TRY(found.countries, incidents_by_field(facts, incidents, "victims.countries"));
  COMITY_TRY(found.sectors, incidents_by_field(facts, incidents, "victims.sectors"));
  COMITY_TRY(found.effects, incidents_by_field(facts, incidents, "effects"));
  COMITY_TRY(found.techniques, incidents_by_field(facts, incidents, "techniques"));
  COMITY_TRY(found.doubts, incidents_by_field(facts, incidents, "doubtful"));
  COMITY_TRY(found.response_states, response_states(facts, glance));
  COMITY_TRY(found.responses, count_responses(snapshot, size, incidents));
  COMITY_TRY(found.claims, count_claims(snapshot, size, incidents));
  COMITY_TRY(found.filers, filers(snapshot, size, glance.by_party, found.claims.by_party));
  return found;
}

}  // namespace comity::query
