#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/partial_date.h"
#include "intake/csv_table.h"
#include "intake/table.h"

namespace comity::intake {

/// Reads the cells of one row as a mapping says, and notes each that doesn't say what it must.
class TableRow {
 public:
  TableRow(CsvTable::Row row, const TableMap& map, TableImport& import)
      : row_(row), map_(&map), import_(&import) {}

  /// A property's cell, stripped; "" where the mapping has no column for it.
  [[nodiscard]] std::string_view text(const TableMap::Columns& columns,
                                      std::string_view property) const;
  /// Its values, translated by the mapping's words; empty ones left out, each once.
  [[nodiscard]] std::vector<std::string> values(const TableMap::Columns& columns,
                                                std::string_view property) const;
  /// The same, each of which must be of that vocabulary.
  [[nodiscard]] std::vector<std::string> words(const TableMap::Columns& columns,
                                               std::string_view property,
                                               std::string_view vocabulary);
  /// The ISO codes of its countries, given by code or by name.
  [[nodiscard]] std::vector<std::string> countries(const TableMap::Columns& columns,
                                                   std::string_view property);
  [[nodiscard]] std::optional<PartialDate> date(const TableMap::Columns& columns,
                                                std::string_view property);

  [[nodiscard]] std::uint64_t number() const { return row_.number(); }
  void problem(const TableMap::Columns& columns, std::string_view property, std::string sentence);

 private:
  CsvTable::Row row_;
  const TableMap* map_;
  TableImport* import_;
};

}  // namespace comity::intake
