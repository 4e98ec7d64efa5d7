#include "query/column.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <tuple>

namespace comity::query {

Column::Column(std::size_t rows, std::vector<std::string> texts, std::vector<Cell> cells)
    : texts_(std::move(texts)), begin_(rows + 1, 0) {
  std::ranges::sort(cells, {}, [](const Cell& it) { return std::tuple(it.row, it.ordinal); });
  codes_.reserve(cells.size());
  for (const Cell& cell : cells) {
    codes_.push_back(cell.code);
    ++begin_[cell.row + 1];
  }
  for (std::size_t row = 0; row < rows; ++row) begin_[row + 1] += begin_[row];
}

Marks Column::codes_where(const Condition& condition) const {
  Marks marks(texts_.size());
  for (std::size_t code = 0; code < texts_.size(); ++code)
    if (condition(texts_[code])) marks.set(code);
  return marks;
}

Marks Column::where(const Condition& condition) const {
  const Marks met = codes_where(condition);
  Marks marks(rows());
  for (std::size_t row = 0; row < rows(); ++row)
    if (std::ranges::any_of(of(row), [&](Code code) { return met[code]; })) marks.set(row);
  return marks;
}

Condition is(std::string_view text) {
  return [text](std::string_view it) { return it == text; };
}

Condition is_any_of(std::vector<std::string_view> texts) {
  return [texts = std::move(texts)](std::string_view it) {
    return std::ranges::find(texts, it) != texts.end();
  };
}

Condition begins_with(std::vector<std::string_view> heads) {
  return [heads = std::move(heads)](std::string_view it) {
    return std::ranges::any_of(heads, [&](std::string_view head) { return it.starts_with(head); });
  };
}

Condition ends_with(std::string_view tail) {
  return [tail](std::string_view it) { return it.ends_with(tail); };
}

Condition is_above(std::int64_t least) {
  return [least](std::string_view it) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(it.data(), it.data() + it.size(), number);
    return error == std::errc() && end == it.data() + it.size() && number > least;
  };
}

}  // namespace comity::query
