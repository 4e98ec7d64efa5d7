#include "query/figures.h"

#include "measure/order_statistics.h"

namespace comity::query {

Figures percent(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return nullptr;
  return rounded_number(measure::reduced(measure::Int128{part} * 100, measure::Int128{whole}), 2);
}

Figures share(std::uint64_t part, std::uint64_t whole) {
  return {{"n", part}, {"pct", percent(part, whole)}};
}

Figures number(const std::optional<measure::Rational>& value) {
  if (!value) return nullptr;
  if (value->denominator == 1) return value->numerator;
  return measure::to_double(*value);
}

Figures rounded_number(const std::optional<measure::Rational>& value, unsigned digits) {
  if (!value) return nullptr;
  std::int64_t unit = 1;
  for (unsigned i = 0; i < digits; ++i) unit *= 10;
  return static_cast<double>(measure::rounded(*value, unit)) / static_cast<double>(unit);
}

}  // namespace comity::query
