#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "query/marks.h"

namespace comity::query {

/// What a value must be.
using Condition = std::function<bool(std::string_view)>;

/// The values that rows have in one field, each a list, mostly of one value or none; the texts
/// stand once each and are named by a code.
class Column {
 public:
  using Code = std::uint32_t;
  struct Cell {
    std::uint32_t row = 0;
    std::uint32_t ordinal = 0;  ///< place in the row's list
    Code code = 0;
  };

  /// No values.
  explicit Column(std::size_t rows) : begin_(rows + 1, 0) {}
  /// REQUIRES: rows and codes in range. Cells in any order.
  Column(std::size_t rows, std::vector<std::string> texts, std::vector<Cell> cells);

  [[nodiscard]] std::size_t rows() const { return begin_.size() - 1; }
  /// In the order of the row's list.
  [[nodiscard]] std::span<const Code> of(std::size_t row) const {
    return std::span(codes_).subspan(begin_[row], begin_[row + 1] - begin_[row]);
  }
  [[nodiscard]] std::string_view text(Code code) const { return texts_[code]; }
  [[nodiscard]] std::size_t distinct() const { return texts_.size(); }
  /// The row's first value, or nothing at all.
  [[nodiscard]] std::string_view first(std::size_t row) const {
    const auto codes = of(row);
    return codes.empty() ? std::string_view{} : text(codes.front());
  }

  /// Which codes stand for texts that meet it.
  [[nodiscard]] Marks codes_where(const Condition& condition) const;
  /// Rows of which some value meets it.
  [[nodiscard]] Marks where(const Condition& condition) const;

 private:
  std::vector<std::string> texts_;
  std::vector<std::size_t> begin_;
  std::vector<Code> codes_;
};

// Conditions.

[[nodiscard]] Condition is(std::string_view text);
[[nodiscard]] Condition is_any_of(std::vector<std::string_view> texts);
[[nodiscard]] Condition begins_with(std::vector<std::string_view> heads);
[[nodiscard]] Condition ends_with(std::string_view tail);
/// A whole number above that one.
[[nodiscard]] Condition is_above(std::int64_t least);

}  // namespace comity::query
