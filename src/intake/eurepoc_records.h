#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "intake/csv_table.h"
#include "intake/eurepoc.h"

namespace comity::intake {

inline constexpr std::string_view kEurepocSource = "EuRepoC 1.1";

/// The rows of the three files that belong to one incident.
struct EurepocRecord {
  CsvTable::Row row;
  /// The data set's number, or "row 12" where it has none or one that another row has.
  std::string record;
  /// "eurepoc/<record>", from which ids are made.
  std::string name;
  std::vector<CsvTable::Row> receivers;
  /// Attribution rows without a number: they attribute nothing.
  std::vector<CsvTable::Row> unnumbered;
};

/// The rows that share an attribution_ID and an incident.
struct EurepocAttributionRows {
  std::string record;    ///< without ".0"
  std::string incident;  ///< the incident's number as it stands
  std::vector<CsvTable::Row> rows;
};

/// The three tables, their rows grouped in the order of the files.
struct EurepocTables {
  CsvTable global;
  CsvTable attribution;
  CsvTable receiver;

  [[nodiscard]] static Result<EurepocTables> read(const EurepocFiles& files);
};

struct EurepocRecords {
  std::vector<EurepocRecord> incidents;
  std::vector<EurepocAttributionRows> attributions;

  /// Views into the tables, which must outlive it. Marks ids that are missing or repeated, rows of
  /// another width than the first, and rows that belong to no incident.
  [[nodiscard]] static EurepocRecords group(const EurepocTables& tables, Doubts& doubts);
};

}  // namespace comity::intake
