#include "trends_tables.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include <fmt/format.h>

#include "base/error.h"
#include "codec/csv.h"
#include "measure/order_statistics.h"

namespace comity::cli {
namespace {

using query::Trends;

/// A table that grows by rows of texts.
class Csv {
 public:
  void add(const std::vector<std::string>& texts) {
    const std::vector<std::string_view> cells(texts.begin(), texts.end());
    codec::append_csv_row(text_, cells, codec::CsvFormulas::kVerbatim);
  }
  [[nodiscard]] std::string text() && { return std::move(text_); }

 private:
  std::string text_;
};

std::string yes(bool it) { return it ? "true" : "false"; }

Csv periods(const Trends& trends) {
  Csv csv;
  csv.add({"period", "placed", "possible", "spread", "grey", "change", "change_placed"});
  for (std::size_t i = 0; i < trends.periods.size(); ++i) {
    const auto& row = trends.periods[i];
    csv.add({row.label, std::to_string(row.volume.placed), std::to_string(row.volume.possible),
             facts_text(row.volume.spread), yes(row.grey), yes(begins_segment(trends.spread, i)),
             yes(begins_segment(trends.placed, i))});
  }
  return csv;
}

Csv effects(const Trends& trends) {
  Csv csv;
  csv.add({"year", "effect", "incidents", "incidents_stating", "incidents_of_year"});
  for (const auto& [number, year] : trends.years)
    for (const auto& [effect, count] : year.effects)
      csv.add({std::to_string(number), effect, std::to_string(count),
               std::to_string(year.effects_stated), std::to_string(year.incidents)});
  return csv;
}

Csv sophistication(const Trends& trends) {
  Csv csv;
  csv.add({"least", "most", "incidents"});
  for (const auto& [points, count] : trends.sophistication)
    csv.add({std::to_string(points.first), std::to_string(points.second), std::to_string(count)});
  return csv;
}

std::string or_nothing(const query::ScoredIncidents& scored,
                       measure::Rational measure::ScoreSummary::* which) {
  return scored.scores ? decimal_text((*scored.scores).*which) : std::string();
}

void add_scores(const query::ScoreSeries& series, std::string_view year,
                const query::ScoredIncidents& scored, Csv& csv) {
  using Summary = measure::ScoreSummary;
  csv.add({series.source, std::string(series.name()), series.field, series.filed_by,
           std::string(year), std::to_string(scored.incidents), std::to_string(scored.scored()),
           or_nothing(scored, &Summary::lower_quartile), or_nothing(scored, &Summary::median),
           or_nothing(scored, &Summary::upper_quartile), or_nothing(scored, &Summary::mean)});
}

/// Each series by year, then of all its incidents, those without a date too.
Csv scores(const Trends& trends) {
  Csv csv;
  csv.add({"source", "score", "field", "filed_by", "year", "incidents", "scored", "lower_quartile",
           "median", "upper_quartile", "mean"});
  for (const auto& series : trends.scores) {
    for (const auto& [year, scored] : series.years)
      add_scores(series, std::to_string(year), scored, csv);
    add_scores(series, "all", series.all, csv);
  }
  return csv;
}

Result<Csv> incidents(const Trends& trends, const query::StixIds& ids) {
  Csv csv;
  csv.add({"incident", "date", "of", "sophistication_least", "sophistication_most",
           "dimensions_certain"});
  for (const auto& it : trends.dated) {
    COMITY_TRY(const auto id, ids.of(it.object));
    csv.add({id, date_text(it.date), it.is_public ? "public" : "start",
             std::to_string(it.sophistication.total.low),
             std::to_string(it.sophistication.total.high),
             std::to_string(it.sophistication.certain)});
  }
  return csv;
}

}  // namespace

std::vector<std::string> trends_tables() {
  return {"periods", "effects", "sophistication", "scores", "incidents"};
}

Result<std::string> trends_csv(const Trends& trends, std::string_view name,
                               const query::StixIds& ids) {
  if (name == "periods") return periods(trends).text();
  if (name == "effects") return effects(trends).text();
  if (name == "sophistication") return sophistication(trends).text();
  if (name == "scores") return scores(trends).text();
  COMITY_ASSERT(name == "incidents");
  COMITY_TRY(auto csv, incidents(trends, ids));
  return std::move(csv).text();
}

std::string facts_text(std::uint64_t units) {
  return decimal_text(measure::reduced(measure::Int128{units}, measure::Int128{measure::kFact}));
}

std::string decimal_text(const measure::Rational& value) {
  constexpr std::int64_t kMillion = 1'000'000;
  const std::int64_t rounded = measure::rounded(value, kMillion);
  const std::int64_t size = std::abs(rounded);
  return fmt::format("{}{}.{:06}", rounded < 0 ? "-" : "", size / kMillion, size % kMillion);
}

std::string date_text(const measure::DateInterval& date) {
  if (date.days() == 1) return measure::to_text(date.first());
  if (date.first_month() == date.last_month()) return measure::to_text(date.first_month());
  return measure::to_text(measure::year_of(date.first()));
}

bool begins_segment(const query::SeriesTrend& trend, std::size_t period) {
  const auto& segments = trend.segmentation.segments;
  return period > 0 &&
         std::ranges::find(segments, period, &measure::Segment::begin) != segments.end();
}

}  // namespace comity::cli
