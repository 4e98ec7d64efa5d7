#include "trends_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "count_table.h"
#include "overview_text.h"
#include "scores_text.h"
#include "text.h"
#include "trends_tables.h"

namespace comity::cli {
namespace {

using query::Trends;

constexpr std::size_t kEffectsShown = 5;
constexpr std::size_t kEffectWidth = 12;

std::string_view noun(const TrendsLook& look) {
  return look.period == query::TrendPeriod::kMonth ? "month" : "year";
}

/// Which date was used, and of how many incidents there is none.
std::string dates(const Trends& trends, const TrendsLook& look) {
  std::string text = "  " + counted(trends.incidents, "incident", "incidents") + "; ";
  if (look.date == query::TrendDate::kPublic)
    text += fmt::format("{} by the first dated public statement on them, {} by their start; ",
                        grouped(trends.by_public_date), grouped(trends.by_start));
  else
    text += fmt::format("{} by their start; ", grouped(trends.by_start));
  text += fmt::format("{} have no date and count nowhere. ", grouped(trends.undated));
  text += fmt::format("Of the dates {} are known to the day, {} to the month, {} to the year.",
                      grouped(trends.by_precision[2]), grouped(trends.by_precision[1]),
                      grouped(trends.by_precision[0]));
  return wrapped(text, 2);
}

std::string picture(const Trends& trends, const TrendsLook& look) {
  std::vector<PlotPoint> points;
  std::string year;
  for (std::size_t i = 0; i < trends.periods.size(); ++i) {
    const auto& row = trends.periods[i];
    const std::string of = row.label.substr(0, 4);
    points.push_back({.value = static_cast<double>(row.volume.spread) / measure::kFact,
                      .grey = row.grey,
                      .change = begins_segment(trends.spread, i),
                      .label = of == year ? "" : of});
    year = of;
  }
  const std::size_t each = points_a_column(points.size(), look.size);
  std::string text =
      fmt::format("\nIncidents a {}, coarse dates spread over their interval", noun(look));
  if (each > 1) text += fmt::format("; a column is the mean of {} {}s", each, noun(look));
  return text + "\n" + plot(points, look.size, look.characters);
}

std::string greyness(const Trends& trends, const TrendsLook& look) {
  std::string text;
  if (!trends.delay) {
    text =
        "How late incidents are reported can't be told: no incident has both a start and a dated "
        "public statement that is 24 months old. ";
    if (trends.whole == trends.periods.size())
      text += "So no month is grey, though the last may be incomplete.";
    else
      text += fmt::format(
          "So only what the data do not reach whole, from {} on, is drawn faintly and left out "
          "below, though the last {} before may be incomplete.",
          trends.periods[trends.whole].label, noun(look));
  } else {
    text = fmt::format(
        "Nine of ten incidents were publicly spoken of within {} to {} months of their start (of "
        "{} "
        "that have both dates and are 24 months old, {} of them dated before they began). So with "
        "data up to {}, {} from {} on {} drawn faintly and left out below: more may be reported.",
        trends.delay->least, trends.delay->most, grouped(trends.delay->settled),
        grouped(trends.delay->negative), measure::to_text(*trends.data_end),
        counted(trends.periods.size() - trends.whole, noun(look), std::string(noun(look)) + "s"),
        measure::to_text(measure::grey_from(*trends.delay, *trends.data_end)),
        trends.periods.size() - trends.whole == 1 ? "is" : "are");
  }
  return wrapped(text, 2);
}

std::string per_year(const measure::Rational& slope, const TrendsLook& look) {
  const double factor = look.period == query::TrendPeriod::kMonth ? 12 : 1;
  return fmt::format("{:+.2f}", measure::to_double(slope) * factor);
}

std::string probability(const measure::MannKendall& test) {
  constexpr double kLeastShown = 0.001;
  const double p = measure::two_sided_p(test);
  return p < kLeastShown ? "p < 0.001" : fmt::format("p {:.3f}", p);
}

std::string slope(const query::SeriesTrend& series, const TrendsLook& look) {
  if (!series.slope) return "too short for one";
  std::string text =
      fmt::format("{} a {} for each year", per_year(series.slope->median, look), noun(look));
  if (series.slope->interval)
    text += fmt::format(" (95 %: {} to {})", per_year(series.slope->interval->low, look),
                        per_year(series.slope->interval->high, look));
  const auto direction = measure::direction(series.test);
  text += direction == measure::Direction::rising    ? "; rising, "
          : direction == measure::Direction::falling ? "; falling, "
                                                     : "; not to be told from chance, ";
  return text + probability(series.test);
}

std::string changes(const Trends& trends, const query::SeriesTrend& series, double unit) {
  const auto& segments = series.segmentation.segments;
  if (segments.size() < 2) return "none found, which is no proof that there was none";
  std::vector<std::string> parts;
  parts.reserve(segments.size());
  for (const auto& it : segments)
    parts.push_back(
        fmt::format("from {} {:.2f}", trends.periods[it.begin].label,
                    static_cast<double>(it.total) / unit / static_cast<double>(it.end - it.begin)));
  return joined(parts);
}

std::string numbers(const Trends& trends, const TrendsLook& look) {
  if (trends.whole == 0) return {};
  const auto block = [&](const query::SeriesTrend& series, double unit) {
    Facts facts(8);
    facts.add("slope", slope(series, look)).add("levels", changes(trends, series, unit));
    return facts.text();
  };
  return fmt::format("\nFrom {} to {}, coarse dates spread\n", trends.periods.front().label,
                     trends.periods[trends.whole - 1].label) +
         block(trends.spread, static_cast<double>(measure::kFact)) +
         fmt::format("The same, only of incidents whose date lies within one {}\n", noun(look)) +
         block(trends.placed, 1);
}

/// The effects that most incidents have, by year.
std::string effects_text(const Trends& trends) {
  std::map<std::string, std::uint64_t> totals;
  for (const auto& [number, year] : trends.years)
    for (const auto& [effect, count] : year.effects) totals[effect] += count;
  if (totals.empty()) return {};
  std::vector<std::pair<std::uint64_t, std::string>> order;
  order.reserve(totals.size());
  for (const auto& [effect, count] : totals) order.emplace_back(count, effect);
  std::ranges::stable_sort(order, [](const auto& a, const auto& b) { return a.first > b.first; });
  order.resize(std::min(order.size(), kEffectsShown));
  std::string text =
      "\nEffects by year (an incident counts for each; the most frequent ones)\n"
      "  year stated";
  for (const auto& [count, effect] : order)
    text += fmt::format(" {:>12}", shortened(printable(effect), kEffectWidth));
  text += '\n';
  for (const auto& [number, year] : trends.years) {
    text += fmt::format("  {} {:>6}", number, grouped(year.effects_stated));
    for (const auto& [count, effect] : order) {
      const auto found = year.effects.find(effect);
      text += fmt::format(" {:>12}", grouped(found == year.effects.end() ? 0 : found->second));
    }
    text += '\n';
  }
  return text;
}

std::string sophistication_text(const Trends& trends) {
  if (trends.sophistication.empty()) return {};
  CountTable table;
  for (const auto& [points, count] : trends.sophistication)
    table.rows.push_back(
        {.texts = {fmt::format("{} to {} points", points.first, points.second)}, .count = count});
  return "\nSophistication: at least and at most so many of 10 points, unknown being no zero\n" +
         table.bars(table.rows.size());
}

}  // namespace

std::string trends_text(const Trends& trends, const TrendsLook& look) {
  std::string text = dates(trends, look);
  if (trends.periods.empty()) return text + sophistication_text(trends) + scores_text(trends);
  text += picture(trends, look);
  text += greyness(trends, look);
  text += numbers(trends, look);
  text += effects_text(trends);
  text += sophistication_text(trends);
  text += scores_text(trends);
  return text;
}

}  // namespace comity::cli
