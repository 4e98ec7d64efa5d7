#include "query/summary.h"

#include <algorithm>

#include "query/version_rows.h"

namespace comity::query {
namespace {

using log::Query;

Result<std::uint64_t> number(const Snapshot& snapshot, std::string_view sql, std::uint64_t size) {
  COMITY_TRY(const auto prepared, snapshot.database().prepare(sql));
  Query row(prepared, size);
  COMITY_TRY(const bool found, row.step());
  return found ? row.count(0) : 0;
}

}  // namespace

Result<Summary> summarize(const Snapshot& snapshot, std::uint64_t size) {
  Summary summary;
  COMITY_TRY(const auto time, number(snapshot, "SELECT time FROM entry WHERE id = ?1 - 1", size));
  summary.time = UnixSeconds{static_cast<std::int64_t>(time)};
  if (size == snapshot.stamp().size) summary.root = snapshot.stamp().root;
  {
    COMITY_TRY(const auto count, snapshot.database().prepare(
                                     "SELECT count(*), sum(control), count(void), sum(hidden), "
                                     "count(DISTINCT iif(control, NULL, party)) "
                                     "FROM entry WHERE id < ?1"));
    Query row(count, size);
    COMITY_TRY(const bool found, row.step());
    if (found) {
      summary.controls = row.count(1);
      summary.void_entries = row.count(2);
      summary.filings = row.count(0) - summary.controls - summary.void_entries;
      summary.hidden = row.count(3);
      summary.filing_parties = row.count(4);
    }
  }
  COMITY_TRY(const auto disclosed,
             number(snapshot, "SELECT count(*) FROM disclosure WHERE disclosed_by < ?1", size));
  summary.hidden -= std::min(summary.hidden, disclosed);
  COMITY_TRY(summary.parties,
             number(snapshot, "SELECT count(*) FROM party WHERE since < ?1 AND until >= ?1", size));
  COMITY_TRY(summary.versions,
             number(snapshot, "SELECT count(*) FROM version WHERE entry < ?1", size));
  COMITY_TRY(summary.erased,
             number(snapshot, "SELECT count(*) FROM tombstone WHERE entry < ?1", size));
  const bool newest = size == snapshot.stamp().size;
  COMITY_TRY(const auto kinds,
             snapshot.database().prepare(
                 newest ? "SELECT w.text, count(*) FROM version v JOIN word w ON w.id = v.kind "
                          "WHERE v.until = 9223372036854775807 AND ?1 >= 0 GROUP BY v.kind "
                          "ORDER BY 2 DESC, 1"
                        : "SELECT w.text, count(*) FROM version v JOIN word w ON w.id = v.kind "
                          "WHERE v.since < ?1 AND v.until >= ?1 GROUP BY v.kind "
                          "ORDER BY 2 DESC, 1"));
  Query rows(kinds, size);
  COMITY_TRY(summary.kinds, read_all(rows, [](const Query& row) {
               return Counted{.what = row.text(0), .count = row.count(1)};
             }));
  return summary;
}

}  // namespace comity::query
