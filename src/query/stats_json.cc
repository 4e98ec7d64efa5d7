#include "query/stats_json.h"

#include <string>
#include <utility>

#include <fmt/format.h>

#include "query/eurepoc_figures.h"
#include "query/overview_json.h"

namespace comity::query {
namespace {

/// By their names; of one that several parties imported the first under its name alone.
Result<Json> data_sets_json(const Snapshot& snapshot, std::uint64_t size) {
  COMITY_TRY(const auto sets, data_sets(snapshot, size));
  Json all = Json::object();
  for (const auto& set : sets) {
    if (set.name != kEurepoc) continue;
    std::string name = set.name;
    for (int copy = 2; all.contains(name); ++copy) name = fmt::format("{} ({})", set.name, copy);
    COMITY_TRY(auto figures, eurepoc_figures(snapshot, size, set));
    all[name] = std::move(figures);
  }
  return all;
}

}  // namespace

Result<Json> stats_json(const Snapshot& snapshot, std::uint64_t size,
                        const IncidentTexts& incidents, std::size_t most) {
  COMITY_TRY(const auto filter, incidents.filter());
  COMITY_TRY(const auto counted, overview(snapshot, size, filter));
  Json json{{"size", size}, {"filter", incidents.json()}};
  json.update(overview_json(counted, most));
  if (filter.is_open()) {
    COMITY_TRY(json["data_sets"], data_sets_json(snapshot, size));
  }
  return json;
}

}  // namespace comity::query
