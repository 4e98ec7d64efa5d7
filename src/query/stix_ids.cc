#include "query/stix_ids.h"

#include <algorithm>

#include "crypto/uuid.h"

namespace comity::query {

Result<StixIds> StixIds::open(const log::Database& database) {
  StixIds ids;
  COMITY_TRY(ids.find_, database.prepare("SELECT t.text, o.uuid FROM object o "
                                         "JOIN stix_type t ON t.id = o.type WHERE o.id = ?1"));
  return ids;
}

Result<std::string> StixIds::of(std::int64_t object) const {
  log::Query query(find_, object);
  COMITY_TRY(const bool found, query.step());
  const ByteView bytes = found ? query.bytes(1) : ByteView{};
  crypto::Uuid uuid;
  if (bytes.size() != uuid.bytes.size())
    return fail("The record lacks an object that it names; see `comity rebuild`.");
  std::ranges::copy(bytes, uuid.bytes.begin());
  return query.text(0) + "--" + crypto::to_text(uuid);
}

}  // namespace comity::query
