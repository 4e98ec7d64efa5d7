#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "measure/calendar.h"

#include "query/incidents.h"

namespace comity::query {

/// When an incident began, and when the record first shows that somebody spoke of it in public: at
/// the latest then it was disclosed.
struct TrendDates {
  std::int64_t object = 0;
  std::int64_t party = 0;  ///< who filed it
  std::optional<DaySpan> start;
  /// Of the dates that its claims, replies, responses and captured publications have, and the date
  /// of disclosure that it states itself, the one whose last possible day is first; of several such
  /// the most exact.
  std::optional<DaySpan> spoken_of;
  /// What the incident states itself.
  std::optional<DaySpan> discovered;
  std::optional<DaySpan> disclosed;
};

/// Those of the incidents that are counted, in the set's order.
struct TrendIncidents {
  IncidentSet set;
  std::vector<TrendDates> dates;
};

[[nodiscard]] Result<TrendIncidents> read_trend_dates(const Snapshot& snapshot, std::uint64_t size,
                                                      const IncidentFilter& filter);

/// The span as the measures take it.
[[nodiscard]] Result<measure::DateInterval> interval_of(const DaySpan& span);

}  // namespace comity::query
