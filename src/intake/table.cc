#include "intake/table.h"

#include <array>
#include <set>

#include <fmt/format.h>

#include "intake/csv_table.h"
#include "intake/definitions.h"
#include "intake/foreign_json.h"
#include "intake/stix_maker.h"
#include "intake/table_row.h"

namespace comity::intake {
namespace {

/// What the objects of a whole table are made with.
struct Table {
  const StixMaker& maker;
  const TableMap& map;
  TableImport& import;
  std::vector<std::string> incidents;        ///< and what belongs to each
  std::map<std::string, std::string> first;  ///< locations and identities, by the name of their id
  std::set<std::string> ids;                 ///< of rows
};

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kWords{
    {{"actor_types", "actor_types"},
     {"effects", "effects"},
     {"techniques", "techniques"},
     {"flags", "flags"}}};

Json coding(const TableMap& map, std::string_view id) {
  Json object;
  object["source"] = map.source;
  object["record"] = id;
  return object;
}

std::string location(Table& table, const std::string& country) {
  const std::string name = "location/" + country;
  std::string& object = table.first[name];
  if (object.empty()) {
    Json made = table.maker.head("location", name);
    made["country"] = country;
    object = StixMaker::finish(std::move(made));
  }
  return table.maker.id("location", name);
}

std::string claimant(Table& table, const std::string& name) {
  const std::string id_name = fmt::format("table/{}/claimant/{}", table.map.source, name);
  std::string& object = table.first[id_name];
  if (object.empty()) {
    Json made = table.maker.head("identity", id_name);
    made["name"] = name;
    // Whether a body or a group, the table does not say.
    made["identity_class"] = "unknown";
    Json meaning = extension("claimant");
    meaning["scope"] = "reported";
    meaning["record_basis"] = "data";
    made["extensions"][kExtension] = std::move(meaning);
    object = StixMaker::finish(std::move(made));
  }
  return table.maker.id("identity", id_name);
}

/// Whether every day that the one date allows is before every day of the other.
bool is_before(const std::optional<PartialDate>& one, const std::optional<PartialDate>& other) {
  return one && other && count(one->last()) < count(other->first());
}

/// When an incident was what; dates that contradict each other are kept, and marked.
void add_dates(Table& table, TableRow& row, std::string_view id, Json& object, Json& meaning) {
  const TableMap::Columns& columns = table.map.incident;
  const auto start = row.date(columns, "start");
  const auto end = row.date(columns, "end");
  const auto discovered = row.date(columns, "discovered");
  const auto disclosed = row.date(columns, "disclosed");
  for (const auto& [name, date] :
       {std::pair{"start", &start}, std::pair{"end", &end}, std::pair{"discovered", &discovered},
        std::pair{"disclosed", &disclosed}})
    if (*date) meaning[name] = to_json(**date);
  const bool ends_before = is_before(end, start);
  if (start) object["first_seen"] = to_rfc3339(start->first());
  // STIX has no incident that was last seen before it was first seen.
  if (end && !ends_before) object["last_seen"] = to_rfc3339(end->last());
  for (const auto& [doubt, holds] :
       {std::pair{"end_before_start", ends_before},
        std::pair{"discovered_before_start", is_before(discovered, start)},
        std::pair{"disclosed_before_start", is_before(disclosed, start)},
        std::pair{"disclosed_before_discovered", is_before(disclosed, discovered)}}) {
    if (!holds) continue;
    meaning["doubtful"].push_back(doubt);
    table.import.imported.doubts.add(doubt, id);
  }
}

/// Comity's words, and the OASIS extension that asks for a determination.
void add_words(TableRow& row, const TableMap& map, Json& object, Json& meaning) {
  Json victims = Json::object();
  if (auto countries = row.countries(map.incident, "countries"); !countries.empty())
    victims["countries"] = std::move(countries);
  if (auto sectors = row.words(map.incident, "sectors", "sectors"); !sectors.empty())
    victims["sectors"] = std::move(sectors);
  if (!victims.empty()) meaning["victims"] = std::move(victims);
  for (const auto& [property, vocabulary] : kWords)
    if (auto found = row.words(map.incident, property, vocabulary); !found.empty())
      meaning[property] = std::move(found);
  meaning["response_search"] = "not_searched";
  if (const auto types = row.words(map.incident, "incident_type", "incident_types"); !types.empty())
    object["incident_type"] = types.front();
  Json& core = object["extensions"][kIncidentCore];
  core["extension_type"] = "property-extension";
  core["determination"] = meaning.contains("effects") ? "successful-attempt" : "suspected";
  core["investigation_status"] = "new";
}

/// The note of a row with a claimant.
Result<void> add_attribution(Table& table, TableRow& row, const std::string& id_name) {
  const TableMap::Columns& columns = table.map.attribution;
  const std::string who(row.text(columns, "claimant"));
  if (who.empty()) return {};
  const auto date = row.date(columns, "date");
  const auto states = row.countries(columns, "state");
  const auto types = row.words(columns, "statement_type", "attribution_types");
  const std::string wording(row.text(columns, "wording"));
  Json meaning = extension("attribution");
  meaning["scope"] = "reported";
  meaning["made_by"] = who;
  meaning["made_by_ref"] = claimant(table, who);
  if (date) meaning["date"] = to_json(*date);
  meaning["statement_type"] = types.empty() ? "not_stated" : types.front();
  // The table says which states are named, not how far the claim goes: no strength.
  if (states.size() == 1) meaning["state"] = states.front();
  if (!states.empty()) meaning["initiator_countries"] = states;
  for (const std::string& actor : row.values(columns, "actor"))
    meaning["actors"].push_back({{"name", actor}});
  if (!wording.empty()) meaning["wording"] = wording;
  meaning["wording_form"] =
      wording.empty() ? "not_given" : (table.map.verbatim ? "verbatim" : "paraphrase");
  meaning["record_basis"] = "data";
  meaning["coding"] = coding(table.map, row.text(table.map.incident, "id"));
  Json object = table.maker.head("note", id_name + "/attribution");
  object["abstract"] = fmt::format("{}, {}", who, date ? date->text() : "undated");
  object["content"] = fmt::format("Claim reported of {} by {}{}{}", who, table.map.source,
                                  wording.empty() ? "." : ": ", wording);
  object["object_refs"] =
      Json::array({table.maker.id("incident", id_name), meaning["made_by_ref"]});
  object["extensions"][kExtension] = std::move(meaning);
  COMITY_TRY(std::string text,
             finish_bounded(std::move(object), fmt::format("row {}", row.number())));
  table.incidents.push_back(std::move(text));
  return {};
}

Json references(Table& table, const TableRow& row, const std::string& id) {
  Json all = Json::array({{{"source_name", table.map.source}, {"external_id", id}}});
  for (const std::string& source : row.values(table.map.incident, "sources"))
    add_source(all, source, table.map.source, id, table.import.imported.doubts);
  return all;
}

Result<void> add_row(Table& table, TableRow& row) {
  const TableMap& map = table.map;
  const std::string id(row.text(map.incident, "id"));
  const std::string name(row.text(map.incident, "name"));
  if (id.empty())
    row.problem(map.incident, "id", "There must be an id, by which the row is known ever after.");
  else if (!table.ids.insert(id).second)
    row.problem(map.incident, "id", "Another row before has this id.");
  if (name.empty()) row.problem(map.incident, "name", "There must be a name.");

  const std::string id_name = fmt::format("table/{}/{}", map.source, id);
  Json object = table.maker.head("incident", id_name);
  object["name"] = name;
  if (const auto text = row.text(map.incident, "description"); !text.empty())
    object["description"] = text;
  Json meaning = extension("incident");
  add_dates(table, row, id, object, meaning);
  add_words(row, map, object, meaning);
  meaning["coding"] = coding(map, id);
  object["external_references"] = references(table, row, id);
  const Json countries = meaning.contains("victims")
                             ? meaning["victims"].value("countries", Json::array())
                             : Json::array();
  object["extensions"][kExtension] = std::move(meaning);
  object["extensions"][kIncidentExtension]["extension_type"] = "toplevel-property-extension";
  COMITY_TRY(std::string text,
             finish_bounded(std::move(object), fmt::format("row {}", row.number())));
  table.incidents.push_back(std::move(text));
  for (const Json& country : countries) {
    const auto code = country.get<std::string>();
    table.incidents.push_back(table.maker.relationship(fmt::format("{}/targets/{}", id_name, code),
                                                       table.maker.id("incident", id_name),
                                                       "targets", location(table, code)));
  }
  return map.attribution.empty() ? Result<void>() : add_attribution(table, row, id_name);
}

/// Whether the table has every column that the mapping names.
Result<void> check_columns(const CsvTable& table, const TableMap& map) {
  for (const TableMap::Columns* columns : {&map.incident, &map.attribution})
    for (const auto& [property, column] : *columns)
      if (!table.column(column.name))
        return refuse("table-columns",
                      fmt::format("The mapping says that \"{}\" is the column \"{}\", which the "
                                  "table does not have; it has: {}.",
                                  property, column.name, fmt::join(table.columns(), ", ")));
  return {};
}

}  // namespace

Result<TableImport> import_table(ByteView csv, const TableMap& map, const Importer& importer) {
  COMITY_TRY(const StixMaker maker, StixMaker::of(importer));
  COMITY_TRY(const CsvTable rows, CsvTable::read(csv, map.options, "the table"));
  COMITY_CHECK(check_columns(rows, map));
  TableImport import;
  Table table{maker, map, import, {}, {}, {}};
  std::uint64_t incidents = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    // A row that was cleared: spreadsheets write it all the same.
    if (rows[i].is_blank()) continue;
    ++incidents;
    TableRow row(rows[i], map, import);
    if (rows[i].cells() > rows.columns().size())
      row.problem({}, "",
                  fmt::format("The row has {} cells, the first one {}. Is a cell with the "
                              "separator in it not quoted?",
                              rows[i].cells(), rows.columns().size()));
    COMITY_CHECK(add_row(table, row));
  }
  import.imported.counts = {{"incidents", incidents}};
  if (import.problem_count > 0) return import;
  for (auto& [name, object] : table.first) import.imported.objects.push_back(std::move(object));
  import.imported.objects.insert(import.imported.objects.end(), table.incidents.begin(),
                                 table.incidents.end());
  return import;
}

}  // namespace comity::intake
