#include "views/api_search.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/partial_date.h"

#include "query/incident_texts.h"

namespace comity::views {
namespace {

using query::SearchKind;
using query::SearchOrder;

constexpr std::array<ApiParameter, 20> kParameters{{{"q"},
                                                    {"kind"},
                                                    {"country", true},
                                                    {"sector", true},
                                                    {"effect", true},
                                                    {"technique", true},
                                                    {"response"},
                                                    {"actor"},
                                                    {"claimant"},
                                                    {"filed_by"},
                                                    {"source"},
                                                    {"from"},
                                                    {"to"},
                                                    {"surely"},
                                                    {"sort"},
                                                    {"limit"},
                                                    {"after"},
                                                    {"facets"},
                                                    {"asof"},
                                                    {"min_size"}}};
constexpr std::array<std::string_view, 3> kKinds{"incidents", "actors", "claims"};
constexpr std::array<std::string_view, 3> kOrders{"best", "date", "filed"};
constexpr std::array<std::string_view, 4> kResponses{"", "not_searched", "searched_none_found",
                                                     "found"};

Result<std::optional<PartialDate>> date_of(const std::string& text) {
  if (text.empty()) return std::nullopt;
  COMITY_TRY(const auto date, PartialDate::parse(text));
  return date;
}

Result<std::vector<std::string>> countries_of(std::vector<std::string> countries) {
  for (std::string& country : countries) {
    country = query::in_capitals(country);
    if (country.size() != 2 ||
        !std::ranges::all_of(country, [](char c) { return c >= 'A' && c <= 'Z'; }))
      return refuse("country-malformed",
                    "Write the country by its two letters of ISO 3166-1, such as UA.");
  }
  return countries;
}

Result<query::SearchFilters> filters_of(const ApiParameters& parameters) {
  query::SearchFilters filters;
  COMITY_TRY(filters.dates.from, date_of(parameters.text("from")));
  COMITY_TRY(filters.dates.to, date_of(parameters.text("to")));
  COMITY_TRY(const bool surely, parameters.flag("surely"));
  if (surely) filters.dates.certainty = query::Certainty::must_have;
  COMITY_TRY(filters.countries, countries_of(parameters.texts("country")));
  filters.sectors = parameters.texts("sector");
  filters.effects = parameters.texts("effect");
  filters.techniques = parameters.texts("technique");
  COMITY_TRY(const auto response, parameters.choice("response", kResponses));
  filters.response = kResponses.at(response);
  filters.actor = parameters.text("actor");
  filters.claimant = parameters.text("claimant");
  filters.filed_by = parameters.text("filed_by");
  filters.source = parameters.text("source");
  return filters;
}

}  // namespace

std::span<const ApiParameter> search_parameters() { return kParameters; }

Result<query::SearchRequest> search_request(const ApiParameters& parameters) {
  query::SearchRequest request;
  COMITY_TRY(const auto kind, parameters.choice("kind", kKinds));
  request.kind = std::array{SearchKind::incidents, SearchKind::actors, SearchKind::claims}.at(kind);
  COMITY_TRY(const auto order, parameters.choice("sort", kOrders));
  request.order = std::array{SearchOrder::best, SearchOrder::date, SearchOrder::filed}.at(order);
  request.words = parameters.text("q");
  COMITY_TRY(request.filters, filters_of(parameters));
  COMITY_TRY(request.as_of, parameters.as_of());
  COMITY_TRY(request.facets, parameters.flag("facets"));
  COMITY_TRY(const auto limit, parameters.number("limit"));
  request.limit = limit.value_or(request.limit);
  request.after = parameters.text("after");
  return request;
}

}  // namespace comity::views
