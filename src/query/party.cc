#include "query/party.h"

#include <fmt/format.h>

#include "query/version_rows.h"

namespace comity::query {
namespace {

using log::Query;

Result<std::vector<Party>> find(const Snapshot& snapshot, std::string_view where,
                                std::uint64_t size, ByteView kid, std::int64_t object) {
  COMITY_TRY(const auto prepared,
             snapshot.database().prepare(fmt::format(
                 "SELECT p.object, t.text, o.uuid, w.text, p.country, ct.text, co.uuid, "
                 "p.suspended, p.admitted, e.time FROM party p JOIN object o ON o.id = p.object "
                 "JOIN stix_type t ON t.id = o.type JOIN word w ON w.id = p.breadth "
                 "JOIN entry e ON e.id = p.admitted LEFT JOIN object co ON co.id = p.controller "
                 "LEFT JOIN stix_type ct ON ct.id = co.type "
                 "WHERE p.since < ?1 AND p.until >= ?1 AND {} AND ?2 IS NOT NULL AND "
                 "?3 IS NOT NULL ORDER BY p.admitted, p.object",
                 where)));
  Query rows(prepared, size, kid, object);
  return read_all(rows, [](const Query& row) {
    return Party{.object = ObjectKey{row.integer(0)},
                 .id = read_id(row, 1),
                 .group = row.text(3),
                 .country = row.text(4),
                 .controller = read_id(row, 5),
                 .suspended = row.integer(7) != 0,
                 .admitted = row.count(8),
                 .admitted_time = UnixSeconds{row.integer(9)}};
  });
}

std::optional<Party> first(std::vector<Party> all) {
  if (all.empty()) return std::nullopt;
  return std::move(all.front());
}

}  // namespace

Result<std::optional<Party>> party_of(const Snapshot& snapshot, std::string_view id,
                                      std::uint64_t size) {
  COMITY_TRY(const auto object, object_of(snapshot, id));
  if (!object) return std::nullopt;
  COMITY_TRY(auto all, find(snapshot, "p.object = ?3", size, to_bytes("-"),
                            static_cast<std::int64_t>(*object)));
  return first(std::move(all));
}

Result<std::optional<Party>> party_with_key(const Snapshot& snapshot, const codec::KeyId& kid,
                                            std::uint64_t size) {
  COMITY_TRY(
      auto all,
      find(snapshot, "p.object IN (SELECT party FROM party_key WHERE kid = ?2 AND since < ?1)",
           size, kid.view(), 0));
  return first(std::move(all));
}

Result<std::vector<Party>> parties(const Snapshot& snapshot, std::uint64_t size) {
  return find(snapshot, "1", size, to_bytes("-"), 0);
}

Result<std::vector<PartyKey>> keys_of(const Snapshot& snapshot, ObjectKey party,
                                      std::uint64_t size) {
  COMITY_TRY(const auto prepared,
             snapshot.database().prepare("SELECT kid, custody, since, until FROM party_key "
                                         "WHERE party = ?2 AND since < ?1 ORDER BY since, kid"));
  Query rows(prepared, size, static_cast<std::int64_t>(party));
  return read_all(rows, [size](const Query& row) {
    PartyKey key{.kid = codec::KeyId::from(row.bytes(0)),
                 .custody = row.integer(1) != 0,
                 .added = row.count(2),
                 .revoked = {}};
    if (row.count(3) < size) key.revoked = row.count(3);
    return key;
  });
}

Result<std::uint64_t> filings_of(const Snapshot& snapshot, ObjectKey party, std::uint64_t size) {
  COMITY_TRY(const auto prepared,
             snapshot.database().prepare(
                 "SELECT count(*) FROM entry WHERE id < ?1 AND party = ?2 AND control = 0"));
  Query row(prepared, size, static_cast<std::int64_t>(party));
  COMITY_TRY(const bool found, row.step());
  return found ? row.count(0) : 0;
}

Result<std::vector<Version>> notes_about(const Snapshot& snapshot, ObjectKey party,
                                         std::string_view kind, std::uint64_t size) {
  COMITY_TRY(const auto prepared,
             snapshot.database().prepare(
                 fmt::format("SELECT {} FROM about a CROSS JOIN version v ON v.id = a.version{} "
                             "WHERE a.object = ?2 AND v.entry < ?1 AND v.kind = "
                             "(SELECT id FROM word WHERE text = ?3) ORDER BY v.entry, v.ordinal",
                             kVersionColumns, kVersionJoins)));
  Query rows(prepared, size, static_cast<std::int64_t>(party), kind);
  return read_all(rows, [](const Query& row) { return read_version(row); });
}

}  // namespace comity::query
