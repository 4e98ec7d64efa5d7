#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "codec/csv.h"

namespace comity::intake {

/// A table in memory whose first row names the columns. Columns after the last name that are empty
/// throughout, as spreadsheets write those that were cleared, are none.
class CsvTable {
 public:
  /// One row after the first.
  class Row {
   public:
    Row(const CsvTable& table, std::size_t at) : table_(&table), at_(at) {}

    /// The cell of that column as it stands; "" where the row is too short or the table has no such
    /// column. A view that lives as long as the table.
    [[nodiscard]] std::string_view operator[](std::string_view column) const;
    [[nodiscard]] std::string_view cell(std::size_t column) const;
    /// As a spreadsheet numbers it.
    [[nodiscard]] std::uint64_t number() const;
    [[nodiscard]] std::size_t cells() const;
    /// Whether all cells are empty.
    [[nodiscard]] bool is_blank() const;
    [[nodiscard]] const CsvTable& table() const { return *table_; }

   private:
    const CsvTable* table_;
    std::size_t at_;
  };

  /// Reads it whole. `name` is what a refusal calls it. Refuses as codec::CsvReader, and
  /// `table-columns` where there is no row, a column has no name or one that another has, a value
  /// stands after the last name where the first row has an empty cell, or a column that is needed
  /// is missing.
  [[nodiscard]] static Result<CsvTable> read(ByteView text, const codec::CsvOptions& options,
                                             std::string_view name,
                                             std::initializer_list<std::string_view> needed = {});

  [[nodiscard]] const std::vector<std::string>& columns() const { return columns_; }
  [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;
  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] Row operator[](std::size_t at) const { return {*this, at}; }

 private:
  struct Stored {
    std::uint64_t number;
    std::vector<std::string> cells;
  };
  [[nodiscard]] Result<void> read_names(std::string_view name,
                                        std::initializer_list<std::string_view> needed);
  [[nodiscard]] Result<void> add_row(const codec::CsvRow& row, std::string_view name);

  std::vector<std::string> columns_;
  std::size_t unnamed_ = 0;  ///< cells of the first row after the last name
  std::map<std::string, std::size_t, std::less<>> at_;
  std::vector<Stored> rows_;
};

}  // namespace comity::intake
