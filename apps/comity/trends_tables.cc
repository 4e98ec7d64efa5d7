#include "trends_tables.h"

#include <algorithm>
#include <array>

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
  return {"periods", "effects", "sophistication", "incidents"};
}

Result<std::string> trends_csv(const Trends& trends, std::string_view name,
                               const query::StixIds& ids) {
  if (name == "periods") return periods(trends).text();
  if (name == "effects") return effects(trends).text();
  if (name == "sophistication") return sophistication(trends).text();
  COMITY_ASSERT(name == "incidents");
  COMITY_TRY(auto csv, incidents(trends, ids));
  return std::move(csv).text();
}

std::string facts_text(std::uint64_t units) {
  constexpr std::int64_t kMillion = 1'000'000;
  const auto value = measure::rounded(
      measure::reduced(measure::Int128{units}, measure::Int128{measure::kFact}), kMillion);
  return fmt::format("{}.{:06}", value / kMillion, value % kMillion);
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
