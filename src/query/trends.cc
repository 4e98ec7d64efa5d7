#include "query/trends.h"

#include <algorithm>
#include <set>

#include "query/fact_reader.h"
#include "query/names.h"
#include "query/sophistication_facts.h"
#include "query/trend_dates.h"

namespace comity::query {
namespace {

using measure::DateInterval;
using measure::Month;

constexpr std::int64_t kSecondsPerDay = 86'400;
/// Periods between the first and the last date, grey ones included.
constexpr std::size_t kMostPeriods = 10'000;

/// The month of the log's time when it had so many entries.
Result<Month> month_at(const Snapshot& snapshot, std::uint64_t size) {
  COMITY_TRY(const auto find, snapshot.database().prepare(
                                  "SELECT ifnull(max(time), 0) FROM entry WHERE id = ?1 - 1"));
  log::Query query(find, size);
  COMITY_TRY(const bool found, query.step());
  const std::int64_t days = found ? query.integer(0) / kSecondsPerDay : 0;
  return measure::month_of(measure::Day{static_cast<std::int32_t>(days)});
}

/// The last month in which a date lies that is known to the month, none after that of the log's
/// time: what is dated later than that is wrong.
std::optional<Month> data_end(const std::vector<TrendDates>& dates, Month latest) {
  std::optional<Month> end;
  for (const auto& it : dates)
    for (const auto& span : {it.start, it.spoken_of})
      if (span && span->precision != DaySpan::Precision::kYear) {
        const Month month = measure::month_of(measure::Day{static_cast<std::int32_t>(span->last)});
        end = std::max(end.value_or(month), month);
      }
  return end ? std::min(*end, latest) : end;
}

Result<void> add_delay(const std::vector<TrendDates>& dates, Trends& found) {
  std::vector<measure::Disclosure> events;
  for (const auto& it : dates) {
    if (!it.start || !it.spoken_of) continue;
    COMITY_TRY(const auto occurred, interval_of(*it.start));
    COMITY_TRY(const auto disclosed, interval_of(*it.spoken_of));
    events.push_back({.occurred = occurred, .disclosed = disclosed});
  }
  found.with_both_dates = events.size();
  if (found.data_end) found.delay = measure::reporting_delay(events, {.as_of = *found.data_end});
  return {};
}

Result<void> add_dated(const std::vector<TrendDates>& dates, TrendDate by,
                       const std::vector<measure::SophisticationFacts>& facts, Trends& found) {
  for (std::size_t i = 0; i < dates.size(); ++i) {
    const auto sophistication = measure::sophistication(facts[i]);
    ++found.sophistication[{sophistication.total.low, sophistication.total.high}];
    const bool is_public = by == TrendDate::kPublic && dates[i].spoken_of;
    const auto& span = is_public ? dates[i].spoken_of : dates[i].start;
    if (!span) {
      ++found.undated;
      continue;
    }
    ++(is_public ? found.by_public_date : found.by_start);
    ++found.by_precision[static_cast<std::size_t>(span->precision)];
    COMITY_TRY(const auto date, interval_of(*span));
    found.dated.push_back({.row = i,
                           .object = dates[i].object,
                           .date = date,
                           .is_public = is_public,
                           .sophistication = sophistication});
  }
  return {};
}

template <class Period>
void add_periods(const measure::Volume<Period>& volume, Trends& found) {
  std::int32_t number = measure::number(volume.first);
  found.periods.reserve(volume.periods.size());
  for (const auto& row : volume.periods)
    found.periods.push_back(
        {.label = measure::to_text(Period{number++}), .volume = row, .grey = false});
}

/// The number of periods before the grey ones.
template <class Period>
std::size_t whole_periods(const measure::Volume<Period>& volume, Period grey) {
  const std::int64_t before =
      std::int64_t{measure::number(grey)} - std::int64_t{measure::number(volume.first)};
  return static_cast<std::size_t>(
      std::clamp<std::int64_t>(before, 0, static_cast<std::int64_t>(volume.periods.size())));
}

/// Without a delay only what is after the end of the data is grey: a wrong date of the next century
/// must not make a series of the years until then.
Month grey_from(const Trends& found, Month latest) {
  if (found.delay) return measure::grey_from(*found.delay, *found.data_end);
  return Month{measure::number(found.data_end.value_or(latest)) + 1};
}

void add_volume(TrendPeriod period, Month latest, Trends& found) {
  std::vector<DateInterval> dates;
  dates.reserve(found.dated.size());
  for (const auto& it : found.dated) dates.push_back(it.date);
  const Month grey = grey_from(found, latest);
  if (period == TrendPeriod::kMonth) {
    const auto volume = measure::monthly_volume(dates);
    add_periods(volume, found);
    found.whole = whole_periods(volume, grey);
  } else {
    const auto volume = measure::yearly_volume(dates);
    add_periods(volume, found);
    // A year with one grey month is not whole.
    found.whole = whole_periods(volume, measure::year_of(grey));
  }
  for (std::size_t i = found.whole; i < found.periods.size(); ++i) found.periods[i].grey = true;
}

SeriesTrend trend_of(const measure::Series& series) {
  return {.test = measure::mann_kendall(series),
          .slope = measure::theil_sen(series),
          .segmentation = measure::change_points(series)};
}

Result<void> add_trend(Trends& found) {
  std::vector<measure::PeriodVolume> whole;
  whole.reserve(found.whole);
  for (std::size_t i = 0; i < found.whole; ++i) whole.push_back(found.periods[i].volume);
  COMITY_TRY(const auto spread, measure::spread_series(whole));
  COMITY_TRY(const auto placed, measure::placed_series(whole));
  found.spread = trend_of(spread);
  found.placed = trend_of(placed);
  return {};
}

int year_of(const DateInterval& date) { return measure::number(measure::year_of(date.first())); }

/// Effects and sophistication by year.
void add_years(const Column& effects, Trends& found) {
  for (const auto& dated : found.dated) {
    auto& year = found.years[year_of(dated.date)];
    ++year.incidents;
    year.points_low += dated.sophistication.total.low;
    year.points_high += dated.sophistication.total.high;
    const auto listed = effects.of(dated.row);
    const std::set<Column::Code> codes(listed.begin(), listed.end());
    if (!codes.empty()) ++year.effects_stated;
    for (const auto code : codes) ++year.effects[std::string(effects.text(code))];
  }
}

/// Of each incident, in the set's order, the year of its date.
std::vector<std::optional<int>> years_of(const Trends& found) {
  std::vector<std::optional<int>> years(found.incidents);
  for (const auto& dated : found.dated) years[dated.row] = year_of(dated.date);
  return years;
}

}  // namespace

Result<Trends> trends(const Snapshot& snapshot, std::uint64_t size, const TrendQuestion& question) {
  COMITY_TRY(const auto facts, FactReader::open(snapshot.database()));
  COMITY_TRY(const auto read, read_trend_dates(snapshot, size, question.filter));
  COMITY_TRY(const auto sophistication, sophistication_facts(facts, read));
  COMITY_TRY(const auto effects, facts.column(read.set.versions, {"effects"}));
  Trends found{};
  found.incidents = read.dates.size();
  COMITY_TRY(const Month latest, month_at(snapshot, size));
  found.data_end = data_end(read.dates, latest);
  COMITY_CHECK(add_delay(read.dates, found));
  COMITY_CHECK(add_dated(read.dates, question.date, sophistication, found));
  add_volume(question.period, latest, found);
  if (found.periods.size() > kMostPeriods)
    return refuse(
        "series-too-long",
        "The dates of incidents lie too far apart for one series; leave the absurd ones out "
        "by --from and --to, or ask by years.");
  COMITY_CHECK(add_trend(found));
  add_years(effects, found);
  COMITY_TRY(found.scores, trend_scores(snapshot.database(), read, years_of(found)));
  COMITY_TRY(auto names, Names::open(snapshot, size));
  for (ScoreSeries& series : found.scores) {
    COMITY_TRY(series.filer, names.of(series.filed_by));
  }
  return found;
}

}  // namespace comity::query
