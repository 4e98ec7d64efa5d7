#include "query/names.h"

#include <utility>

#include <fmt/format.h>

#include "crypto/uuid.h"
#include "filing/stix_id.h"

#include "query/shown.h"
#include "query/version_rows.h"

namespace comity::query {

using log::Query;

namespace {

/// Names that are kept; they are found again in no time.
constexpr std::size_t kKnown = 4096;

}  // namespace

Result<Names> Names::open(const Snapshot& snapshot, std::uint64_t size) {
  COMITY_TRY(auto find, snapshot.database().prepare(fmt::format(
                            "SELECT n.text FROM object o JOIN stix_type t ON t.id = o.type "
                            "JOIN version v ON v.object = o.id AND {} JOIN name n "
                            "ON n.version = v.id AND n.ordinal = 0 "
                            "WHERE o.uuid = ?2 AND t.text = ?3 AND {}",
                            kShown, kNotHeld)));
  return Names(std::move(find), size);
}

Result<std::string> Names::of(std::string_view id) {
  if (const auto found = known_.find(id); found != known_.end()) return found->second;
  if (!filing::is_stix_id(id)) return std::string();
  const std::size_t dashes = id.rfind("--");
  COMITY_TRY(const auto uuid, crypto::parse_uuid(id.substr(dashes + 2)));
  Query row(find_, size_, ByteView(uuid.bytes), id.substr(0, dashes));
  COMITY_TRY(const bool found, row.step());
  if (known_.size() >= kKnown) known_.clear();
  return known_.emplace(std::string(id), found ? row.text(0) : std::string()).first->second;
}

Result<std::vector<Named>> names_of(const Snapshot& snapshot, VersionKey version) {
  COMITY_TRY(const auto find,
             snapshot.database().prepare(
                 "SELECT text, alias FROM name WHERE version = ?1 ORDER BY ordinal"));
  Query rows(find, static_cast<std::int64_t>(version));
  return read_all(rows, [](const Query& row) {
    return Named{.text = row.text(0), .alias = row.integer(1) != 0};
  });
}

Result<std::vector<Namesake>> namesakes_of(const Snapshot& snapshot, const Version& of,
                                           std::uint64_t size, std::size_t limit) {
  COMITY_TRY(const auto find,
             snapshot.database().prepare(fmt::format(
                 "SELECT {}, min(n.text) FROM name m CROSS JOIN name n ON n.folded = m.folded "
                 "CROSS JOIN version v ON v.id = n.version{} WHERE m.version = ?2 AND "
                 "m.folded <> '' AND v.object <> ?3 AND {} AND h.entry IS NULL AND t.text IN "
                 "('intrusion-set', 'threat-actor', 'campaign', 'identity', 'malware', 'tool') "
                 "GROUP BY v.id ORDER BY v.entry, v.ordinal LIMIT ?4",
                 kVersionColumns, kVersionJoins, kShown)));
  Query rows(find, size, static_cast<std::int64_t>(of.key), static_cast<std::int64_t>(of.object),
             limit);
  return read_all(rows, [](const Query& row) {
    return Namesake{.version = read_version(row), .shared = row.text(kVersionWidth)};
  });
}

}  // namespace comity::query
