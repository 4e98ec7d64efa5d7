#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "log/sqlite.h"

#include "query/column.h"
#include "query/row_places.h"

namespace comity::query {

/// Reads the table `fact` field by field, along its index. One thread; the database outlives it.
class FactReader {
 public:
  struct Fact {
    std::int64_t value = 0;  ///< a word
    std::int64_t version = 0;
    std::int64_t line = 0;
    std::int64_t ordinal = 0;
  };

  [[nodiscard]] static Result<FactReader> open(const log::Database& database);

  /// All facts of a field, of any version, superseded ones too: by value, then version, line and
  /// ordinal, ascending.
  Result<void> each(std::string_view field, const std::function<void(const Fact&)>& take) const;
  [[nodiscard]] Result<std::string> text(std::int64_t word) const;
  /// Nothing where the record has no such word.
  [[nodiscard]] Result<std::optional<std::int64_t>> word(std::string_view text) const;

  /// The values of those rows in the fields, taken together.
  [[nodiscard]] Result<Column> column(const RowPlaces& rows,
                                      const std::vector<std::string>& fields) const;

 private:
  log::Prepared facts_, text_, word_;
};

}  // namespace comity::query
