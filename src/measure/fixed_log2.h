#pragma once

#include <cstdint>

namespace comity::measure {

/// Binary digits after the point of a `fixed_log2`.
inline constexpr unsigned kLogDigits = 32;

/// log2(value) * 2^32, rounded down (in about one case of 2^30 one less), by integers alone: the
/// binary digits are read off by repeated squaring of a mantissa of 64 bits that is cut, not
/// rounded. The
/// same bits from every compiler, flag and machine. Exact for powers of two. REQUIRES: value > 0.
[[nodiscard]] std::int64_t fixed_log2(std::uint64_t value);

}  // namespace comity::measure
