#include "query/incidents.h"

#include <array>
#include <span>
#include <string>

#include "query/shown.h"

namespace comity::query {
namespace {

using log::SqlValue;

constexpr std::string_view kSelectIncidents =
    "SELECT v.id, v.object, v.party, i.start_first, i.start_last, i.start_precision, "
    "ifnull(i.response_search, 0) "
    "FROM incident i CROSS JOIN version v ON v.id = i.version "
    "WHERE (?2 IS NULL OR EXISTS (SELECT 1 FROM fact f WHERE f.version = v.id "
    "AND f.field = (SELECT id FROM word WHERE text = 'victims.countries') "
    "AND f.value = (SELECT id FROM word WHERE text = ?2))) "
    "AND (?3 IS NULL OR EXISTS (SELECT 1 FROM source s WHERE s.version = v.id AND s.name = ?3)) "
    "AND (?4 IS NULL OR i.start_last >= ?4) AND (?5 IS NULL OR i.start_first <= ?5) "
    "AND ";

SqlValue value(const std::optional<std::string>& text) {
  if (!text) return std::monostate{};
  return std::string_view(*text);
}

SqlValue value(const std::optional<std::int64_t>& number) {
  if (!number) return std::monostate{};
  return *number;
}

Incident read(const log::Query& row) {
  Incident incident{.version = row.integer(0),
                    .object = row.integer(1),
                    .party = row.integer(2),
                    .start = std::nullopt,
                    .response_search = row.integer(6)};
  if (!row.is_null(3))
    incident.start = DaySpan{.first = row.integer(3),
                             .last = row.integer(4),
                             .precision = static_cast<DaySpan::Precision>(row.integer(5))};
  return incident;
}

}  // namespace

Result<IncidentSet> select_incidents(const Snapshot& snapshot, std::uint64_t size,
                                     const IncidentFilter& filter,
                                     const std::function<void(const Incident&)>& take) {
  const auto& database = snapshot.database();
  COMITY_TRY(const std::int64_t objects,
             database.integer("SELECT ifnull(max(id), 0) + 1 FROM object"));
  IncidentSet set{.versions = {}, .objects = Marks(static_cast<std::size_t>(objects))};
  COMITY_TRY(const auto find, database.prepare(std::string(kSelectIncidents) +
                                               std::string(kCounted) + " ORDER BY i.version"));
  const std::array<SqlValue, 5> values{static_cast<std::int64_t>(size), value(filter.country),
                                       value(filter.source), value(filter.from), value(filter.to)};
  log::Query query(find, std::span<const SqlValue>(values));
  for (;;) {
    COMITY_TRY(const bool more, query.step());
    if (!more) return set;
    const Incident incident = read(query);
    set.versions.add(incident.version, 1, 0);
    set.objects.set(static_cast<std::size_t>(incident.object));
    take(incident);
  }
}

}  // namespace comity::query
