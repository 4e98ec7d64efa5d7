#pragma once

#include <cstdint>
#include <optional>

#include "measure/rational.h"
#include "measure/series.h"

namespace comity::measure {

/// The critical value of the standard normal distribution for 5 %, two-sided, in millionths.
inline constexpr std::int64_t kCriticalMillionths = 1'959'964;

enum class Direction : std::int8_t { falling = -1, none = 0, rising = 1 };

/// Mann's test against trend (Mann 1945; Kendall 1975, with the correction for ties).
struct MannKendall {
  /// Pairs that rise with time minus pairs that fall.
  std::int64_t s = 0;
  /// 18 Var(S) = n(n-1)(2n+5) - sum over groups of t equal values of t(t-1)(2t+5): an integer.
  std::int64_t variance18 = 0;

  bool operator==(const MannKendall&) const = default;
};

[[nodiscard]] MannKendall mann_kendall(const Series& series);

/// Rising or falling where |z| with the continuity correction is above kCriticalMillionths; decided
/// in integers.
[[nodiscard]] Direction direction(const MannKendall& test);

/// The normal approximation's two-sided p, 1 where S is 0. Floating point, for display alone: show
/// three digits at most. Rough under ten values.
[[nodiscard]] double two_sided_p(const MannKendall& test);

/// Facts a period, exact.
struct SlopeInterval {
  Rational low;
  Rational high;

  bool operator==(const SlopeInterval&) const = default;
};

struct Slope {
  /// The median of the slopes of all pairs (Theil 1950; Sen 1968); with an even number of pairs the
  /// mean of the two in the middle.
  Rational median;
  /// The slopes at the ranks nearest to (N -+ z sqrt(Var S)) / 2 of N pairs (Sen 1968),
  /// a confidence interval of 95 %; nothing where the series is too short to have one.
  std::optional<SlopeInterval> interval;

  bool operator==(const Slope&) const = default;
};

/// Nothing under two values. Takes 16 bytes for each pair, at most 32 MB.
[[nodiscard]] std::optional<Slope> theil_sen(const Series& series);

}  // namespace comity::measure
