#include "query/eurepoc_figures.h"

#include <algorithm>
#include <set>

#include "query/decimals.h"
#include "query/eurepoc_delays.h"
#include "query/eurepoc_flags.h"
#include "query/eurepoc_rules.h"
#include "query/eurepoc_tables.h"
#include "query/eurepoc_vocabulary.h"

namespace comity::query {
namespace {

Figures files(const DataSet& data_set) {
  Figures figures = Figures::object();
  for (const auto& file : data_set.files)
    figures[file.name] = {{"rows", file.rows}, {"sha256", file.sha256}, {"columns", file.columns}};
  return figures;
}

void add_sizes(const EurepocTables& tables, Figures& figures) {
  const auto& of = tables.attribution_of;
  std::set<std::uint32_t> attributions(of.begin(), of.end());
  attributions.erase(EurepocTables::kNoAttribution);
  figures["incidents"] = tables.incidents.rows();
  figures["distinct_attribution_ids"] = attributions.size();
  figures["sum_number_of_attributions"] =
      number(Decimals(tables.incidents.column("number_of_attributions")).sum());
  figures["blank_attribution_rows"] = std::ranges::count(of, EurepocTables::kNoAttribution);
}

void add_responses(const EurepocTables& tables, Figures& figures) {
  const Table& incidents = tables.incidents;
  figures["sum_political_responses"] =
      number(Decimals(incidents.column("number_of_political_responses")).sum());
  figures["sum_legal_responses"] =
      number(Decimals(incidents.column("number_of_legal_responses")).sum());
  figures["political_response_items_by_country"] =
      listed(occurrences_of(incidents, "political_response_country", is_known));
  figures["legal_response_items_by_country"] =
      listed(occurrences_of(incidents, "legal_response_country", is_known));
}

void add_assessments(const EurepocTables& tables, Figures& figures) {
  const Table& incidents = tables.incidents;
  const Decimals intensity(incidents.column("weighted_cyber_intensity"));
  figures["weighted_intensity"] = {{"n", intensity.count()},
                                   {"mean", rounded_number(intensity.mean(), 4)},
                                   {"median", number(intensity.median())},
                                   {"ge_5", intensity.count_from(5)}};
  figures["il_breach_coded"] = incidents.where("il_breach_indicator", is_known).count();
  figures["human_rights_breach_coded"] =
      incidents.where("il_breach_indicator", is("Human rights")).count();
  figures["state_responsibility_direct_or_indirect"] =
      incidents.where("state_responsibility_indicator", begins_with({"Direct", "Indirect"}))
          .count();
}

}  // namespace

Result<Figures> eurepoc_figures(const Snapshot& snapshot, std::uint64_t size,
                                const DataSet& data_set) {
  COMITY_TRY(const EurepocTables tables, read_eurepoc(snapshot, size, data_set));
  Figures figures = Figures::object();
  for (const auto& [name, rule] : kEurepocRules)
    figures["rules"][std::string(name)] = std::string(rule);
  figures["files"] = files(data_set);
  add_sizes(tables, figures);
  add_eurepoc_dates(tables, figures);
  add_eurepoc_flags(tables, figures);
  add_responses(tables, figures);
  add_eurepoc_delays(tables, figures);
  add_eurepoc_vocabulary(tables, figures);
  add_assessments(tables, figures);
  return figures;
}

}  // namespace comity::query
