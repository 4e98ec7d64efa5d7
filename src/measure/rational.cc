#include "measure/rational.h"

#include <limits>

#include "base/error.h"

namespace comity::measure {

Rational reduced(Int128 numerator, Int128 denominator) {
  COMITY_ASSERT(denominator > 0);
  Int128 a = numerator < 0 ? -numerator : numerator;
  Int128 b = denominator;
  while (b != 0) {
    const Int128 rest = a % b;
    a = b;
    b = rest;
  }
  const Int128 above = numerator / a;
  const Int128 below = denominator / a;
  constexpr Int128 kMost = std::numeric_limits<std::int64_t>::max();
  COMITY_ASSERT(above >= -kMost && above <= kMost && below <= kMost);
  return {static_cast<std::int64_t>(above), static_cast<std::int64_t>(below)};
}

int compare(const Rational& a, const Rational& b) {
  const Int128 left = Int128{a.numerator} * b.denominator;
  const Int128 right = Int128{b.numerator} * a.denominator;
  return (left > right ? 1 : 0) - (left < right ? 1 : 0);
}

double to_double(const Rational& value) {
  return static_cast<double>(value.numerator) / static_cast<double>(value.denominator);
}

}  // namespace comity::measure
