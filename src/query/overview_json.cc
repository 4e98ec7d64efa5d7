#include "query/overview_json.h"

#include "query/figures.h"

namespace comity::query {
namespace {
/// [{"value": ..., counted: n}, ...]
Json values_json(const Tally<1>& tally, const char* counted, std::size_t most) {
  Json list = Json::array();
  for (const auto& it : tally) {
    if (list.size() == most) break;
    list.push_back({{"value", it.texts[0]}, {counted, it.count}});
  }
  return list;
}

/// How many incidents state anything, how many values there are, and these.
Json field_json(const FieldTally& tally, std::size_t most) {
  return {{"incidents_stating", tally.stated},
          {"distinct", tally.values.size()},
          {"values", values_json(tally.values, "incidents", most)}};
}

Json years_json(const Overview& overview) {
  Json list = Json::array();
  for (const auto& [year, counts] : overview.by_year)
    list.push_back({{"year", year},
                    {"incidents", counts[0] + counts[1] + counts[2]},
                    {"known_to", {{"day", counts[2]}, {"month", counts[1]}, {"year", counts[0]}}}});
  return list;
}

Json scopes_json(const std::map<std::string, ClaimCounts::Scope>& scopes) {
  Json all = Json::object();
  for (const auto& [name, scope] : scopes) {
    Json cells = Json::array();
    for (const auto& it : scope.by_group_and_type)
      cells.push_back({{"group", it.texts[0]}, {"type", it.texts[1]}, {"claims", it.count}});
    all[name] = {{"claims", scope.claims},
                 {"doubtful", scope.doubtful},
                 {"by_group_and_type", std::move(cells)}};
  }
  return all;
}

/// A rate names what it is a rate of.
Json states_json(const ResponseStates& states) {
  return {{"found", states.found},
          {"searched_none_found", states.searched_none_found},
          {"not_searched", states.not_searched},
          {"not_stated", states.not_stated},
          {"found_of_searched",
           {{"found", states.found},
            {"searched", states.searched()},
            {"percent", percent(states.found, states.searched())}}}};
}

Json filers_json(const Overview& overview) {
  Json list = Json::array();
  for (const auto& filer : overview.filers)
    list.push_back({{"party", filer.id},
                    {"name", filer.name},
                    {"incidents", filer.incidents},
                    {"claims", filer.claims},
                    {"objects", filer.objects}});
  return list;
}

}  // namespace

Json overview_json(const Overview& overview, std::size_t most) {
  return {{"incidents", overview.incidents},
          {"by_year", years_json(overview)},
          {"undated", overview.undated},
          {"victim_countries", field_json(overview.countries, most)},
          {"victim_sectors", field_json(overview.sectors, most)},
          {"effects", field_json(overview.effects, most)},
          {"techniques", field_json(overview.techniques, most)},
          {"claims", scopes_json(overview.claims.attributions)},
          {"replies", scopes_json(overview.claims.replies)},
          {"response_search", states_json(overview.response_states)},
          {"responses",
           {{"responses", overview.responses.responses},
            {"doubtful", overview.responses.doubtful},
            {"types", values_json(overview.responses.by_type, "responses", most)}}},
          {"filers", filers_json(overview)},
          {"doubtful_incidents", field_json(overview.doubts, most)}};
}

}  // namespace comity::query
