#include "intake/eurepoc_maker.h"

#include <array>

#include <fmt/format.h>

#include "intake/bodies.h"
#include "intake/cell_text.h"
#include "intake/definitions.h"

namespace comity::intake {
namespace {

constexpr std::array<std::string_view, 9> kAttributionColumns{"attribution_date",
                                                              "attribution_type",
                                                              "attribution_basis",
                                                              "attributing_actor",
                                                              "attribution_it_company",
                                                              "attributing_country",
                                                              "attributed_initiator",
                                                              "attributed_initiator_country",
                                                              "attributed_initiator_category"};

bool names_somebody(std::string_view column) {
  return column == "attributing_actor" || column == "attribution_it_company" ||
         column == "attributed_initiator";
}

}  // namespace

Json eurepoc_coding(const std::string& record) {
  Json coding;
  coding["source"] = kEurepocSource;
  coding["record"] = record;
  return coding;
}

Json eurepoc_row(const CsvTable::Row& row, std::span<const std::string_view> columns) {
  Json object = Json::object();
  for (const std::string_view column : columns) {
    const std::string_view cell = row[column];
    if (cell.empty()) continue;
    if (names_somebody(column) && !Places::known().is_missing(cell))
      object[column] = Bodies::known().masked(cell).text;
    else
      object[column] = stripped(cell);
  }
  // A dictionary of STIX is never empty (section 2.3).
  if (object.empty()) object["blank"] = true;
  return object;
}

Json eurepoc_attribution_rows(const std::vector<CsvTable::Row>& rows) {
  Json list = Json::array();
  for (const CsvTable::Row& row : rows) list.push_back(eurepoc_row(row, kAttributionColumns));
  return list;
}

std::string EurepocLocations::id_of(const Place& place) {
  const bool country = place.kind == Place::Kind::kCountry;
  if (!country && (place.kind != Place::Kind::kRegion || place.code.empty())) return {};
  // A country's name is that of the landmark record, so that one importer has one location for it.
  const std::string name =
      country ? "location/" + place.code : fmt::format("location/region/{}", place.code);
  if (made_.insert(name).second) {
    Json object = maker_->head("location", name);
    object[country ? "country" : "region"] = place.code;
    objects_.push_back(StixMaker::finish(std::move(object)));
  }
  return maker_->id("location", name);
}

}  // namespace comity::intake
