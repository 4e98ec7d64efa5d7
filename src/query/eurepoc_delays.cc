#include "query/eurepoc_delays.h"

#include <algorithm>
#include <map>

#include "measure/order_statistics.h"

#include "query/earliest.h"

namespace comity::query {
namespace {

constexpr std::size_t kYearDigits = 4;

Figures delays(const std::vector<std::int64_t>& days) {
  std::vector<std::int64_t> not_negative;
  std::ranges::copy_if(days, std::back_inserter(not_negative),
                       [](std::int64_t it) { return it >= 0; });
  Figures quartiles = nullptr;
  if (!not_negative.empty())
    quartiles = Figures::array({measure::nearest_rank(not_negative, 25).value(),
                                measure::nearest_rank(not_negative, 75).value()});
  return {{"n", days.size()},
          {"median", number(measure::median(days))},
          {"n_nonneg", not_negative.size()},
          {"median_nonneg", number(measure::median(not_negative))},
          {"p25_p75_nonneg", std::move(quartiles)},
          {"negative", days.size() - not_negative.size()}};
}

/// The least and the greatest of the texts, "" where there are none.
std::pair<std::string, std::string> ends_of(const Column& column) {
  std::string least;
  std::string most;
  for (Column::Code code = 0; code < column.distinct(); ++code) {
    const std::string text(column.text(code));
    if (least.empty() || text < least) least = text;
    most = std::max(most, text);
  }
  return {least, most};
}

std::size_t count_end_before_start(const Table& incidents) {
  const Column& start = incidents.column("start_date");
  const Column& end = incidents.column("end_date");
  std::size_t count = 0;
  for (std::size_t row = 0; row < incidents.rows(); ++row)
    if (is_given(start.first(row)) && is_given(end.first(row)) && end.first(row) < start.first(row))
      ++count;
  return count;
}

}  // namespace

void add_eurepoc_dates(const EurepocTables& tables, Figures& figures) {
  const Table& incidents = tables.incidents;
  const auto [start_min, start_max] = ends_of(incidents.column("start_date"));
  figures["date_quality"] = {
      {"start_missing", (~incidents.where("start_date", is_given)).count()},
      {"end_missing", (~incidents.where("end_date", is_given)).count()},
      {"start_jan_1", incidents.where("start_date", ends_with("-01-01")).count()},
      {"start_day_1", incidents.where("start_date", ends_with("-01")).count()},
      {"end_before_start", count_end_before_start(incidents)},
      {"start_min", start_min},
      {"start_max", start_max},
      {"end_max", ends_of(incidents.column("end_date")).second}};

  std::map<std::string, std::uint64_t> by_year;
  const Column& start = incidents.column("start_date");
  for (std::size_t row = 0; row < incidents.rows(); ++row)
    if (is_given(start.first(row))) ++by_year[std::string(start.first(row).substr(0, kYearDigits))];
  Figures years = Figures::array();
  for (const auto& [year, count] : by_year) years.push_back(Figures::array({year, count}));
  figures["incidents_by_start_year"] = std::move(years);
}

void add_eurepoc_delays(const EurepocTables& tables, Figures& figures) {
  const Table& claims = tables.attributions;
  const Marks with_category = claims.where("attributed_initiator_category", is_known);
  const Marks by_state =
      claims.where("attributed_initiator_category",
                   is_any_of({kStateCategories.begin(), kStateCategories.end()}));
  const Days start = earliest(tables.incidents, "start_date");
  const Days political = earliest(tables.incidents, "political_response_date");
  const Days legal = earliest(tables.incidents, "legal_response_date");
  const Days response = earlier(political, legal);
  const Days attribution = earliest(claims, "attribution_date", with_category);
  const auto from_start = [&](const Days& to) { return delays(days_between(start, to)); };
  figures["days_to_first"] = {
      {"political_response", from_start(political)},
      {"legal_response", from_start(legal)},
      {"any_response", from_start(response)},
      {"attribution_any_row", from_start(earliest(claims, "attribution_date"))},
      {"attribution_non_missing_category", from_start(attribution)},
      {"attribution_to_state", from_start(earliest(claims, "attribution_date", by_state))}};
  const auto after_attribution = days_between(attribution, response);
  figures["days_attribution_to_response"] = {
      {"n", after_attribution.size()},
      {"median", number(measure::median(after_attribution))},
      {"response_before_attribution",
       std::ranges::count_if(after_attribution, [](std::int64_t it) { return it < 0; })}};
}

}  // namespace comity::query
