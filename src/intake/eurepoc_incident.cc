#include "intake/eurepoc_incident.h"

#include <algorithm>
#include <array>
#include <span>

#include <fmt/format.h>

#include "intake/cell_text.h"
#include "intake/coded_date.h"
#include "intake/definitions.h"
#include "intake/eurepoc_codes.h"
#include "intake/eurepoc_response.h"
#include "intake/web_address.h"

namespace comity::intake {
namespace {

constexpr std::array<std::string_view, 4> kReceiverColumns{
    "receiver_country", "receiver_region", "receiver_category", "receiver_category_subcode"};

/// The incident as it grows.
struct Draft {
  Json object;
  Json meaning;
  std::vector<std::string> doubtful;
};

void doubt(const EurepocMaker& with, const EurepocRecord& record, Draft& draft,
           const std::string& kind) {
  if (std::ranges::find(draft.doubtful, kind) != draft.doubtful.end()) return;
  draft.doubtful.push_back(kind);
  with.doubts.add(kind, record.record);
}

/// {"<column>": ["value", ...]}: the data set's codes as they stand.
Json values(const EurepocMaker& with, const EurepocRecord& record, Draft& draft) {
  const CsvTable& table = record.row.table();
  Json all = Json::object();
  for (std::size_t i = 0; i < table.columns().size(); ++i) {
    const CellForm form = eurepoc_form(table.columns()[i]);
    const std::string_view cell = record.row.cell(i);
    if (form == CellForm::kUnpublished || cell.empty()) continue;
    auto found = eurepoc_values(cell, form);
    if (!found) {
      doubt(with, record, draft, "list_malformed");
      continue;
    }
    if (!found->empty()) all[lower(table.columns()[i])] = std::move(*found);
  }
  return all;
}

void add_dates(const EurepocMaker& with, const EurepocRecord& record, Draft& draft) {
  const CodedDate start = coded_date(record.row["start_date"]);
  const CodedDate end = coded_date(record.row["end_date"]);
  for (const auto& [name, date] : {std::pair{"start", &start}, std::pair{"end", &end}}) {
    if (date->date) draft.meaning[name] = to_json(*date->date);
    if (!date->doubt.empty()) doubt(with, record, draft, fmt::format("{}_{}", name, date->doubt));
  }
  if (start.date) draft.object["first_seen"] = to_rfc3339(start.date->first());
  if (!end.date) return;
  if (start.date && swapped_days(*start.date, *end.date))
    doubt(with, record, draft, "day_month_swapped");
  if (start.date && count(end.date->last()) < count(start.date->first()))
    doubt(with, record, draft, "end_before_start");
  else
    draft.object["last_seen"] = to_rfc3339(end.date->last());
}

/// What is hit, by what the receivers' rows say, each thing once.
void add_victims(const EurepocMaker& with, const EurepocRecord& record, Draft& draft,
                 std::vector<std::string>& targets) {
  std::set<std::string> countries;
  std::set<std::string> regions;
  std::set<std::string> organizations;
  std::set<std::string> sectors;
  std::set<std::string> seen;
  std::set<std::string> placed;
  for (const CsvTable::Row& row : record.receivers) {
    const std::string sector =
        EurepocCodes::known().sector(row["receiver_category"], row["receiver_category_subcode"]);
    if (!sector.empty() && sector != "unknown") sectors.insert(sector);
    const std::string_view name = stripped(row["receiver_country"]);
    if (!seen.emplace(name).second) continue;
    const Place* place = Places::known().find(name);
    if (place == nullptr) {
      doubt(with, record, draft, "place_unknown");
      continue;
    }
    // Two names of one country are one victim.
    if (place->kind == Place::Kind::kMissing || !placed.insert(place->name).second) continue;
    if (place->kind == Place::Kind::kCountry)
      countries.insert(place->code);
    else
      (place->kind == Place::Kind::kRegion ? regions : organizations).insert(place->name);
    const std::string location = with.locations.id_of(*place);
    if (!location.empty())
      targets.push_back(with.maker.relationship(
          fmt::format("{}/targets/{}", record.name,
                      place->kind == Place::Kind::kCountry ? place->code : place->name),
          with.maker.id("incident", record.name), "targets", location));
  }
  Json victims = Json::object();
  for (const auto& [name, list] :
       {std::pair{"countries", &countries}, std::pair{"regions", &regions},
        std::pair{"organizations", &organizations}, std::pair{"sectors", &sectors}})
    if (!list->empty()) victims[name] = *list;
  if (!victims.empty()) draft.meaning["victims"] = std::move(victims);
}

void add_actor_types(const EurepocRecord& record, Draft& draft) {
  const auto categories = python_list(record.row["initiator_category"]);
  const auto subcategories = python_list(record.row["initiator_category_subcode"]);
  std::set<std::string> found;
  for (const std::string& category : categories.value_or(std::vector<std::string>()))
    // The two lists are parallel only where they are one long.
    if (const auto type = eurepoc_actor_type(
            category, categories->size() == 1 && subcategories && subcategories->size() == 1
                          ? subcategories->front()
                          : "");
        !type.empty())
      found.emplace(type);
  if (!found.empty()) draft.meaning["actor_types"] = found;
}

void add_effects(const EurepocRecord& record, Draft& draft) {
  const auto effects = eurepoc_effects(record.row);
  const auto techniques = eurepoc_techniques(record.row);
  if (!effects.empty()) draft.meaning["effects"] = effects;
  if (!techniques.empty()) draft.meaning["techniques"] = techniques;
  for (const std::string_view code : split(record.row["incident_type"], ';')) {
    const std::string type = EurepocCodes::known().incident_type(code);
    if (type.empty()) continue;
    draft.object["incident_type"] = type;
    break;
  }
  Json& core = draft.object["extensions"][kIncidentCore];
  core["extension_type"] = "property-extension";
  core["determination"] = effects.empty() ? "suspected" : "successful-attempt";
  core["investigation_status"] = "new";
}

void add_response_search(const EurepocMaker& with, const EurepocRecord& record, Draft& draft) {
  const std::size_t political = eurepoc_responses(record, "political", with.doubts);
  const std::size_t legal = eurepoc_responses(record, "legal", with.doubts);
  const bool searched = !record.row["impact_indicator"].empty();
  draft.meaning["response_search"] =
      political + legal > 0 ? "found" : (searched ? "searched_none_found" : "not_searched");
  const auto coded = [&record](const char* column) { return !record.row[column].empty(); };
  if ((political == 0 &&
       (coded("political_response_type") || coded("political_response_country"))) ||
      (legal == 0 && (coded("legal_response_type") || coded("legal_response_country"))))
    doubt(with, record, draft, "response_without_count");
}

Json references(const EurepocMaker& with, const EurepocRecord& record, Draft& draft) {
  Json all = Json::array();
  all.push_back({{"source_name", kEurepocSource}, {"external_id", record.record}});
  const auto urls = python_list(record.row["sources_url"]);
  if (!urls && !record.row["sources_url"].empty()) doubt(with, record, draft, "list_malformed");
  std::set<std::string> seen;
  for (const std::string& url : urls.value_or(std::vector<std::string>())) {
    if (url.empty() || !seen.insert(url).second) continue;
    if (const auto host = host_of(url)) {
      all.push_back({{"source_name", *host}, {"url", url}});
    } else {
      all.push_back({{"source_name", kEurepocSource}, {"description", url}});
      doubt(with, record, draft, "source_malformed");
    }
  }
  return all;
}

void add_coding(const EurepocMaker& with, const EurepocRecord& record, Draft& draft) {
  Json coding = eurepoc_coding(record.record);
  if (Json found = values(with, record, draft); !found.empty()) coding["values"] = std::move(found);
  for (const CsvTable::Row& row : record.receivers)
    coding["receivers"].push_back(eurepoc_row(row, kReceiverColumns));
  if (!record.unnumbered.empty()) {
    coding["rows"] = eurepoc_attribution_rows(record.unnumbered);
    doubt(with, record, draft, "attribution_blank");
  }
  draft.meaning["coding"] = std::move(coding);
}

void add_texts(const EurepocMaker& with, const EurepocRecord& record,
               const EurepocDuplicates& duplicates, Draft& draft) {
  const std::string_view name = stripped(record.row["name"]);
  const std::string_view description = stripped(record.row["description"]);
  draft.object["name"] = name.empty() ? fmt::format("{} {}", kEurepocSource, record.record)
                                      : with.mask.masked(record.record, name);
  if (with.options.descriptions && !description.empty())
    draft.object["description"] = with.mask.masked(record.record, description);
  const auto repeated = [](const auto& texts, std::string_view text) {
    const auto found = texts.find(text);
    return found != texts.end() && found->second > 1;
  };
  if (repeated(duplicates.names, name)) doubt(with, record, draft, "same_name");
  if (repeated(duplicates.descriptions, description))
    doubt(with, record, draft, "same_description");
}

}  // namespace

Result<void> make_eurepoc_incident(const EurepocMaker& with, const EurepocRecord& record,
                                   const EurepocDuplicates& duplicates) {
  Draft draft{with.maker.head("incident", record.name), extension("incident"), {}};
  std::vector<std::string> targets;
  add_texts(with, record, duplicates, draft);
  add_dates(with, record, draft);
  add_victims(with, record, draft, targets);
  add_actor_types(record, draft);
  add_effects(record, draft);
  add_response_search(with, record, draft);
  draft.object["external_references"] = references(with, record, draft);
  add_coding(with, record, draft);
  if (!draft.doubtful.empty()) draft.meaning["doubtful"] = draft.doubtful;
  Json& extensions = draft.object["extensions"];
  extensions[kExtension] = std::move(draft.meaning);
  extensions[kIncidentExtension]["extension_type"] = "toplevel-property-extension";
  COMITY_TRY(std::string text, finish_bounded(std::move(draft.object), record.record));
  with.objects.push_back(std::move(text));
  with.objects.insert(with.objects.end(), targets.begin(), targets.end());
  return {};
}

}  // namespace comity::intake
