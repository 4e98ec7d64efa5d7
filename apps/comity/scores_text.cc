#include "scores_text.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "text.h"

namespace comity::cli {
namespace {

constexpr std::size_t kSeriesShown = 5;

std::string number(const measure::Rational& value) {
  return fmt::format("{:.2f}", measure::to_double(value));
}

std::string row(std::string_view label, const query::ScoredIncidents& of) {
  const auto cells = [&](std::string_view lower, std::string_view median, std::string_view upper,
                         std::string_view mean) {
    return fmt::format("  {:<5}{:>10} {:>9} {:>9} {:>9} {:>9} {:>9}\n", label,
                       grouped(of.incidents), grouped(of.scored()), lower, median, upper, mean);
  };
  if (!of.scores) return cells("-", "-", "-", "-");
  return cells(number(of.scores->lower_quartile), number(of.scores->median),
               number(of.scores->upper_quartile), number(of.scores->mean));
}

/// "EuRepoC 1.1 weighted_cyber_intensity, filed by Some Institute"
std::string series_heading(const query::ScoreSeries& series) {
  std::string text = "  ";
  if (!series.source.empty()) text += printable(series.source) + ' ';
  return text + printable(series.name()) + ", filed by " +
         printable(series.filer.empty() ? series.filed_by : series.filer) + '\n';
}

std::string table(const query::ScoreSeries& series) {
  std::string text = series_heading(series) +
                     "  year  incidents    scored     lower    median     upper      mean\n";
  for (const auto& [year, of] : series.years) text += row(std::to_string(year), of);
  return text + row("all", series.all);
}

}  // namespace

std::string scores_text(const query::Trends& trends) {
  if (trends.scores.empty()) return {};
  std::vector<const query::ScoreSeries*> order;
  order.reserve(trends.scores.size());
  for (const auto& series : trends.scores) order.push_back(&series);
  std::ranges::stable_sort(
      order, [](const auto* a, const auto* b) { return a->all.scored() > b->all.scored(); });
  const std::size_t shown = std::min(order.size(), kSeriesShown);
  std::string text =
      "\nScores that sources give, each on a scale of its own, with quartiles; no score is no "
      "zero\n";
  for (std::size_t i = 0; i < shown; ++i) text += table(*order[i]);
  if (shown < order.size())
    text += fmt::format("  and {}: --csv scores\n",
                        counted(order.size() - shown, "more scale", "more scales"));
  return text;
}

}  // namespace comity::cli
