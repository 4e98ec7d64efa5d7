#include "query/filers.h"

#include <algorithm>
#include <string>
#include <tuple>

#include "query/shown.h"
#include "query/stix_ids.h"

namespace comity::query {
namespace {

using log::Query;

constexpr std::string_view kFilerName =
    "SELECT n.text FROM version v JOIN name n ON n.version = v.id "
    "WHERE v.object = ?2 AND n.ordinal = 0 AND ";

std::uint64_t count_in(const ByParty& counts, std::int64_t party) {
  const auto found = counts.find(party);
  return found == counts.end() ? 0 : found->second;
}

Result<ByParty> objects_by_party(const Snapshot& snapshot, std::uint64_t size) {
  COMITY_TRY(const auto find,
             snapshot.database().prepare("SELECT v.party, count(*) FROM version v WHERE " +
                                         std::string(kCounted) + " GROUP BY v.party"));
  ByParty objects;
  Query query(find, size);
  for (;;) {
    COMITY_TRY(const bool more, query.step());
    if (!more) return objects;
    objects.emplace(query.integer(0), query.count(1));
  }
}

}  // namespace

Result<std::vector<Filer>> filers(const Snapshot& snapshot, std::uint64_t size,
                                  const ByParty& incidents, const ByParty& claims) {
  COMITY_TRY(const auto objects, objects_by_party(snapshot, size));
  COMITY_TRY(const auto ids, StixIds::open(snapshot.database()));
  COMITY_TRY(const auto name, snapshot.database().prepare(std::string(kFilerName) +
                                                          std::string(kCounted) + " LIMIT 1"));
  std::vector<Filer> found;
  for (const auto& [party, count] : objects) {
    COMITY_TRY(auto id, ids.of(party));
    Query query(name, size, party);
    COMITY_TRY(const bool named, query.step());
    found.push_back({.id = std::move(id),
                     .name = named ? query.text(0) : "",
                     .incidents = count_in(incidents, party),
                     .claims = count_in(claims, party),
                     .objects = count});
  }
  std::ranges::sort(found, [](const Filer& a, const Filer& b) {
    return std::tie(b.objects, a.id) < std::tie(a.objects, b.id);
  });
  return found;
}

}  // namespace comity::query
