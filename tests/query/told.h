#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "query/overview.h"
#include "query/search_request.h"
#include "query/stix_ids.h"
#include "query/trends.h"

/// All that an answer says, as JSON, with the STIX ids of objects instead of their numbers: for
/// comparing what two records say.
namespace comity::query {

inline nlohmann::json told(const FieldTally& tally) {
  nlohmann::json all{tally.stated};
  for (const auto& it : tally.values) all.push_back({it.texts[0], it.count});
  return all;
}

inline nlohmann::json told(const std::map<std::string, ClaimCounts::Scope>& scopes) {
  nlohmann::json all = nlohmann::json::object();
  for (const auto& [name, scope] : scopes) {
    all[name] = {scope.claims, scope.doubtful};
    for (const auto& it : scope.by_group_and_type) all[name].push_back({it.texts, it.count});
  }
  return all;
}

inline nlohmann::json told(const ResponseCounts& responses) {
  nlohmann::json all{responses.responses, responses.doubtful};
  for (const auto& it : responses.by_type) all.push_back({it.texts[0], it.count});
  return all;
}

inline nlohmann::json told(const Overview& it) {
  nlohmann::json filers = nlohmann::json::array();
  for (const auto& filer : it.filers)
    filers.push_back({filer.id, filer.name, filer.incidents, filer.claims, filer.objects});
  const auto& states = it.response_states;
  return {{"incidents", it.incidents},
          {"by_year", it.by_year},
          {"undated", it.undated},
          {"countries", told(it.countries)},
          {"sectors", told(it.sectors)},
          {"effects", told(it.effects)},
          {"techniques", told(it.techniques)},
          {"doubts", told(it.doubts)},
          {"response_states",
           {states.found, states.searched_none_found, states.not_searched, states.not_stated}},
          {"responses", told(it.responses)},
          {"attributions", told(it.claims.attributions)},
          {"replies", told(it.claims.replies)},
          {"filers", filers}};
}

inline nlohmann::json told(const SeriesTrend& it) {
  nlohmann::json all{it.test.s, it.test.variance18, it.segmentation.dispersion};
  if (it.slope) {
    const auto& median = it.slope->median;
    all.push_back({median.numerator, median.denominator, it.slope->interval.has_value()});
  }
  for (const auto& segment : it.segmentation.segments)
    all.push_back({segment.begin, segment.end, segment.total});
  return all;
}

inline nlohmann::json told(const ScoredIncidents& it) {
  nlohmann::json all{it.incidents};
  if (!it.scores) return all;
  for (const auto& value :
       {it.scores->lower_quartile, it.scores->median, it.scores->upper_quartile, it.scores->mean})
    all.push_back({value.numerator, value.denominator});
  return all;
}

inline nlohmann::json told(const ScoreSeries& it) {
  nlohmann::json years = nlohmann::json::object();
  for (const auto& [year, scored] : it.years) years[std::to_string(year)] = told(scored);
  return {it.source, it.field, it.filed_by, told(it.all), years};
}

inline nlohmann::json told(const Trends& it, const StixIds& ids) {
  nlohmann::json periods = nlohmann::json::array();
  for (const auto& row : it.periods)
    periods.push_back(
        {row.label, row.volume.placed, row.volume.possible, row.volume.spread, row.grey});
  nlohmann::json years = nlohmann::json::object();
  for (const auto& [year, of] : it.years)
    years[std::to_string(year)] = {of.incidents, of.effects, of.effects_stated, of.points_low,
                                   of.points_high};
  nlohmann::json dated = nlohmann::json::array();
  for (const auto& incident : it.dated)
    dated.push_back({ids.of(incident.object).value(), incident.is_public,
                     measure::to_text(measure::month_of(incident.date.first())),
                     incident.sophistication.total.low, incident.sophistication.total.high});
  nlohmann::json scores = nlohmann::json::array();
  for (const auto& series : it.scores) scores.push_back(told(series));
  nlohmann::json all{{"counts", {it.incidents, it.by_public_date, it.by_start, it.undated}},
                     {"by_precision", it.by_precision},
                     {"periods", periods},
                     {"whole", it.whole},
                     {"spread", told(it.spread)},
                     {"placed", told(it.placed)},
                     {"with_both_dates", it.with_both_dates},
                     {"years", years},
                     {"sophistication", it.sophistication},
                     {"scores", scores},
                     {"dated", dated}};
  if (it.data_end) all["data_end"] = measure::to_text(*it.data_end);
  if (it.delay)
    all["delay"] = {it.delay->least, it.delay->most, it.delay->settled, it.delay->too_recent,
                    it.delay->negative};
  return all;
}

inline nlohmann::json told(const SearchPage& page) {
  nlohmann::json hits = nlohmann::json::array();
  for (const auto& hit : page.hits) {
    nlohmann::json claims = nlohmann::json::array();
    for (const auto& claim : hit.claims)
      claims.push_back(
          {claim.id, claim.claimant, claim.actors, claim.state, claim.wording, claim.is_reply});
    hits.push_back({hit.id, hit.entry, hit.ordinal, hit.filed_by, hit.name, hit.countries,
                    hit.sectors, hit.aliases, hit.joined, claims, hit.claim_count, hit.about,
                    hit.about_name});
  }
  nlohmann::json facets = nlohmann::json::array();
  for (const auto& facet : page.facets)
    for (const auto& value : facet.values) facets.push_back({facet.name, value.value, value.count});
  return {{"size", page.size},
          {"count", page.count},
          {"sought_names", page.sought_names},
          {"hits", hits},
          {"facets", facets}};
}

}  // namespace comity::query
