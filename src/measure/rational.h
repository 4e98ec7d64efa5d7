#pragma once

#include <cstdint>

#include "measure/int128.h"

namespace comity::measure {

/// An exact fraction in lowest terms; the denominator is positive, so equal values are equal
/// members.
struct Rational {
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;

  bool operator==(const Rational&) const = default;
};

/// REQUIRES: denominator > 0, and the fraction in lowest terms fits in 63 bits above and below.
[[nodiscard]] Rational reduced(Int128 numerator, Int128 denominator);

/// -1, 0 or 1 as a is less than, equal to or greater than b.
[[nodiscard]] int compare(const Rational& a, const Rational& b);

/// For display alone: right to 15 digits.
[[nodiscard]] double to_double(const Rational& value);

}  // namespace comity::measure
