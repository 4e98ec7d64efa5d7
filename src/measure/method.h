#pragma once

namespace comity::measure {

/// The version of the method of `docs/method/trends.md`, printed with every result. Each change of
/// a rule or a number there is a new one.
inline constexpr int kTrendsMethod = 3;

}  // namespace comity::measure
