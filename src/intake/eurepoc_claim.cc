#include "intake/eurepoc_claim.h"

#include <algorithm>

#include "intake/bodies.h"
#include "intake/cell_text.h"
#include "intake/eurepoc_codes.h"
#include "intake/places.h"

namespace comity::intake {
namespace {

constexpr std::string_view kByState = "Attribution by receiver government / state entity";

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
        claim.claimants.add(Bodies::known().masked(row[column]).text);
    claim.countries.add(country_of(row["attributing_country"]));
    if (!places.is_missing(row["attributed_initiator"]))
      claim.actors.add(Bodies::known().masked(row["attributed_initiator"]).text);
    const std::string country = country_of(row["attributed_initiator_country"]);
    claim.country_unknown = claim.country_unknown || country.empty();
    claim.initiator_countries.add(country);
    const std::string_view category = stripped(row["attributed_initiator_category"]);
    claim.initiator_kinds.add(eurepoc_actor_type(category, ""));
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
      claimants.list(), [](const std::string& name) { return !name.starts_with(kWithheld); });
  if (named || countries.list().size() != 1 || bases.size() != 1 || *bases.begin() != kByState)
    return {};
  return countries.list().front();
}

}  // namespace comity::intake
