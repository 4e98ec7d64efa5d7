#include "query/trend_dates.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <tuple>

#include <fmt/format.h>

#include "base/partial_date.h"

#include "query/fact_reader.h"
#include "query/shown.h"

namespace comity::query {
namespace {

/// Dates of what was said or done about an object: object, first day, last day, precision.
std::array<std::string, 3> statement_queries() {
  return {
      "SELECT a.object, c.first, c.last, c.date_precision FROM claim c CROSS JOIN version v "
      "ON v.id = c.version CROSS JOIN about a ON a.version = c.version "
      "WHERE c.first IS NOT NULL AND " +
          std::string(kCounted),
      "SELECT a.object, p.first, p.last, p.date_precision FROM publication p CROSS JOIN version v "
      "ON v.id = p.version CROSS JOIN about a ON a.version = p.version "
      "WHERE p.first IS NOT NULL AND " +
          std::string(kCounted),
      // In the inner question `v` is the relationship.
      fmt::format(
          "SELECT t.target, r.first, r.last, r.date_precision FROM response r CROSS JOIN version v "
          "ON v.id = r.version CROSS JOIN relation t ON t.source = v.object "
          "AND t.type = (SELECT id FROM word WHERE text = 'related-to') "
          "WHERE r.first IS NOT NULL AND {0} AND EXISTS "
          "(SELECT 1 FROM version v WHERE v.id = t.version AND {0})",
          kCounted)};
}

/// Keeps the date that says most of when it was public at the latest.
void keep_earlier(std::optional<DaySpan>& kept, const DaySpan& other) {
  const auto rank = [](const DaySpan& it) { return std::tuple(it.last, -it.first); };
  if (!kept || rank(other) < rank(*kept)) kept = other;
}

/// Finds the incident of an object.
class ByObject {
 public:
  explicit ByObject(const std::vector<TrendDates>& dates) {
    places_.reserve(dates.size());
    for (std::uint32_t i = 0; i < dates.size(); ++i) places_.emplace_back(dates[i].object, i);
    std::ranges::sort(places_);
  }
  [[nodiscard]] std::optional<std::uint32_t> place(std::int64_t object) const {
    const auto found = std::ranges::lower_bound(places_, std::pair{object, std::uint32_t{0}});
    if (found == places_.end() || found->first != object) return std::nullopt;
    return found->second;
  }

 private:
  std::vector<std::pair<std::int64_t, std::uint32_t>> places_;
};

Result<void> read_statements(const Snapshot& snapshot, std::uint64_t size, const std::string& sql,
                             const IncidentSet& set, std::vector<TrendDates>& dates) {
  COMITY_TRY(const auto find, snapshot.database().prepare(sql));
  const ByObject by_object(dates);
  log::Query query(find, size);
  for (;;) {
    COMITY_TRY(const bool more, query.step());
    if (!more) return {};
    if (!set.has(query.integer(0))) continue;
    const auto place = by_object.place(query.integer(0));
    if (place)
      keep_earlier(dates[*place].spoken_of,
                   {.first = query.integer(1),
                    .last = query.integer(2),
                    .precision = static_cast<DaySpan::Precision>(query.integer(3))});
  }
}

std::optional<DaySpan> span_of(std::string_view text, std::string_view precision) {
  const auto parsed = PartialDate::parse(text);
  if (!parsed) return std::nullopt;
  const PartialDate date = parsed->at_most(precision);
  return DaySpan{.first = date.first_day(),
                 .last = date.last_day(),
                 .precision = static_cast<DaySpan::Precision>(date.precision())};
}

/// What incidents say themselves: "disclosed": {"date": "2017-06", "precision": "month"}.
Result<void> read_own_dates(const Snapshot& snapshot, const IncidentSet& set,
                            std::vector<TrendDates>& dates) {
  COMITY_TRY(const auto facts, FactReader::open(snapshot.database()));
  const auto column = [&](const char* field) { return facts.column(set.versions, {field}); };
  COMITY_TRY(const auto discovered, column("discovered.date"));
  COMITY_TRY(const auto discovered_to, column("discovered.precision"));
  COMITY_TRY(const auto disclosed, column("disclosed.date"));
  COMITY_TRY(const auto disclosed_to, column("disclosed.precision"));
  for (std::size_t row = 0; row < dates.size(); ++row) {
    dates[row].discovered = span_of(discovered.first(row), discovered_to.first(row));
    dates[row].disclosed = span_of(disclosed.first(row), disclosed_to.first(row));
    if (dates[row].disclosed) keep_earlier(dates[row].spoken_of, *dates[row].disclosed);
  }
  return {};
}

}  // namespace

Result<TrendIncidents> read_trend_dates(const Snapshot& snapshot, std::uint64_t size,
                                        const IncidentFilter& filter) {
  std::vector<TrendDates> dates;
  COMITY_TRY(auto set, select_incidents(snapshot, size, filter, [&](const Incident& incident) {
               dates.push_back({.object = incident.object,
                                .party = incident.party,
                                .start = incident.start,
                                .spoken_of = std::nullopt,
                                .discovered = std::nullopt,
                                .disclosed = std::nullopt});
             }));
  for (const auto& sql : statement_queries())
    COMITY_CHECK(read_statements(snapshot, size, sql, set, dates));
  COMITY_CHECK(read_own_dates(snapshot, set, dates));
  return TrendIncidents{.set = std::move(set), .dates = std::move(dates)};
}

Result<measure::DateInterval> interval_of(const DaySpan& span) {
  using measure::DateInterval;
  const std::chrono::year_month_day date{
      std::chrono::sys_days{std::chrono::days{static_cast<int>(span.first)}}};
  const int year = static_cast<int>(date.year());
  const auto month = static_cast<unsigned>(date.month());
  switch (span.precision) {
    case DaySpan::Precision::kYear:
      return DateInterval::of_year(year);
    case DaySpan::Precision::kMonth:
      return DateInterval::of_month(year, month);
    case DaySpan::Precision::kDay:
      break;
  }
  return DateInterval::of_day(year, month, static_cast<unsigned>(date.day()));
}

}  // namespace comity::query
