#include "measure/fixed_log2.h"

#include <bit>

#include "base/error.h"
#include "measure/int128.h"

namespace comity::measure {

std::int64_t fixed_log2(std::uint64_t value) {
  COMITY_ASSERT(value > 0);
  const int shift = std::countl_zero(value);
  std::int64_t log = 63 - shift;
  std::uint64_t mantissa = value << shift;  // in [1, 2), 63 digits after the point
  for (unsigned digit = 0; digit < kLogDigits; ++digit) {
    const Uint128 square = Uint128{mantissa} * mantissa;  // in [1, 4), 126 digits after the point
    const bool two_or_more = (square >> 127) != 0;
    mantissa = static_cast<std::uint64_t>(square >> (two_or_more ? 64 : 63));
    log = 2 * log + (two_or_more ? 1 : 0);
  }
  return log;
}

}  // namespace comity::measure
