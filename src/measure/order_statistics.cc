#include "measure/order_statistics.h"

#include <algorithm>

#include "base/error.h"

namespace comity::measure {
namespace {

/// The value of that place in ascending order, from 0.
std::int64_t at_place(std::vector<std::int64_t>& values, std::size_t place) {
  const auto it = values.begin() + static_cast<std::ptrdiff_t>(place);
  std::ranges::nth_element(values, it);
  return *it;
}

}  // namespace

std::optional<Rational> median(std::vector<std::int64_t> values) {
  if (values.empty()) return std::nullopt;
  const std::size_t middle = values.size() / 2;
  const std::int64_t upper = at_place(values, middle);
  if (values.size() % 2 == 1) return Rational{upper, 1};
  return reduced(Int128{at_place(values, middle - 1)} + upper, 2);
}

std::optional<std::int64_t> nearest_rank(std::vector<std::int64_t> values, std::uint32_t percent) {
  COMITY_ASSERT(percent <= 100);
  if (values.empty()) return std::nullopt;
  const std::size_t rank = (values.size() * percent + 99) / 100;
  return at_place(values, rank == 0 ? 0 : rank - 1);
}

std::int64_t rounded(const Rational& value, std::int64_t unit) {
  COMITY_ASSERT(unit > 0);
  const Int128 scaled = Int128{value.numerator} * unit;
  Int128 whole = scaled / value.denominator;
  Int128 rest = scaled % value.denominator;
  if (rest < 0) {  // so that whole is rounded down
    rest += value.denominator;
    --whole;
  }
  if (2 * rest > value.denominator || (2 * rest == value.denominator && whole % 2 != 0)) ++whole;
  return static_cast<std::int64_t>(whole);
}

}  // namespace comity::measure
