#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "base/error.h"

namespace comity::measure {

/// Bounds that make every computation on a series exact in 128 bits and short.
inline constexpr std::size_t kMaxPeriods = 2000;
inline constexpr std::uint64_t kMaxValue = std::uint64_t{1} << 44;
inline constexpr std::uint64_t kMaxUnit = std::uint64_t{1} << 32;

/// What is measured in consecutive periods of nominally equal length (months, years): value i
/// stands for values()[i] / unit(). May be empty.
class Series {
 public:
  /// Refuses `series-too-long` above kMaxPeriods values, `series-value-too-large` above kMaxValue.
  /// REQUIRES: 1 <= unit <= kMaxUnit.
  [[nodiscard]] static Result<Series> from(std::vector<std::uint64_t> values,
                                           std::uint64_t unit = 1);

  [[nodiscard]] std::span<const std::uint64_t> values() const { return values_; }
  [[nodiscard]] std::uint64_t unit() const { return unit_; }
  [[nodiscard]] std::size_t size() const { return values_.size(); }

 private:
  Series(std::vector<std::uint64_t> values, std::uint64_t unit)
      : values_(std::move(values)), unit_(unit) {}

  std::vector<std::uint64_t> values_;
  std::uint64_t unit_;
};

}  // namespace comity::measure
