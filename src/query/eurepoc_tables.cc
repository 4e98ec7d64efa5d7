#include "query/eurepoc_tables.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <unordered_map>

#include "query/eurepoc_vocabulary.h"
#include "query/fact_reader.h"

namespace comity::query {
namespace {

/// Columns that figures other than the vocabularies need.
constexpr std::array<std::string_view, 9> kIncidentColumns{"start_date",
                                                           "end_date",
                                                           "number_of_attributions",
                                                           "number_of_political_responses",
                                                           "number_of_legal_responses",
                                                           "political_response_date",
                                                           "legal_response_date",
                                                           "initiator_country",
                                                           "impact_indicator"};
constexpr std::array<std::string_view, 6> kAttributionColumns{
    "attribution_date",    "attribution_type",
    "attribution_basis",   "attributed_initiator_country",
    "attributing_country", "attributed_initiator_category"};
constexpr std::array<std::string_view, 3> kReceiverColumns{"receiver_country", "receiver_category",
                                                           "receiver_category_subcode"};

/// How many objects a version has in the list of that name: versions ascend.
struct ListLength {
  std::int64_t version = 0;
  std::uint32_t lines = 0;
};
Result<std::vector<ListLength>> lengths_of(const FactReader& facts, std::string_view list) {
  std::vector<ListLength> lengths;
  COMITY_CHECK(facts.each(list, [&](const FactReader::Fact& fact) {
    if (fact.line == 0) return;  // no object of the list
    if (lengths.empty() || lengths.back().version != fact.version)
      lengths.push_back({.version = fact.version, .lines = 0});
    ++lengths.back().lines;
  }));
  return lengths;
}

/// The same of one version; 0 where it has none.
std::uint32_t length_of(const std::vector<ListLength>& lengths, std::int64_t version) {
  const auto found = std::ranges::lower_bound(lengths, version, {}, &ListLength::version);
  return found != lengths.end() && found->version == version ? found->lines : 0;
}

/// Rows that stand in the record, and whose they are.
struct Placed {
  RowPlaces places;
  std::vector<std::uint32_t> incident_of;

