#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "codec/cbor.h"

namespace comity::record {

/// A text of the table `word`.
struct Word {
  std::string_view text;
};
/// A STIX id, of the table `object`.
struct Ref {
  std::string_view id;
};

/// A value of a row as an object states it; nothing where it states none. Views live as long as the
/// text that was read.
using Value = std::variant<std::monostate, std::int64_t, std::string_view, Word, Ref>;

/// The tables of schema.sql that hold what objects say. The numbers stand in the canonical changes
/// (docs/formats/record-rows.md), so they are never given anew.
enum class Table : std::uint8_t {
  incident = 1,
  fact = 2,
  name = 3,
  relation = 4,
  about = 5,
  claim = 6,
  response = 7,
  finding = 8,
  norm = 9,
  opinion = 10,
  publication = 11,
  source = 12,
};
inline constexpr std::size_t kTables = 12;

/// The table's name in schema.sql.
[[nodiscard]] std::string_view name_of(Table table);

/// No table has more columns.
inline constexpr std::size_t kMostValues = 24;

/// One row of what an object says, without its first column, which is the version.
struct Row {
  Table table = Table::incident;
  std::span<const Value> values;
};

/// Rows one after another, in two vectors that are reused.
class Rows {
 public:
  void add(Table table, std::span<const Value> values) {
    places_.push_back({table, values_.size(), values.size()});
    values_.insert(values_.end(), values.begin(), values.end());
  }
  void add(Table table, std::initializer_list<Value> values) {
    add(table, std::span(values.begin(), values.size()));
  }
  void clear() {
    places_.clear();
    values_.clear();
  }

  [[nodiscard]] std::size_t size() const { return places_.size(); }
  [[nodiscard]] Row operator[](std::size_t at) const {
    const Place& place = places_[at];
    return {place.table, std::span(values_).subspan(place.first, place.count)};
  }

  /// Goes over the rows by value.
  class Iterator {
   public:
    Iterator(const Rows& rows, std::size_t at) : rows_(&rows), at_(at) {}
    Row operator*() const { return (*rows_)[at_]; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    bool operator==(const Iterator& other) const { return at_ == other.at_; }

   private:
    const Rows* rows_;
    std::size_t at_;
  };
  [[nodiscard]] Iterator begin() const { return {*this, 0}; }
  [[nodiscard]] Iterator end() const { return {*this, size()}; }

 private:
  struct Place {
    Table table;
    std::size_t first;
    std::size_t count;
  };
  std::vector<Place> places_;
  std::vector<Value> values_;
};

/// The row as it stands in the canonical changes: [table, value...]; words and ids as texts.
void write_row(codec::CborWriter& writer, const Row& row);

}  // namespace comity::record
