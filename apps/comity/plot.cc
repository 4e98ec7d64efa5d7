#include "plot.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace comity::cli {
namespace {

/// Of the numbers at the axis, with a space and the axis itself.
constexpr std::size_t kMargin = 8;
constexpr std::array<const char*, 9> kBlocks{" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr const char* kGreyBlock = "░";

std::vector<PlotPoint> gathered(const std::vector<PlotPoint>& points, std::size_t each) {
  std::vector<PlotPoint> columns;
  for (std::size_t begin = 0; begin < points.size(); begin += each) {
    const std::size_t end = std::min(points.size(), begin + each);
    PlotPoint column;
    for (std::size_t i = begin; i < end; ++i) {
      column.value += points[i].value / static_cast<double>(end - begin);
      column.grey = column.grey || points[i].grey;
      column.change = column.change || points[i].change;
      if (column.label.empty()) column.label = points[i].label;
    }
    columns.push_back(std::move(column));
  }
  return columns;
}

/// The character of a bar that fills so much of this row: 0 or less is nothing, 1 or more all.
const char* cell(double filled, bool grey, PlotCharacters characters) {
  if (filled <= 0) return " ";
  if (characters == PlotCharacters::kAscii) {
    if (grey) return ".";
    return filled < 0.5 ? ":" : "#";
  }
  if (grey) return kGreyBlock;
  const auto eighths = static_cast<std::size_t>(std::ceil(std::min(filled, 1.0) * 8));
  return kBlocks[std::clamp<std::size_t>(eighths, 1, 8)];
}

/// Labels that don't touch each other, from the left.
std::string label_line(const std::vector<PlotPoint>& columns) {
  std::string line(kMargin, ' ');
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string& label = columns[i].label;
    const std::size_t at = kMargin + i;
    if (label.empty() || (line.size() > kMargin && line.size() + 1 > at)) continue;
    if (at + label.size() > kMargin + columns.size() + 3) break;
    line.resize(at, ' ');
    line += label;
  }
  return line + "\n";
}

std::string change_line(const std::vector<PlotPoint>& columns) {
  std::string line(kMargin, ' ');
  for (const auto& column : columns) line += column.change ? '^' : ' ';
  const std::size_t end = line.find_last_not_of(' ');
  return end == std::string::npos ? "" : line.substr(0, end + 1) + "\n";
}

}  // namespace

std::size_t points_a_column(std::size_t points, PlotSize size) {
  const std::size_t room = std::max<std::size_t>(size.width, kMargin + 11) - kMargin - 1;
  return std::max<std::size_t>(1, (points + room - 1) / room);
}

std::string plot(const std::vector<PlotPoint>& points, PlotSize size, PlotCharacters characters) {
  if (points.empty()) return {};
  const auto columns = gathered(points, points_a_column(points.size(), size));
  double greatest = 0;
  for (const auto& column : columns) greatest = std::max(greatest, column.value);
  std::string text;
  for (std::size_t row = size.height; row-- > 0;) {
    const bool numbered = row + 1 == size.height || row + 1 == (size.height + 1) / 2;
    const double top = greatest * static_cast<double>(row + 1) / static_cast<double>(size.height);
    text += numbered ? fmt::format("{:>6.1f} |", top) : std::string(kMargin - 1, ' ') + "|";
    for (const auto& column : columns) {
      const double height =
          greatest > 0 ? column.value / greatest * static_cast<double>(size.height) : 0;
      text += cell(height - static_cast<double>(row), column.grey, characters);
    }
    while (text.ends_with(' ')) text.pop_back();
    text += '\n';
  }
  text += std::string(kMargin - 1, ' ') + "+" + std::string(columns.size(), '-') + "\n";
  return text + change_line(columns) + label_line(columns);
}

}  // namespace comity::cli
