#include "query/eurepoc_vocabulary.h"

#include <algorithm>

namespace comity::query {
namespace {

constexpr std::array<std::string_view, 4> kAttributionVocabulary{
    "attribution_type", "attribution_basis", "attributed_initiator_category",
    "attributing_country"};

constexpr std::size_t kInitiatorsShown = 20;
constexpr std::size_t kReceiversShown = 25;
constexpr std::size_t kDyadsShown = 20;

void add_countries(const EurepocTables& tables, Figures& figures) {
  const auto& [incidents, attributions, receivers, attribution_of, order] = tables;
  const auto initiators = incidents_by(incidents, "initiator_country", is_known);
  const auto hit = incidents_by(receivers, "receiver_country", is_known);
  const auto dyads = incidents_by_combination({incidents, "initiator_country"},
                                              {receivers, "receiver_country"}, is_known);
  figures["incidents_with_known_initiator_country"] =
      incidents.incidents_where("initiator_country", is_known).count();
  figures["top_initiator_countries"] = listed(initiators, kInitiatorsShown);
  figures["distinct_initiator_names"] = initiators.size();
  figures["top_receiver_countries"] = listed(hit, kReceiversShown);
  figures["distinct_receiver_names"] = hit.size();
  figures["top_dyads"] = listed(dyads, kDyadsShown);
}

}  // namespace

std::string in_lower_case(std::string_view column) {
  std::string name(column);
  std::ranges::transform(name, name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return name;
}

void add_eurepoc_vocabulary(const EurepocTables& tables, Figures& figures) {
  add_countries(tables, figures);
  Figures by_incident = Figures::object();
  for (const auto column : kEurepocVocabulary)
    by_incident[std::string(column)] =
        listed(incidents_by(tables.incidents, in_lower_case(column), is_given));
  figures["vocab_incidents"] = std::move(by_incident);

  Figures by_row = Figures::object();
  Figures by_attributed_incident = Figures::object();
  for (const auto column : kAttributionVocabulary) {
    by_row[std::string(column)] = listed(occurrences_of(tables.attributions, column, is_given));
    by_attributed_incident[std::string(column)] =
        listed(incidents_by(tables.attributions, column, is_given));
  }
  figures["vocab_attribution_rows"] = std::move(by_row);
  figures["vocab_attribution_incidents"] = std::move(by_attributed_incident);
  figures["receiver_category_pairs_incidents"] =
      listed(incidents_by_pair(tables.receivers, "receiver_category", "receiver_category_subcode"));
}

}  // namespace comity::query
