#include "intake/eurepoc.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "crypto/sha256.h"
#include "intake/cell_text.h"
#include "intake/definitions.h"
#include "intake/eurepoc_attribution.h"
#include "intake/eurepoc_incident.h"
#include "intake/eurepoc_response.h"

namespace comity::intake {
namespace {

/// The note that says which files were imported.
std::string dataset(const StixMaker& maker, const EurepocFiles& files, const EurepocTables& tables,
                    const Importer& importer) {
  Json list = Json::array();
  for (const auto& [name, bytes, table] :
       {std::tuple{kEurepocGlobal, files.global, &tables.global},
        std::tuple{kEurepocAttribution, files.attribution, &tables.attribution},
        std::tuple{kEurepocReceiver, files.receiver, &tables.receiver}})
    list.push_back({{"name", name},
                    {"rows", table->size()},
                    {"columns", table->columns().size()},
                    {"sha256", to_hex(crypto::sha256(bytes))}});
  Json meaning = extension("dataset");
  meaning["source"] = kEurepocSource;
  meaning["files"] = std::move(list);
  Json object = maker.head("note", "eurepoc/dataset");
  object["abstract"] = fmt::format("{}, as imported", kEurepocSource);
  object["content"] =
      "The files that the importer read. What was made of them are the importer's statements about "
      "what the data set says.";
  object["object_refs"] = Json::array({importer.identity});
  object["extensions"][kExtension] = std::move(meaning);
  return StixMaker::finish(std::move(object));
}

/// Two to four words that begin with other than a lower-case letter, digit or sign.
bool looks_like_a_persons(std::string_view name) {
  const auto parts = split(name, ' ');
  return parts.size() >= 2 && parts.size() <= 4 &&
         std::ranges::none_of(parts, [](std::string_view part) {
           return part.empty() || (part.front() >= 'a' && part.front() <= 'z') ||
                  part.find_first_of("0123456789,;:&()@") != part.npos;
         });
}

/// Someone hit, whose name stands in a column that is not published but perhaps in a text that is.
/// Enterprises stand in that column too: where the receiver is coded as one, only a name with an
/// office beside it is taken for a person's.
void mask_receiver(NameMask& mask, const std::string& record, const CsvTable::Row& row) {
  const std::string_view cell = row["receiver_name"];
  if (Places::known().is_missing(cell)) return;
  MaskedName name = Bodies::known().masked(cell);
  if (name.withheld.empty()) return;
  const std::string_view category = stripped(row["receiver_category"]);
  const bool enterprise =
      category == "Critical infrastructure" || category.starts_with("Corporate Targets");
  if (enterprise && !name.person) return;
  name.person = name.person || looks_like_a_persons(name.withheld);
  mask.add(record, name);
}

NameMask mask_of(const EurepocRecords& records) {
  NameMask mask;
  const auto add = [&mask](const std::string& record, std::string_view cell) {
    if (Places::known().is_missing(cell)) return;
    if (const MaskedName name = Bodies::known().masked(cell); !name.withheld.empty())
      mask.add(record, name);
  };
  for (const EurepocAttributionRows& rows : records.attributions)
    for (const CsvTable::Row& row : rows.rows)
      for (const char* column : {"attributing_actor", "attributed_initiator"})
        add(rows.incident, row[column]);
  for (const EurepocRecord& record : records.incidents) {
    for (const CsvTable::Row& row : record.unnumbered)
      for (const char* column : {"attributing_actor", "attributed_initiator"})
        add(record.record, row[column]);
    for (const std::string& name :
         python_list(record.row["initiator_name"]).value_or(std::vector<std::string>()))
      add(record.record, name);
    for (const CsvTable::Row& row : record.receivers) mask_receiver(mask, record.record, row);
    for (const char* column : {"political_response_actor", "legal_response_actor"})
      for (const std::string_view part : split(record.row[column], ';')) add(record.record, part);
  }
  return mask;
}

EurepocDuplicates duplicates_of(const EurepocRecords& records) {
  EurepocDuplicates duplicates;
  for (const EurepocRecord& record : records.incidents) {
    if (const auto name = stripped(record.row["name"]); !name.empty())
      ++duplicates.names[std::string(name)];
    if (const auto text = stripped(record.row["description"]); !text.empty())
      ++duplicates.descriptions[std::string(text)];
  }
  return duplicates;
}

}  // namespace

Result<Imported> eurepoc(const EurepocFiles& files, const Importer& importer,
                         const EurepocOptions& options) {
  COMITY_TRY(const StixMaker maker, StixMaker::of(importer));
  COMITY_TRY(const EurepocTables tables, EurepocTables::read(files));
  Imported imported;
  const EurepocRecords records = EurepocRecords::group(tables, imported.doubts);
  std::vector<EurepocClaim> claims;
  claims.reserve(records.attributions.size());
  for (const auto& rows : records.attributions) claims.push_back(EurepocClaim::read(rows));
  const EurepocNames names(maker, claims);
  const NameMask mask = mask_of(records);
  const EurepocDuplicates duplicates = duplicates_of(records);
  EurepocLocations locations(maker);
  std::vector<std::string> made;
  const EurepocMaker with{maker, options, mask, locations, imported.doubts, made};

  std::map<std::string_view, std::vector<const EurepocClaim*>> of_incident;
  std::map<std::string_view, int> numbers;
  for (const EurepocClaim& claim : claims) {
    of_incident[claim.rows->incident].push_back(&claim);
    ++numbers[claim.rows->record];
  }
  for (const EurepocRecord& record : records.incidents) {
    COMITY_CHECK(make_eurepoc_incident(with, record, duplicates));
    for (const EurepocClaim* claim : of_incident[record.record])
      COMITY_CHECK(make_eurepoc_attribution(with, names, *claim, record.name,
                                            numbers[claim->rows->record] > 1));
    for (const std::string_view kind : {"political", "legal"})
      COMITY_CHECK(make_eurepoc_responses(with, record, kind));
  }
  imported.counts = {{"incidents", records.incidents.size()},
                     {"attributions", records.attributions.size()}};
  imported.objects.push_back(dataset(maker, files, tables, importer));
  for (const auto* list : {&locations.objects(), &names.objects(), &std::as_const(made)})
    imported.objects.insert(imported.objects.end(), list->begin(), list->end());
  return imported;
}

}  // namespace comity::intake
