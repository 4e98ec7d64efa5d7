#include "query/filed_by.h"

#include <fmt/format.h>

#include "crypto/uuid.h"
#include "filing/stix_id.h"

#include "query/version_rows.h"

namespace comity::query {

using log::Query;

Result<FiledBy> FiledBy::open(const Snapshot& snapshot, std::string_view party) {
  FiledBy filed;
  filed.size_ = snapshot.stamp().size;
  COMITY_TRY(const auto number, object_of(snapshot, party));
  filed.party_ = number ? static_cast<std::int64_t>(*number) : -1;
  const auto& database = snapshot.database();
  COMITY_TRY(filed.object_,
             database.prepare("SELECT o.id FROM object o JOIN stix_type t ON t.id = o.type "
                              "WHERE o.uuid = ?1 AND t.text = ?2"));
  COMITY_TRY(filed.versions_,
             database.prepare(fmt::format("SELECT {} FROM version v{} WHERE v.object = ?2 AND "
                                          "v.party = ?3 ORDER BY v.modified",
                                          kVersionColumns, kVersionJoins)));
  COMITY_TRY(filed.erased_, database.prepare("SELECT 1 FROM tombstone g LEFT JOIN disclosure d "
                                             "ON d.disclosed_by = g.entry JOIN entry f "
                                             "ON f.id = coalesce(d.entry, g.entry) "
                                             "WHERE g.object = ?1 AND f.party = ?2 LIMIT 1"));
  return filed;
}

Result<std::optional<FiledBy::Filed>> FiledBy::of(std::string_view id) const {
  if (!filing::is_stix_id(id)) return std::nullopt;
  const std::size_t dashes = id.rfind("--");
  COMITY_TRY(const auto uuid, crypto::parse_uuid(id.substr(dashes + 2)));
  std::int64_t object = 0;
  {
    Query row(object_, ByteView(uuid.bytes), id.substr(0, dashes));
    COMITY_TRY(const bool found, row.step());
    if (!found) return std::nullopt;
    object = row.integer(0);
  }
  Filed filed;
  {
    Query row(versions_, size_, object, party_);
    while (true) {
      COMITY_TRY(const bool found, row.step());
      if (!found) break;
      filed.newest = read_version(row);
      if (filed.newest->revoked) filed.withdrawn = true;
    }
  }
  Query row(erased_, object, party_);
  COMITY_TRY(const bool erased, row.step());
  if (erased) filed.withdrawn = true;
  if (!erased && !filed.newest) return std::nullopt;
  return filed;
}

}  // namespace comity::query
