#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "query/moment.h"

/// From incidents to the claims about them and back.
namespace comity::query {

/// FROM: claims (claim c, version cv) and what they are about (about a).
inline constexpr std::string_view kClaimsJoin =
    "about a JOIN version cv ON cv.id = a.version JOIN claim c ON c.version = a.version";
/// WHERE: that such a claim is shown as of the size ?2.
inline constexpr std::string_view kClaimIsShown =
    "cv.since < ?2 AND cv.until >= ?2 AND cv.revoked = 0 AND NOT EXISTS (SELECT 1 FROM hold h "
    "WHERE h.entry = cv.entry AND h.ordinal = cv.ordinal) AND NOT EXISTS (SELECT 1 FROM "
    "disclosure d JOIN hold h ON h.entry = d.entry AND h.ordinal = d.ordinal WHERE "
    "d.disclosed_by = cv.entry)";

/// The party that speaks for itself in a claim c that names no claimant; NULL where it reports what
/// others say. `version` is the claim's version in the query.
[[nodiscard]] inline std::string own_voice(std::string_view version) {
  return "CASE WHEN c.scope = (SELECT id FROM word WHERE text = 'reported') THEN NULL ELSE " +
         std::string(version) + ".party END";
}

/// The incidents that claims are about.
class IncidentsOf {
 public:
  [[nodiscard]] static Result<IncidentsOf> at(const Moment& moment);

  /// Versions of incidents as they stood at the moment, of claims that were shown then; an
  /// incident as often as there are claims.
  [[nodiscard]] Result<std::vector<std::int64_t>> of_claim(std::int64_t claim);
  [[nodiscard]] Result<std::vector<std::int64_t>> of_claims(
      const std::vector<std::int64_t>& claims);
  /// Those that a STIX relationship says to be attributed to one of the objects.
  [[nodiscard]] Result<std::vector<std::int64_t>> attributed_to(
      const std::vector<std::int64_t>& objects);

 private:
  explicit IncidentsOf(const Moment& moment) : moment_(moment) {}

  Moment moment_;
  log::Prepared of_claim_, attributed_;
};

}  // namespace comity::query
