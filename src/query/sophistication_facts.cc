#include "query/sophistication_facts.h"

#include <algorithm>

#include "query/column.h"

namespace comity::query {
namespace {

using measure::Known;

std::uint32_t distinct_of(const Column& column, std::size_t row, const Marks& counted) {
  std::vector<Column::Code> codes;
  for (const auto code : column.of(row))
    if (counted[code]) codes.push_back(code);
  std::ranges::sort(codes);
  const auto rest = std::ranges::unique(codes);
  return static_cast<std::uint32_t>(codes.size() - rest.size());
}

/// A source that denies and one that affirms: the incident lists the technique, so it was seen.
Known known_of(bool seen, bool denied) {
  if (seen) return Known::at_least(1);
  return denied ? Known::exactly(0) : Known{};
}

Result<Known> dwell_days_of(const TrendDates& dates) {
  if (!dates.start) return Known{};
  COMITY_TRY(const auto entered, interval_of(*dates.start));
  measure::Discovery discovery;
  if (dates.discovered) {
    COMITY_TRY(discovery.discovered, interval_of(*dates.discovered));
  }
  if (dates.disclosed) {
    COMITY_TRY(discovery.disclosed, interval_of(*dates.disclosed));
  }
  return measure::dwell_days(entered, discovery);
}

}  // namespace

Result<std::vector<measure::SophisticationFacts>> sophistication_facts(
    const FactReader& facts, const TrendIncidents& incidents) {
  const RowPlaces& versions = incidents.set.versions;
  COMITY_TRY(const auto techniques, facts.column(versions, {"techniques"}));
  COMITY_TRY(const auto countries, facts.column(versions, {"victims.countries"}));
  COMITY_TRY(const auto coded, facts.column(versions, {"coding.values.zero_days"}));
  const Marks named_techniques = ~techniques.codes_where(is("unknown"));
  const Marks all_countries = ~Marks(countries.distinct());
  const Marks zero_days = techniques.where(is("zero_day"));
  const Marks suppliers = techniques.where(is("supply_chain"));
  const Marks no_zero_days = coded.where(is("No"));
  std::vector<measure::SophisticationFacts> all(incidents.dates.size());
  for (std::size_t row = 0; row < all.size(); ++row) {
    all[row].techniques = Known::at_least(distinct_of(techniques, row, named_techniques));
    all[row].zero_days = known_of(zero_days[row], no_zero_days[row]);
    all[row].supply_chain = known_of(suppliers[row], false);
    all[row].countries = Known::at_least(distinct_of(countries, row, all_countries));
    COMITY_TRY(all[row].dwell_days, dwell_days_of(incidents.dates[row]));
  }
  return all;
}

}  // namespace comity::query
