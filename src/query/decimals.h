#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "measure/rational.h"

#include "query/column.h"

namespace comity::query {

/// The numbers that a column has, exact: each value is in ten-thousandths. What is not written as a
/// decimal number of at most five digits before and four behind the point is passed over.
class Decimals {
 public:
  explicit Decimals(const Column& column);

  static constexpr std::int64_t kUnit = 10'000;

  [[nodiscard]] std::size_t count() const { return values_.size(); }
  /// Of how many values.
  [[nodiscard]] std::size_t count_from(std::int64_t least) const;
  [[nodiscard]] measure::Rational sum() const;
  /// Nothing where there is no number.
  [[nodiscard]] std::optional<measure::Rational> mean() const;
  [[nodiscard]] std::optional<measure::Rational> median() const;

 private:
  std::vector<std::int64_t> values_;
};

}  // namespace comity::query
