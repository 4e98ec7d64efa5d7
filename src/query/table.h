#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "query/column.h"
#include "query/marks.h"

namespace comity::query {

/// Rows each of which belongs to an incident, and columns of them: a file of a data set as it
/// stands in the record. Incidents have places from 0.
class Table {
 public:
  /// `incident_of`: for each row the place of its incident, under `incidents`.
  Table(std::size_t incidents, std::vector<std::uint32_t> incident_of)
      : incidents_(incidents), incident_of_(std::move(incident_of)), none_(incident_of_.size()) {}

  [[nodiscard]] std::size_t incidents() const { return incidents_; }
  [[nodiscard]] std::size_t rows() const { return incident_of_.size(); }
  [[nodiscard]] std::uint32_t incident_of(std::size_t row) const { return incident_of_[row]; }

  /// REQUIRES: column.rows() == rows()
  void put(const std::string& name, Column column) {
    columns_.insert_or_assign(name, std::move(column));
  }
  /// An empty one where none of that name was put.
  [[nodiscard]] const Column& column(std::string_view name) const;

  /// Rows that have a value in the column that meets the condition.
  [[nodiscard]] Marks where(std::string_view name, const Condition& condition) const {
    return column(name).where(condition);
  }
  /// Incidents with a row among those marked.
  [[nodiscard]] Marks incidents_with(const Marks& rows) const;
  /// Incidents with a row that has such a value.
  [[nodiscard]] Marks incidents_where(std::string_view name, const Condition& condition) const {
    return incidents_with(where(name, condition));
  }

 private:
  std::size_t incidents_;
  std::vector<std::uint32_t> incident_of_;
  std::map<std::string, Column, std::less<>> columns_;
  Column none_;
};

}  // namespace comity::query
