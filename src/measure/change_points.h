#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "measure/int128.h"
#include "measure/series.h"

namespace comity::measure {

struct SegmentationOptions {
  /// No segment is shorter; what lasts less is an outlier, not a level. At least 1.
  std::size_t min_length = 6;
  /// Parameters that a further change costs, each half a log2(n): its place counts as two (Zhang
  /// and Siegmund 2007), its level as one.
  std::uint64_t parameters = 3;
};

/// A run of periods with one level, total / (end - begin) in units a period.
struct Segment {
  std::size_t begin = 0;
  std::size_t end = 0;  // one past the last period
  std::uint64_t total = 0;

  bool operator==(const Segment&) const = default;
};

struct Segmentation {
  /// They cover the series in order; each but the first begins at a change. Empty for an empty one.
  std::vector<Segment> segments;
  /// What was used as variance over mean, in 1/65536: 65536 is Poisson.
  std::int64_t dispersion = 0;

  bool operator==(const Segmentation&) const = default;
};

/// How much more the series varies from one period to the next than Poisson counts would, in units
/// of the series and 1/65536: the mean of (b-a)^2 / (a+b) over neighbours a, b that are not both 0.
/// Under one level its expectation is variance / mean, and a change of level touches one term of
/// it only. Never under one fact (Poisson): spreading coarse dates smooths a series.
[[nodiscard]] Int128 dispersion_in_units(const Series& series);

/// What a segment adds to the cost: -total log2(total / length), the part of the quasi-Poisson
/// deviance that depends on where segments end; in units of the series times bits, scaled by 2^32.
/// REQUIRES: length > 0.
[[nodiscard]] Int128 segment_cost(std::uint64_t total, std::size_t length);

/// What each change adds to the cost, in the same unit: dispersion * parameters * log2(n) / 2.
[[nodiscard]] Int128 change_cost(const Series& series, const SegmentationOptions& options);

/// The segmentation of least total cost, exactly (optimal partitioning, Jackson et al. 2005; the
/// optimum that PELT finds too). Of equal costs the one with fewer segments, then the one whose
/// last segment begins first, and so on backwards. O(n^2). A series shorter than two segments is
/// one.
[[nodiscard]] Segmentation change_points(const Series& series,
                                         const SegmentationOptions& options = {});

}  // namespace comity::measure
