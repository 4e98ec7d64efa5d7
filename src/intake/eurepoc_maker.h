#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "intake/eurepoc_records.h"
#include "intake/name_mask.h"
#include "intake/places.h"
#include "intake/stix_maker.h"

namespace comity::intake {

/// {"source": "EuRepoC 1.1", "record": ...}
[[nodiscard]] Json eurepoc_coding(const std::string& record);

/// One row's cells of those columns, stripped, empty ones left out; {"blank": true} where all are.
/// Columns that name somebody are masked.
[[nodiscard]] Json eurepoc_row(const CsvTable::Row& row, std::span<const std::string_view> columns);
/// All rows of an attribution, or of those without a number.
[[nodiscard]] Json eurepoc_attribution_rows(const std::vector<CsvTable::Row>& rows);

/// The STIX locations that incidents refer to.
class EurepocLocations {
 public:
  explicit EurepocLocations(const StixMaker& maker) : maker_(&maker) {}

  /// The id of the country's or region's location, or "" where STIX has no word for the place.
  [[nodiscard]] std::string id_of(const Place& place);
  [[nodiscard]] const std::vector<std::string>& objects() const { return objects_; }

 private:
  const StixMaker* maker_;
  std::set<std::string> made_;
  std::vector<std::string> objects_;
};

/// What the objects of one incident are made with.
struct EurepocMaker {
  const StixMaker& maker;
  const EurepocOptions& options;
  const NameMask& mask;
  EurepocLocations& locations;
  Doubts& doubts;
  std::vector<std::string>& objects;
};

}  // namespace comity::intake
