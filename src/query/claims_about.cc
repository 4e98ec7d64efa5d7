#include "query/claims_about.h"

#include <array>

#include <fmt/format.h>

namespace comity::query {
namespace {

using log::SqlValue;

constexpr std::size_t kOfOne = 64;         // incidents that one claim is about
constexpr std::size_t kAttributed = 5000;  // relationships to one actor

}  // namespace

Result<IncidentsOf> IncidentsOf::at(const Moment& moment) {
  IncidentsOf incidents(moment);
  COMITY_TRY(incidents.of_claim_,
             moment.database->prepare(fmt::format(
                 "SELECT i.id FROM {} JOIN version i ON i.object = a.object AND i.since < ?2 AND "
                 "i.until >= ?2 WHERE a.version = ?1 AND {} AND EXISTS (SELECT 1 FROM incident "
                 "WHERE version = i.id)",
                 kClaimsJoin, kClaimIsShown)));
  COMITY_TRY(incidents.attributed_,
             moment.database->prepare(fmt::format(
                 "SELECT i.id FROM relation r JOIN version v ON v.id = r.version JOIN version i ON "
                 "i.object = r.source AND i.since < ?2 AND i.until >= ?2 WHERE r.target = ?1 AND "
                 "r.type = ?3 AND {} AND EXISTS (SELECT 1 FROM incident WHERE version = i.id)",
                 kIsShown)));
  return incidents;
}

Result<std::vector<std::int64_t>> IncidentsOf::of_claim(std::int64_t claim) {
  const std::array<SqlValue, 2> values{claim, static_cast<std::int64_t>(moment_.size)};
  return integers(of_claim_, values, kOfOne);
}

Result<std::vector<std::int64_t>> IncidentsOf::of_claims(const std::vector<std::int64_t>& claims) {
  std::vector<std::int64_t> all;
  for (const std::int64_t claim : claims) {
    COMITY_TRY(const auto found, of_claim(claim));
    all.insert(all.end(), found.begin(), found.end());
  }
  return all;
}

Result<std::vector<std::int64_t>> IncidentsOf::attributed_to(
    const std::vector<std::int64_t>& objects) {
  std::vector<std::int64_t> all;
  COMITY_TRY(const auto type, moment_.word("attributed-to"));
  if (!type) return all;
  for (const std::int64_t object : objects) {
    const std::array<SqlValue, 3> values{object, static_cast<std::int64_t>(moment_.size), *type};
    COMITY_TRY(const auto found, integers(attributed_, values, kAttributed));
    all.insert(all.end(), found.begin(), found.end());
  }
  return all;
}

}  // namespace comity::query
