#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace comity::cli {

/// A column of a plot.
struct PlotPoint {
  double value = 0;
  bool grey = false;    ///< drawn faintly
  bool change = false;  ///< marked under the axis
  std::string label;    ///< of the axis, where there is room: "2017"; may be empty
};

struct PlotSize {
  std::size_t width = 80;   ///< in all
  std::size_t height = 10;  ///< of the bars
};

enum class PlotCharacters : std::uint8_t { kAscii, kBlocks };

/// Bars over time, the axis, labels of it and marks of changes (^). Where there are more points
/// than columns, equally many neighbours share a column, which shows their mean: `points_a_column`
/// says of how many. Empty where there are no points.
[[nodiscard]] std::string plot(const std::vector<PlotPoint>& points, PlotSize size,
                               PlotCharacters characters);

/// How many points a column of the plot stands for.
[[nodiscard]] std::size_t points_a_column(std::size_t points, PlotSize size);

}  // namespace comity::cli
