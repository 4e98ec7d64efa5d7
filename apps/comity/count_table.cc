#include "count_table.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "codec/csv.h"

#include "text.h"

namespace comity::cli {
namespace {

constexpr std::size_t kLabelWidth = 34;

/// The text in so many columns at least; a longer one is cut, and says so.
std::string label(const CountTable::Row& row) {
  const std::string text = shortened(printable(joined(row.texts, ", ")), kLabelWidth);
  return text + std::string(kLabelWidth - columns(text), ' ');
}

}  // namespace

std::string CountTable::csv(std::size_t most) const {
  std::string text;
  const auto append = [&](const std::vector<std::string>& texts, const std::string& last) {
    std::vector<std::string_view> cells(texts.begin(), texts.end());
    cells.emplace_back(last);
    codec::append_csv_row(text, cells, codec::CsvFormulas::kVerbatim);
  };
  append(keys, counted);
  for (std::size_t i = 0; i < std::min(most, rows.size()); ++i)
    append(rows[i].texts, std::to_string(rows[i].count));
  return text;
}

std::string CountTable::bars(std::size_t most) const {
  std::uint64_t greatest = 0;
  for (const Row& row : rows) greatest = std::max(greatest, row.count);
  std::string text;
  for (std::size_t i = 0; i < std::min(most, rows.size()); ++i)
    text += fmt::format("  {} {:>8}  {}\n", label(rows[i]), grouped(rows[i].count),
                        bar(rows[i].count, greatest, kBarWidth));
  if (rows.size() > most)
    text += fmt::format("  and {} more (--top N)\n", grouped(rows.size() - most));
  return text;
}

std::string bar(std::uint64_t count, std::uint64_t greatest, std::size_t width) {
  if (count == 0 || greatest == 0) return {};
  const double length =
      static_cast<double>(count) * static_cast<double>(width) / static_cast<double>(greatest);
  const auto signs = static_cast<std::size_t>(std::lround(length));
  return std::string(std::clamp<std::size_t>(signs, 1, width), '#');
}

}  // namespace comity::cli
