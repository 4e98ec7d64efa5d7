#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "measure/calendar.h"

namespace comity::measure {

/// What is known of a number: at least `low`, at most `high` if anything says so. Unknown is not
/// zero: it is at least 0, without an upper end.
struct Known {
  std::uint32_t low = 0;
  std::optional<std::uint32_t> high;

  /// A list of what was seen, which is never known to be whole.
  [[nodiscard]] static constexpr Known at_least(std::uint32_t count) {
    return {.low = count, .high = std::nullopt};
  }
  [[nodiscard]] static constexpr Known exactly(std::uint32_t count) {
    return {.low = count, .high = count};
  }

  bool operator==(const Known&) const = default;
};

/// Five dimensions of one incident; each is unknown until said otherwise.
struct SophisticationFacts {
  /// Distinct techniques used.
  Known techniques;
  /// Vulnerabilities exploited before their vendor knew them.
  Known zero_days;
  /// Suppliers, or products of theirs, that were abused to reach the victims.
  Known supply_chain;
  /// Countries with victims.
  Known countries;
  /// Days from the first access to the discovery.
  Known dwell_days;
};

/// Points of one dimension, 0 to kMostPoints, or of all, 0 to 5 * kMostPoints: at least `low`, at
/// most `high`.
struct Points {
  std::uint32_t low = 0;
  std::uint32_t high = 0;

  bool operator==(const Points&) const = default;
};

inline constexpr std::uint32_t kMostPoints = 2;
inline constexpr std::size_t kDimensions = 5;

/// From so many on a dimension has one point, and two. The thresholds are Comity's own, fitted
/// to no data, and part of the method's version: `docs/method/trends.md`.
struct Threshold {
  std::uint32_t one = 1;
  std::uint32_t two = 2;
};

/// In the order of SophisticationFacts.
inline constexpr std::array<Threshold, kDimensions> kThresholds{{
    {.one = 2, .two = 5},     // techniques
    {.one = 1, .two = 2},     // zero-days
    {.one = 1, .two = 1},     // supply chain: used or not
    {.one = 2, .two = 10},    // countries
    {.one = 30, .two = 180},  // days
}};

struct Sophistication {
  std::array<Points, kDimensions> dimensions;  // in the order of SophisticationFacts
  Points total;
  /// Dimensions whose points are certain.
  std::uint32_t certain = 0;

  bool operator==(const Sophistication&) const = default;
};

/// Never narrower than what is known allows: adding a fact can only narrow it. A `high` under its
/// `low` is a contradiction in the sources, and the dimension counts as unknown.
[[nodiscard]] Sophistication sophistication(const SophisticationFacts& facts);

/// Days between two dates, known as far as they are. Unknown where discovery lies wholly before
/// entry: one of the dates is wrong, and nothing says which.
[[nodiscard]] Known dwell_days(const DateInterval& entered, const DateInterval& discovered);

/// When an intrusion was discovered, and when it was disclosed.
struct Discovery {
  std::optional<DateInterval> discovered;
  std::optional<DateInterval> disclosed;
};
/// The same from all that is known. Nothing is disclosed before it is discovered: a disclosure is
/// the latest discovery, and alone gives an upper end only. Unknown where the dates contradict one
/// another, and without either of them.
[[nodiscard]] Known dwell_days(const DateInterval& entered, const Discovery& discovery);

}  // namespace comity::measure
