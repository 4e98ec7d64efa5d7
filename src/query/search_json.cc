#include "query/search_json.h"

#include <algorithm>
#include <array>
#include <chrono>

#include <fmt/format.h>

#include "query/search.h"

namespace comity::query {
namespace {

std::string day_text(std::int64_t day, int precision) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  const std::string text =
      fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  constexpr std::array<std::size_t, 3> kWidths{4, 7, 10};
  return text.substr(0, kWidths.at(static_cast<std::size_t>(std::clamp(precision, 0, 2))));
}

Json json_of(const std::optional<FoundDate>& date) {
  if (!date) return nullptr;
  constexpr std::array<const char*, 3> kPrecisions{"year", "month", "day"};
  return {
      {"date", print(date)},
      {"precision", kPrecisions.at(static_cast<std::size_t>(std::clamp(date->precision, 0, 2)))}};
}

Json json_of(const FoundClaim& claim) {
  return {{"id", claim.id},         {"claimant", claim.claimant}, {"actors", claim.actors},
          {"state", claim.state},   {"wording", claim.wording},   {"date", json_of(claim.date)},
          {"reply", claim.is_reply}};
}

Json json_of(const Hit& hit) {
  Json json{{"id", hit.id},
            {"entry", hit.entry},
            {"ordinal", hit.ordinal},
            {"filed", to_rfc3339(hit.filed)},
            {"filed_by", hit.filed_by},
            {"found_by", word_of(hit.relevance)}};
  Json claims = Json::array();
  for (const FoundClaim& claim : hit.claims) claims.push_back(json_of(claim));
  if (hit.id.starts_with("incident--")) {
    json.update({{"name", hit.name},
                 {"start", json_of(hit.start)},
                 {"end", json_of(hit.end)},
                 {"countries", hit.countries},
                 {"sectors", hit.sectors},
                 {"claims", std::move(claims)},
                 {"claim_count", hit.claim_count}});
  } else if (hit.claims.empty()) {
    json.update({{"name", hit.name}, {"aliases", hit.aliases}, {"joined", hit.joined}});
  } else {
    json.update({{"claim", claims.front()}, {"on", hit.about}, {"on_name", hit.about_name}});
  }
  return json;
}

}  // namespace

std::string print(const std::optional<FoundDate>& date) {
  return date ? day_text(date->first, date->precision) : "";
}

Json search_json(const SearchPage& page, const std::vector<std::string>& near) {
  Json hits = Json::array();
  for (const Hit& hit : page.hits) hits.push_back(json_of(hit));
  Json json{{"size", page.size},
            {"count", page.count},
            {"count_is_least", page.count_is_least},
            {"hits", std::move(hits)},
            {"next", page.next.empty() ? Json(nullptr) : Json(page.next)},
            {"sought_names", page.sought_names},
            {"near", near}};
  if (page.facets.empty()) return json;
  Json facets = Json::object();
  for (const auto& facet : page.facets) {
    Json values = Json::array();
    for (const auto& value : facet.values)
      values.push_back({{"value", value.value}, {"count", value.count}});
    facets[facet.name] = std::move(values);
  }
  json["facets"] = std::move(facets);
  json["facets_of"] = page.facets_of;
  json["facets_are_partial"] = page.facets_are_partial;
  return json;
}

}  // namespace comity::query
