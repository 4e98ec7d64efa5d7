#include "query/version.h"

#include <algorithm>

#include <fmt/format.h>

#include "crypto/uuid.h"
#include "filing/stix_id.h"

#include "query/shown.h"
#include "query/version_rows.h"

namespace comity::query {

using log::Query;

std::string read_id(const Query& row, int type) {
  crypto::Uuid uuid;
  const ByteView bytes = row.bytes(type + 1);
  if (row.is_null(type) || bytes.size() != uuid.bytes.size()) return {};
  std::ranges::copy(bytes, uuid.bytes.begin());
  return row.text(type) + "--" + crypto::to_text(uuid);
}

Version read_version(const Query& row, int first) {
  const auto at = [first](int column) { return first + column; };
  Version version{.key = VersionKey{row.integer(at(0))},
                  .object = ObjectKey{row.integer(at(1))},
                  .id = read_id(row, at(2)),
                  .kind = row.text(at(4)),
                  .party = read_id(row, at(5)),
                  .place = {.entry = row.count(at(7)), .ordinal = row.count(at(8))},
                  .hidden_at = {},
                  .time = UnixSeconds{row.integer(at(10))},
                  .modified = UnixMicros{row.integer(at(11))},
                  .revoked = row.integer(at(12)) != 0,
                  .relayed = row.integer(at(13)) != 0,
                  .shown = row.integer(at(14)) != 0,
                  .held = {}};
  if (!row.is_null(at(9))) version.hidden_at = {row.count(at(9)), version.place.ordinal};
  if (!row.is_null(at(15)))
    version.held = Withheld{
        .by = row.count(at(15)), .ground = row.text(at(16)), .authority = row.text(at(17))};
  return version;
}

Result<std::optional<ObjectKey>> object_of(const Snapshot& snapshot, std::string_view id) {
  if (!filing::is_stix_id(id)) return std::nullopt;
  const std::size_t dashes = id.rfind("--");
  COMITY_TRY(const auto uuid, crypto::parse_uuid(id.substr(dashes + 2)));
  COMITY_TRY(const auto find,
             snapshot.database().prepare("SELECT o.id FROM object o JOIN stix_type t "
                                         "ON t.id = o.type WHERE o.uuid = ?1 AND t.text = ?2"));
  Query row(find, ByteView(uuid.bytes), id.substr(0, dashes));
  COMITY_TRY(const bool found, row.step());
  if (!found) return std::nullopt;
  return ObjectKey{row.integer(0)};
}

Result<std::vector<Version>> versions_of(const Snapshot& snapshot, ObjectKey object,
                                         std::uint64_t size) {
  COMITY_TRY(const auto find, snapshot.database().prepare(fmt::format(
                                  "SELECT {} FROM version v{} WHERE v.object = ?2 AND v.entry < ?1 "
                                  "ORDER BY v.entry, v.ordinal",
                                  kVersionColumns, kVersionJoins)));
  Query rows(find, size, static_cast<std::int64_t>(object));
  return read_all(rows, [](const Query& row) { return read_version(row); });
}

Result<std::vector<ErasedItem>> erased_of(const Snapshot& snapshot, ObjectKey object,
                                          std::uint64_t size) {
  COMITY_TRY(const auto find,
             snapshot.database().prepare(
                 "SELECT g.entry, g.ordinal, t.text, o.uuid, e.time, g.erased_by, g.ground, "
                 "g.authority FROM tombstone g JOIN entry e ON e.id = g.entry "
                 "LEFT JOIN disclosure d ON d.disclosed_by = g.entry "
                 "JOIN entry f ON f.id = coalesce(d.entry, g.entry) "
                 "LEFT JOIN object o ON o.id = f.party LEFT JOIN stix_type t ON t.id = o.type "
                 "WHERE g.object = ?2 AND g.entry < ?1 ORDER BY g.entry, g.ordinal"));
  Query rows(find, size, static_cast<std::int64_t>(object));
  return read_all(rows, [](const Query& row) {
    return ErasedItem{.place = {.entry = row.count(0), .ordinal = row.count(1)},
                      .party = read_id(row, 2),
                      .time = UnixSeconds{row.integer(4)},
                      .why = {.by = row.count(5), .ground = row.text(6), .authority = row.text(7)}};
  });
}

Result<std::optional<Version>> shown_version(const Snapshot& snapshot, ObjectKey object,
                                             std::uint64_t size) {
  COMITY_TRY(const auto find, snapshot.database().prepare(fmt::format(
                                  "SELECT {} FROM version v{} WHERE v.object = ?2 AND {}",
                                  kVersionColumns, kVersionJoins, kShown)));
  Query row(find, size, static_cast<std::int64_t>(object));
  COMITY_TRY(const bool found, row.step());
  if (!found) return std::nullopt;
  return read_version(row);
}

}  // namespace comity::query
