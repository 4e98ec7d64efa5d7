#include "intake/eurepoc_claim.h"

#include <algorithm>

#include "intake/bodies.h"
#include "intake/cell_text.h"
#include "intake/eurepoc_codes.h"
#include "intake/places.h"

namespace comity::intake {
namespace {

constexpr std::string_view kByState = "Attribution by receiver government / state entity";

void add_once(std::vector<std::string>& list, std::string_view value) {
  if (!value.empty() && std::ranges::find(list, value) == list.end()) list.emplace_back(value);
}

/// The ISO code of a country's name, "" for anything else.
std::string country_of(std::string_view cell) {
  const Place* place = Places::known().find(cell);
  return place != nullptr && place->kind == Place::Kind::kCountry ? place->code : std::string();
}

}  // namespace

EurepocClaim EurepocClaim::read(const EurepocAttributionRows& rows) {
  EurepocClaim claim;
  claim.rows = &rows;
  const Places& places = Places::known();
  for (const CsvTable::Row& row : rows.rows) {
    for (const char* column : {"attributing_actor", "attribution_it_company"})
      if (!places.is_missing(row[column]))
        add_once(claim.claimants, Bodies::known().masked(row[column]).text);
    add_once(claim.countries, country_of(row["attributing_country"]));
    if (!places.is_missing(row["attributed_initiator"]))
      add_once(claim.actors, Bodies::known().masked(row["attributed_initiator"]).text);
    const std::string country = country_of(row["attributed_initiator_country"]);
    claim.country_unknown = claim.country_unknown || country.empty();
    add_once(claim.initiator_countries, country);
    const std::string_view category = stripped(row["attributed_initiator_category"]);
    add_once(claim.initiator_kinds, eurepoc_actor_type(category, ""));
    for (const auto& [set, column] :
         {std::pair{&claim.bases, "attribution_basis"}, std::pair{&claim.types, "attribution_type"},
          std::pair{&claim.dates, "attribution_date"},
          std::pair{&claim.categories, "attributed_initiator_category"}})
      if (const auto value = stripped(row[column]); !value.empty()) set->emplace(value);
  }
  return claim;
}

std::string_view EurepocClaim::claimant_kind() const {
  return bases.size() == 1 ? eurepoc_claimant_kind(*bases.begin()) : "";
}

std::string EurepocClaim::unnamed_state() const {
  const bool named = std::ranges::any_of(
      claimants, [](const std::string& name) { return !name.starts_with(kWithheld); });
  if (named || countries.size() != 1 || bases.size() != 1 || *bases.begin() != kByState) return {};
  return countries.front();
}

}  // namespace comity::intake
