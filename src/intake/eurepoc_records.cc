#include "intake/eurepoc_records.h"

#include <fmt/format.h>

#include "intake/cell_text.h"

namespace comity::intake {
namespace {

void check_widths(const CsvTable& table, std::string_view name, Doubts& doubts) {
  for (std::size_t i = 0; i < table.size(); ++i)
    if (table[i].cells() != table.columns().size())
      doubts.add("column_count", fmt::format("{}, row {}", name, table[i].number()));
}

/// "7221.0" is 7221.
std::string without_fraction(std::string_view number) {
  if (number.ends_with(".0")) number.remove_suffix(2);
  return std::string(number);
}

}  // namespace

Result<EurepocTables> EurepocTables::read(const EurepocFiles& files) {
  COMITY_TRY(auto global, CsvTable::read(files.global, {}, kEurepocGlobal,
                                         {"ID", "name", "description", "start_date", "end_date",
                                          "impact_indicator", "number_of_attributions",
                                          "number_of_political_responses",
                                          "number_of_legal_responses", "sources_url"}));
  COMITY_TRY(auto attribution,
             CsvTable::read(files.attribution, {}, kEurepocAttribution,
                            {"incident_ID", "attribution_ID", "attribution_date",
                             "attribution_type", "attribution_basis", "attributing_actor",
                             "attributing_country", "attributed_initiator",
                             "attributed_initiator_country", "attributed_initiator_category"}));
  COMITY_TRY(auto receiver, CsvTable::read(files.receiver, {}, kEurepocReceiver,
                                           {"ID", "receiver_country", "receiver_category",
                                            "receiver_category_subcode"}));
  return EurepocTables{std::move(global), std::move(attribution), std::move(receiver)};
}

EurepocRecords EurepocRecords::group(const EurepocTables& tables, Doubts& doubts) {
  check_widths(tables.global, kEurepocGlobal, doubts);
  check_widths(tables.attribution, kEurepocAttribution, doubts);
  check_widths(tables.receiver, kEurepocReceiver, doubts);
  EurepocRecords records;
  std::map<std::string, std::size_t, std::less<>> at;
  for (std::size_t i = 0; i < tables.global.size(); ++i) {
    const CsvTable::Row row = tables.global[i];
    std::string record(stripped(row["ID"]));
    const bool named = !record.empty() && at.emplace(record, records.incidents.size()).second;
    if (!named) {
      doubts.add(record.empty() ? "id_missing" : "id_repeated",
                 fmt::format("row {}", row.number()));
      record = fmt::format("row {}", row.number());
    }
    records.incidents.push_back({row, record, "eurepoc/" + record, {}, {}});
  }
  for (std::size_t i = 0; i < tables.receiver.size(); ++i) {
    const auto found = at.find(stripped(tables.receiver[i]["ID"]));
    if (found == at.end())
      doubts.add("receiver_without_incident", fmt::format("row {}", tables.receiver[i].number()));
    else
      records.incidents[found->second].receivers.push_back(tables.receiver[i]);
  }
  std::map<std::pair<std::string, std::string>, std::size_t> groups;
  for (std::size_t i = 0; i < tables.attribution.size(); ++i) {
    const CsvTable::Row row = tables.attribution[i];
    const std::string record = without_fraction(stripped(row["attribution_ID"]));
    const std::string incident(stripped(row["incident_ID"]));
    const auto found = at.find(incident);
    if (found == at.end()) {
      doubts.add("attribution_without_incident", fmt::format("row {}", row.number()));
    } else if (record.empty()) {
      records.incidents[found->second].unnumbered.push_back(row);
    } else {
      const auto [group, added] =
          groups.emplace(std::pair(record, incident), records.attributions.size());
      if (added) records.attributions.push_back({record, incident, {}});
      records.attributions[group->second].rows.push_back(row);
    }
  }
  return records;
}

}  // namespace comity::intake