  void add(std::int64_t version, std::uint32_t lines, std::uint32_t first_line,
           std::uint32_t incident) {
    places.add(version, lines, first_line);
    incident_of.insert(incident_of.end(), lines, incident);
  }
};

/// One column from the fields that begin with each of the paths.
Result<Column> read(const FactReader& facts, const Placed& rows,
                    const std::vector<std::string>& paths, std::string_view name) {
  std::vector<std::string> fields;
  fields.reserve(paths.size());
  for (const auto& path : paths) fields.push_back(path + std::string(name));
  return facts.column(rows.places, fields);
}

Result<Table> read_incidents(const FactReader& facts, const Placed& rows) {
  Table table(rows.places.size(), rows.incident_of);
  COMITY_TRY(auto ids, facts.column(rows.places, {"coding.record"}));
  table.put("id", std::move(ids));
  std::vector<std::string> names(kIncidentColumns.begin(), kIncidentColumns.end());
  for (const auto& column : kEurepocVocabulary) names.push_back(in_lower_case(column));
  std::ranges::sort(names);
  const auto rest = std::ranges::unique(names);
  names.erase(rest.begin(), rest.end());
  for (const auto& name : names) {
    COMITY_TRY(auto column, read(facts, rows, {"coding.values."}, name));
    table.put(name, std::move(column));
  }
  return table;
}

Result<Placed> place_receivers(const FactReader& facts,
                               const std::vector<CodedVersion>& incidents) {
  COMITY_TRY(const auto lengths, lengths_of(facts, "coding.receivers"));
  Placed rows;
  for (std::uint32_t i = 0; i < incidents.size(); ++i)
    rows.add(incidents[i].version, length_of(lengths, incidents[i].version), 1, i);
  return rows;
}

/// A version with attribution rows: an attribution, or an incident with rows that belong to none.
struct Attributing {
  std::int64_t version = 0;
  std::uint32_t lines = 0;
  std::uint32_t incident = 0;
  bool is_incident = false;
};

Result<std::vector<Attributing>> attributing(const FactReader& facts, const Column& ids,
                                             const std::vector<CodedVersion>& incidents,
                                             const std::vector<CodedVersion>& attributions) {
  std::unordered_map<std::string_view, std::uint32_t> by_id;
  for (std::uint32_t i = 0; i < incidents.size(); ++i) by_id.try_emplace(ids.first(i), i);
  RowPlaces notes;
  for (const auto& it : attributions) notes.add(it.version, 1, 0);
  COMITY_TRY(const auto incident_of, facts.column(notes, {"coding.incident"}));
  COMITY_TRY(const auto rows, lengths_of(facts, "rows"));
  COMITY_TRY(const auto blank, lengths_of(facts, "coding.rows"));
  std::vector<Attributing> all;
  for (std::uint32_t i = 0; i < attributions.size(); ++i) {
    const auto found = by_id.find(incident_of.first(i));
    if (found == by_id.end()) continue;
    all.push_back({.version = attributions[i].version,
                   .lines = length_of(rows, attributions[i].version),
                   .incident = found->second,
                   .is_incident = false});
  }
  for (std::uint32_t i = 0; i < incidents.size(); ++i)
    all.push_back({.version = incidents[i].version,
                   .lines = length_of(blank, incidents[i].version),
                   .incident = i,
                   .is_incident = true});
  std::ranges::sort(all, {}, &Attributing::version);
  return all;
}

std::vector<std::uint32_t> order_of(const std::vector<CodedVersion>& incidents) {
  std::vector<std::uint32_t> order(incidents.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, {}, [&](std::uint32_t place) { return incidents[place].object; });
  return order;
}

}  // namespace

Result<EurepocTables> read_eurepoc(const Snapshot& snapshot, std::uint64_t size,
                                   const DataSet& data_set) {
  COMITY_TRY(const auto facts, FactReader::open(snapshot.database()));
  COMITY_TRY(const auto incidents, versions_of(snapshot, size, data_set, "incident"));
  COMITY_TRY(const auto attributions, versions_of(snapshot, size, data_set, "attribution"));

  Placed incident_rows;
  for (std::uint32_t i = 0; i < incidents.size(); ++i)
    incident_rows.add(incidents[i].version, 1, 0, i);
  COMITY_TRY(auto incident_table, read_incidents(facts, incident_rows));

  COMITY_TRY(const auto parts,
             attributing(facts, incident_table.column("id"), incidents, attributions));
  Placed attribution_rows;
  std::vector<std::uint32_t> attribution_of;
  std::uint32_t number = 0;
  for (const auto& part : parts) {
    attribution_rows.add(part.version, part.lines, 1, part.incident);
    attribution_of.insert(attribution_of.end(), part.lines,
                          part.is_incident ? EurepocTables::kNoAttribution : number++);
  }
  Table attribution_table(incidents.size(), attribution_rows.incident_of);
  for (const auto name : kAttributionColumns) {
    COMITY_TRY(auto column, read(facts, attribution_rows, {"rows.", "coding.rows."}, name));
    attribution_table.put(std::string(name), std::move(column));
  }

  COMITY_TRY(const auto receiver_rows, place_receivers(facts, incidents));
  Table receiver_table(incidents.size(), receiver_rows.incident_of);
  for (const auto name : kReceiverColumns) {
    COMITY_TRY(auto column, read(facts, receiver_rows, {"coding.receivers."}, name));
    receiver_table.put(std::string(name), std::move(column));
  }
  return EurepocTables{.incidents = std::move(incident_table),
                       .attributions = std::move(attribution_table),
                       .receivers = std::move(receiver_table),
                       .attribution_of = std::move(attribution_of),
                       .order = order_of(incidents)};
}

bool is_known(std::string_view value) {
  constexpr std::array<std::string_view, 7> kMissing{
      "", "NaT", "None", "Not available", "Unknown", "Unknown - not attributed", "nan"};
  return std::ranges::find(kMissing, value) == kMissing.end();
}

bool is_given(std::string_view value) { return !value.empty(); }

}  // namespace comity::query
