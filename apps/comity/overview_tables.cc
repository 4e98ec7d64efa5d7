#include "overview_tables.h"

#include <algorithm>
#include <array>

#include "base/error.h"

namespace comity::cli {
namespace {

using query::Overview;

constexpr std::array<std::string_view, 3> kPrecisions{"year", "month", "day"};

CountTable table_of(std::string key, std::string counted, const query::Tally<1>& tally) {
  CountTable table{.keys = {std::move(key)}, .counted = std::move(counted), .rows = {}};
  for (const auto& it : tally) table.rows.push_back({.texts = {it.texts[0]}, .count = it.count});
  return table;
}

CountTable years(const Overview& overview) {
  CountTable table{.keys = {"year", "known_to"}, .counted = "incidents", .rows = {}};
  for (const auto& [year, counts] : overview.by_year)
    for (std::size_t i = 0; i < counts.size(); ++i)
      if (counts[i] > 0)
        table.rows.push_back(
            {.texts = {std::to_string(year), std::string(kPrecisions[i])}, .count = counts[i]});
  if (overview.undated > 0)
    table.rows.push_back({.texts = {"", "not_known"}, .count = overview.undated});
  return table;
}

using Scopes = std::map<std::string, query::ClaimCounts::Scope>;

CountTable claims(const Scopes& scopes, std::string counted) {
  CountTable table{
      .keys = {"scope", "claimant_group", "type"}, .counted = std::move(counted), .rows = {}};
  for (const auto& [name, scope] : scopes)
    for (const auto& it : scope.by_group_and_type)
      table.rows.push_back({.texts = {name, it.texts[0], it.texts[1]}, .count = it.count});
  return table;
}

CountTable response_states(const query::ResponseStates& states) {
  return {.keys = {"response_search"},
          .counted = "incidents",
          .rows = {{{"found"}, states.found},
                   {{"searched_none_found"}, states.searched_none_found},
                   {{"not_searched"}, states.not_searched},
                   {{"not_stated"}, states.not_stated}}};
}

CountTable filers(const Overview& overview) {
  CountTable table{.keys = {"party", "name", "what"}, .counted = "filed", .rows = {}};
  for (const auto& filer : overview.filers) {
    table.rows.push_back({.texts = {filer.id, filer.name, "incidents"}, .count = filer.incidents});
    table.rows.push_back({.texts = {filer.id, filer.name, "claims"}, .count = filer.claims});
    table.rows.push_back({.texts = {filer.id, filer.name, "objects"}, .count = filer.objects});
  }
  return table;
}

struct NamedTable {
  std::string_view name;
  CountTable (*make)(const Overview&);
};

constexpr std::array<NamedTable, 11> kTables{{
    {"years", years},
    {"countries",
     [](const Overview& it) { return table_of("country", "incidents", it.countries.values); }},
    {"sectors",
     [](const Overview& it) { return table_of("sector", "incidents", it.sectors.values); }},
    {"effects",
     [](const Overview& it) { return table_of("effect", "incidents", it.effects.values); }},
    {"techniques",
     [](const Overview& it) { return table_of("technique", "incidents", it.techniques.values); }},
    {"claims", [](const Overview& it) { return claims(it.claims.attributions, "claims"); }},
    {"replies", [](const Overview& it) { return claims(it.claims.replies, "replies"); }},
    {"response-states", [](const Overview& it) { return response_states(it.response_states); }},
    {"responses",
     [](const Overview& it) { return table_of("type", "responses", it.responses.by_type); }},
    {"filers", filers},
    {"doubts", [](const Overview& it) { return table_of("mark", "incidents", it.doubts.values); }},
}};

}  // namespace

std::vector<std::string> overview_tables() {
  std::vector<std::string> names;
  names.reserve(kTables.size());
  for (const auto& table : kTables) names.emplace_back(table.name);
  return names;
}

CountTable overview_table(const Overview& overview, std::string_view name) {
  const auto found = std::ranges::find(kTables, name, &NamedTable::name);
  COMITY_ASSERT(found != kTables.end());
  return found->make(overview);
}

}  // namespace comity::cli
