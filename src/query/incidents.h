#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/error.h"

#include "query/marks.h"
#include "query/row_places.h"
#include "query/snapshot.h"

namespace comity::query {

/// Which incidents are counted; what is not set restricts nothing.
struct IncidentFilter {
  std::optional<std::string> country;  ///< a victim's, as ISO 3166-1 has it: "UA"
  std::optional<std::string> source;   ///< the name of an external reference: "EuRepoC 1.1"
  std::optional<std::int64_t> from;    ///< may have begun on this day (since 1970-01-01) or later
  std::optional<std::int64_t> to;      ///< may have begun on this day or before

  [[nodiscard]] bool is_open() const { return !country && !source && !from && !to; }
};

/// From the first to the last day that a date allows, in days since 1970-01-01, and how far it is
/// known.
struct DaySpan {
  enum class Precision : std::uint8_t { kYear = 0, kMonth = 1, kDay = 2 };

  std::int64_t first = 0;
  std::int64_t last = 0;
  Precision precision = Precision::kYear;

  auto operator<=>(const DaySpan&) const = default;
};

/// An incident as it is shown.
struct Incident {
  std::int64_t version = 0;
  std::int64_t object = 0;
  std::int64_t party = 0;  ///< who filed it
  std::optional<DaySpan> start;
  std::int64_t response_search = 0;  ///< a word; 0 where nothing is stated
};

/// The incidents that are counted. What is revoked is none.
struct IncidentSet {
  RowPlaces versions;  ///< one row each, on line 0
  Marks objects{0};    ///< by the object's number

  [[nodiscard]] std::size_t size() const { return versions.size(); }
  [[nodiscard]] bool has(std::int64_t object) const {
    const auto place = static_cast<std::size_t>(object);
    return place < objects.size() && objects[place];
  }
};

/// Those of the record at that size; `take` is told of each, by ascending version.
[[nodiscard]] Result<IncidentSet> select_incidents(
    const Snapshot& snapshot, std::uint64_t size, const IncidentFilter& filter,
    const std::function<void(const Incident&)>& take);

}  // namespace comity::query
