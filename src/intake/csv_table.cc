#include "intake/csv_table.h"

#include <algorithm>

#include <fmt/format.h>

#include "intake/cell_text.h"

namespace comity::intake {

std::string_view CsvTable::Row::cell(std::size_t column) const {
  const auto& cells = table_->rows_[at_].cells;
  return column < cells.size() ? std::string_view(cells[column]) : std::string_view();
}

std::string_view CsvTable::Row::operator[](std::string_view column) const {
  const auto found = table_->column(column);
  return found ? cell(*found) : std::string_view();
}

std::uint64_t CsvTable::Row::number() const { return table_->rows_[at_].number; }

std::size_t CsvTable::Row::cells() const { return table_->rows_[at_].cells.size(); }

bool CsvTable::Row::is_blank() const {
  return std::ranges::all_of(table_->rows_[at_].cells,
                             [](const std::string& cell) { return stripped(cell).empty(); });
}

std::optional<std::size_t> CsvTable::column(std::string_view name) const {
  const auto found = at_.find(name);
  if (found == at_.end()) return std::nullopt;
  return found->second;
}

Result<void> CsvTable::read_names(std::string_view name,
                                  std::initializer_list<std::string_view> needed) {
  for (; columns_.size() > 1 && stripped(columns_.back()).empty(); ++unnamed_) columns_.pop_back();
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    columns_[i] = std::string(stripped(columns_[i]));
    if (columns_[i].empty() || !at_.emplace(columns_[i], i).second)
      return refuse("table-columns",
                    fmt::format("In {}, column {} of the first row is named \"{}\": give every "
                                "column a name of its own.",
                                name, i + 1, columns_[i]));
  }
  for (const std::string_view column : needed)
    if (!at_.contains(column))
      return refuse("table-columns", fmt::format("In {}, there is no column \"{}\". Is it the "
                                                 "right file, in the right version?",
                                                 name, column));
  return {};
}

Result<void> CsvTable::add_row(const codec::CsvRow& row, std::string_view name) {
  std::vector<std::string> cells(row.cells.begin(), row.cells.end());
  const std::size_t end = std::min(cells.size(), columns_.size() + unnamed_);
  for (std::size_t i = columns_.size(); i < end; ++i)
    if (!stripped(cells[i]).empty())
      return refuse("table-columns",
                    fmt::format("In {}, row {} has a value in column {}, which the first row does "
                                "not name: give every column a name of its own.",
                                name, row.number, i + 1));
  // What stands beyond the first row's width stays, so that whoever counts the cells sees it.
  if (columns_.size() < end)
    cells.erase(cells.begin() + static_cast<std::ptrdiff_t>(columns_.size()),
                cells.begin() + static_cast<std::ptrdiff_t>(end));
  rows_.push_back({row.number, std::move(cells)});
  return {};
}

Result<CsvTable> CsvTable::read(ByteView text, const codec::CsvOptions& options,
                                std::string_view name,
                                std::initializer_list<std::string_view> needed) {
  CsvTable table;
  bool named = false;
  auto read = codec::read_csv(text, options, [&](const codec::CsvRow& row) -> Result<void> {
    if (named) return table.add_row(row, name);
    named = true;
    table.columns_.assign(row.cells.begin(), row.cells.end());
    return table.read_names(name, needed);
  });
  COMITY_CHECK(std::move(read));
  if (!named)
    return refuse(
        "table-columns",
        fmt::format("In {}, there is no row: the first one must name the columns.", name));
  return table;
}

}  // namespace comity::intake
