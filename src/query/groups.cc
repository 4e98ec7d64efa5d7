#include "query/groups.h"

#include <string>

#include "query/shown.h"

namespace comity::query {

using log::Query;

Result<Groups> Groups::open(const Snapshot& snapshot, std::uint64_t size) {
  Groups groups;
  groups.size_ = size;
  COMITY_TRY(groups.party_, snapshot.database().prepare(
                                "SELECT w.text FROM party p JOIN word w ON w.id = p.breadth "
                                "WHERE p.object = ?2 AND p.since < ?1 AND p.until >= ?1"));
  COMITY_TRY(groups.identity_, snapshot.database().prepare(
                                   "SELECT w.text FROM version v JOIN fact f ON f.version = v.id "
                                   "AND f.field = (SELECT id FROM word WHERE text = 'group') "
                                   "JOIN word w ON w.id = f.value WHERE v.object = ?2 AND " +
                                   std::string(kCounted) + " ORDER BY f.line, f.ordinal LIMIT 1"));
  return groups;
}

Result<std::string> Groups::of(std::int64_t object) {
  if (object == 0) return std::string(kNotStated);
  if (const auto found = groups_.find(object); found != groups_.end()) return found->second;
  COMITY_TRY(auto group, find(object));
  return groups_.emplace(object, std::move(group)).first->second;
}

Result<std::string> Groups::find(std::int64_t object) const {
  for (const auto* prepared : {&party_, &identity_}) {
    Query query(*prepared, size_, object);
    COMITY_TRY(const bool found, query.step());
    if (found) return query.text(0);
  }
  return std::string(kNotStated);
}

}  // namespace comity::query
