#include "query/trends_json.h"

#include "base/bytes.h"
#include "crypto/sha256.h"
#include "measure/method.h"

namespace comity::query {
namespace {

/// Exact, and as a number to look at.
Json rational_json(const measure::Rational& value) {
  return {{"numerator", value.numerator},
          {"denominator", value.denominator},
          {"value", measure::to_double(value)}};
}

Json slope_json(const std::optional<measure::Slope>& slope) {
  if (!slope) return nullptr;
  Json json{{"median", rational_json(slope->median)}, {"interval", nullptr}};
  if (slope->interval)
    json["interval"] = {{"low", rational_json(slope->interval->low)},
                        {"high", rational_json(slope->interval->high)}};
  return json;
}

/// `unit`: how many units one incident is.
Json segments_json(const Trends& trends, const SeriesTrend& series, std::uint64_t unit) {
  Json list = Json::array();
  for (const auto& it : series.segmentation.segments)
    list.push_back({{"from", trends.periods[it.begin].label},
                    {"to", trends.periods[it.end - 1].label},
                    {"periods", it.end - it.begin},
                    {"units", it.total},
                    {"level", static_cast<double>(it.total) / static_cast<double>(unit) /
                                  static_cast<double>(it.end - it.begin)}});
  return list;
}

Json series_json(const Trends& trends, const SeriesTrend& series, std::uint64_t unit) {
  constexpr double kDispersionUnit = 65536;
  const auto direction = measure::direction(series.test);
  return {{"unit", unit},
          {"slope", slope_json(series.slope)},
          {"mann_kendall",
           {{"s", series.test.s},
            {"variance_times_18", series.test.variance18},
            {"direction", direction == measure::Direction::rising    ? "rising"
                          : direction == measure::Direction::falling ? "falling"
                                                                     : "none"},
            {"p", measure::two_sided_p(series.test)}}},
          {"dispersion", static_cast<double>(series.segmentation.dispersion) / kDispersionUnit},
          {"segments", segments_json(trends, series, unit)}};
}

Json periods_json(const Trends& trends) {
  Json list = Json::array();
  for (const auto& it : trends.periods)
    list.push_back({{"period", it.label},
                    {"placed", it.volume.placed},
                    {"possible", it.volume.possible},
                    {"spread_units", it.volume.spread},
                    {"grey", it.grey}});
  return list;
}

Json delay_json(const Trends& trends) {
  Json json{{"incidents_with_both_dates", trends.with_both_dates},
            {"data_end", nullptr},
            {"months_of_90_percent", nullptr}};
  if (trends.data_end) json["data_end"] = measure::to_text(*trends.data_end);
  if (!trends.delay) return json;
  json["months_of_90_percent"] = {{"least", trends.delay->least}, {"most", trends.delay->most}};
  json["settled"] = trends.delay->settled;
  json["too_recent"] = trends.delay->too_recent;
  json["negative"] = trends.delay->negative;
  json["grey_from"] = measure::to_text(measure::grey_from(*trends.delay, *trends.data_end));
  return json;
}

Json years_json(const Trends& trends) {
  Json list = Json::array();
  for (const auto& [number, year] : trends.years) {
    Json effects = Json::object();
    for (const auto& [effect, count] : year.effects) effects[effect] = count;
    list.push_back(
        {{"year", number},
         {"incidents", year.incidents},
         {"effects_stated", year.effects_stated},
         {"effects", std::move(effects)},
         {"sophistication_points", {{"least", year.points_low}, {"most", year.points_high}}}});
  }
  return list;
}

Json sophistication_json(const Trends& trends) {
  Json list = Json::array();
  for (const auto& [points, count] : trends.sophistication)
    list.push_back({{"least", points.first}, {"most", points.second}, {"incidents", count}});
  return list;
}

Json scored_json(const ScoredIncidents& scored) {
  Json json{{"incidents", scored.incidents},
            {"scored", scored.scored()},
            {"unscored", scored.incidents - scored.scored()},
            {"median", nullptr},
            {"quartiles", nullptr},
            {"mean", nullptr}};
  if (!scored.scores) return json;
  json["median"] = rational_json(scored.scores->median);
  json["quartiles"] = {{"lower", rational_json(scored.scores->lower_quartile)},
                       {"upper", rational_json(scored.scores->upper_quartile)}};
  json["mean"] = rational_json(scored.scores->mean);
  return json;
}

Json scores_json(const Trends& trends) {
  Json list = Json::array();
  for (const auto& series : trends.scores) {
    Json json{{"source", nullptr},
              {"score", series.name()},
              {"field", series.field},
              {"filed_by", series.filed_by}};
    if (!series.source.empty()) json["source"] = series.source;
    json.update(scored_json(series.all));
    Json years = Json::array();
    for (const auto& [number, year] : series.years) {
      years.push_back({{"year", number}});
      years.back().update(scored_json(year));
    }
    json["years"] = std::move(years);
    list.push_back(std::move(json));
  }
  return list;
}

/// Without the p values, which rest on the machine's library of mathematics.
void drop_p(Json& json) {
  if (json.is_object()) json.erase("p");
  if (json.is_structured())
    for (Json& it : json) drop_p(it);
}

std::string digest_of(Json measured) {
  drop_p(measured);
  return to_hex(ByteView(crypto::sha256(as_bytes(measured.dump()))));
}

Json measured_json(const Trends& trends) {
  return {{"method", {{"name", "trends"}, {"version", measure::kTrendsMethod}}},
          {"incidents", trends.incidents},
          {"dated",
           {{"public", trends.by_public_date},
            {"start", trends.by_start},
            {"none", trends.undated},
            {"known_to",
             {{"day", trends.by_precision[2]},
              {"month", trends.by_precision[1]},
              {"year", trends.by_precision[0]}}}}},
          {"units_of_an_incident", measure::kFact},
          {"periods", periods_json(trends)},
          {"whole_periods", trends.whole},
          {"reporting_delay", delay_json(trends)},
          {"spread", series_json(trends, trends.spread, measure::kFact)},
          {"placed", series_json(trends, trends.placed, 1)},
          {"years", years_json(trends)},
          {"sophistication", sophistication_json(trends)},
          {"scores", scores_json(trends)}};
}

}  // namespace

Json trends_json(const Trends& trends) {
  Json json = measured_json(trends);
  json["digest"] = digest_of(json);
  return json;
}

}  // namespace comity::query
