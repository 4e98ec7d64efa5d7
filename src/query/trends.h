#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "measure/calendar.h"
#include "measure/change_points.h"
#include "measure/interval_counts.h"
#include "measure/reporting_delay.h"
#include "measure/slope.h"
#include "measure/sophistication.h"

#include "query/incidents.h"
#include "query/tally.h"
#include "query/trend_scores.h"

namespace comity::query {

/// By which date an incident is counted.
enum class TrendDate : std::uint8_t {
  kPublic,  ///< the first that shows it spoken of in public (`TrendDates`), else its start
  kStart,
};
enum class TrendPeriod : std::uint8_t { kMonth, kYear };

struct TrendQuestion {
  IncidentFilter filter;
  TrendDate date = TrendDate::kPublic;
  TrendPeriod period = TrendPeriod::kMonth;
};

/// A month or a year.
struct PeriodRow {
  std::string label;  ///< "2017-06" or "2017"
  measure::PeriodVolume volume;
  bool grey = false;  ///< not yet reported whole, or after the end of the data
};

/// What is said of a series of counts, from its first period to the last that is not grey.
struct SeriesTrend {
  measure::MannKendall test;
  std::optional<measure::Slope> slope;  ///< facts a period; nothing where there is one period
  measure::Segmentation segmentation;   ///< each segment but the first begins at a change
};

/// An incident that has a date.
struct DatedIncident {
  std::size_t row = 0;  ///< among those that are counted
  std::int64_t object = 0;
  measure::DateInterval date;
  bool is_public = false;  ///< whether the date is that of its being spoken of
  measure::Sophistication sophistication;
};

/// Incidents of one year by their date.
struct YearOfIncidents {
  std::uint64_t incidents = 0;
  std::map<std::string, std::uint64_t> effects;  ///< an incident counts for each of its effects
  std::uint64_t effects_stated = 0;              ///< incidents that state any
  std::uint64_t points_low = 0;                  ///< of sophistication, summed
  std::uint64_t points_high = 0;
};

struct Trends {
  std::uint64_t incidents = 0;
  std::uint64_t by_public_date = 0;
  std::uint64_t by_start = 0;
  std::uint64_t undated = 0;                  ///< in no period
  std::array<std::uint64_t, 3> by_precision;  ///< of the dates used: DaySpan::Precision

  std::vector<PeriodRow> periods;  ///< without gaps
  std::size_t whole = 0;           ///< so many are not grey: the first ones
  SeriesTrend spread;              ///< coarse dates spread over their interval
  SeriesTrend placed;              ///< only dates that lie within one period

  std::optional<measure::Month> data_end;  ///< the last month of which a date speaks
  std::optional<measure::ReportingDelay> delay;
  std::uint64_t with_both_dates = 0;  ///< incidents that the delay is of

  std::map<int, YearOfIncidents> years;
  /// Incidents by the least and the most points of sophistication, 0 to 10.
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint64_t> sophistication;
  std::vector<ScoreSeries> scores;   ///< by source, scale and filer
  std::vector<DatedIncident> dated;  ///< in the order of the record
};

/// The measures of docs/method/trends.md of what the record says at that size. Refuses
/// `series-too-long` where more than 2,000 periods are whole, or more than 10,000 lie between
/// the first and the last date; none that is whole is after the log's time.
[[nodiscard]] Result<Trends> trends(const Snapshot& snapshot, std::uint64_t size,
                                    const TrendQuestion& question);

}  // namespace comity::query
