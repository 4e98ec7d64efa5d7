#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "measure/rational.h"

#include "query/column.h"

namespace comity::query {

/// The number in ten-thousandths, exact; nothing where the text is no decimal number of at most
/// five digits before and four behind the point.
[[nodiscard]] std::optional<std::int64_t> decimal(std::string_view text);

/// The numbers that a column has, each a `decimal`; what is none is passed over.
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
