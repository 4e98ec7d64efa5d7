#include "query/search_hits.h"

#include <algorithm>

#include <fmt/format.h>

#include "record/fold_name.h"

#include "query/claims_about.h"

namespace comity::query {
namespace {

using log::Query;

constexpr std::size_t kClaimsShown = 3;
constexpr std::uint64_t kClaimsCounted = 1000;

std::optional<FoundDate> date_at(const Query& row, int first) {
  if (row.is_null(first) || row.is_null(first + 1)) return std::nullopt;
  return FoundDate{.first = row.integer(first),
                   .last = row.integer(first + 1),
                   .precision = static_cast<int>(row.integer(first + 2))};
}

}  // namespace

Result<HitReader> HitReader::of(const Moment& moment, SearchKind kind) {
  HitReader reader(moment, kind);
  const auto prepare = [&](log::Prepared& to, const std::string& sql) -> Result<void> {
    COMITY_TRY(to, moment.database->prepare(sql));
    return {};
  };
  COMITY_CHECK(prepare(reader.place_,
                       "SELECT v.entry, v.ordinal, e.time, v.party FROM version v "
                       "JOIN entry e ON e.id = v.entry WHERE v.id = ?1"));
  COMITY_CHECK(prepare(reader.incident_,
                       "SELECT name, start_first, start_last, start_precision, end_first, "
                       "end_last, end_precision FROM incident WHERE version = ?1"));
  COMITY_CHECK(
      prepare(reader.names_, "SELECT text FROM name WHERE version = ?1 ORDER BY ordinal LIMIT 64"));
  COMITY_CHECK(prepare(
      reader.claim_,
      "SELECT v.object, " + own_voice("v") +
          ", c.made_by, c.made_by_name, c.first, c.last, "
          "c.date_precision, s.text, c.wording, k.text = 'reply', c.cluster FROM claim c JOIN "
          "version v ON v.id = c.version JOIN word k ON k.id = v.kind LEFT JOIN word "
          "s ON s.id = c.state WHERE c.version = ?1"));
  COMITY_CHECK(prepare(reader.claims_,
                       fmt::format("SELECT c.version FROM {} WHERE a.object = ?1 AND {} ORDER BY "
                                   "a.version LIMIT {}",
                                   kClaimsJoin, kClaimIsShown, kClaimsCounted)));
  COMITY_CHECK(prepare(reader.codes_,
                       "SELECT w.text FROM word fw JOIN fact f ON f.field = fw.id JOIN word w ON "
                       "w.id = f.value WHERE f.version = ?1 AND fw.text = ?2 "
                       "ORDER BY f.line, f.ordinal LIMIT 64"));
  COMITY_CHECK(prepare(
      reader.subject_,
      fmt::format("SELECT v.object, n.name FROM about a JOIN version v ON v.object = a.object JOIN "
                  "incident n ON n.version = v.id WHERE a.version = ?1 AND {} "
                  "ORDER BY a.ordinal LIMIT 1",
                  kIsShown)));
  return reader;
}

Result<Hit> HitReader::read(const Found& found) {
  Hit hit;
  hit.relevance = found.relevance;
  COMITY_TRY(hit.id, moment_.id_of(found.matched.object));
  COMITY_CHECK(read_place(found, hit));
  if (kind_ == SearchKind::incidents) COMITY_CHECK(read_incident(found, hit));
  if (kind_ == SearchKind::actors) COMITY_CHECK(read_actor(found, hit));
  if (kind_ == SearchKind::claims) {
    COMITY_TRY(hit.claims.emplace_back(), read_claim(found.matched.version));
    COMITY_CHECK(read_subject(found.matched.version, hit));
  }
  return hit;
}

Result<void> HitReader::read_place(const Found& found, Hit& hit) {
  std::int64_t party = 0;
  {
    Query row(place_, found.matched.version);
    COMITY_TRY(const bool is_there, row.step());
    if (!is_there) return fail("The record lacks an entry of its own; see `comity rebuild`.");
    hit.entry = row.count(0);
    hit.ordinal = row.count(1);
    hit.filed = UnixSeconds{row.integer(2)};
    party = row.integer(3);
  }
  COMITY_TRY(hit.filed_by, moment_.name_of(party));
  return {};
}

Result<void> HitReader::read_incident(const Found& found, Hit& hit) {
  {
    Query row(incident_, found.matched.version);
    COMITY_TRY(const bool is_there, row.step());
    if (is_there) {
      hit.name = row.text(0);
      hit.start = date_at(row, 1);
      hit.end = date_at(row, 4);
    }
  }
  COMITY_TRY(hit.countries, codes(found.matched.version, "victims.countries"));
  COMITY_TRY(hit.sectors, codes(found.matched.version, "victims.sectors"));
  std::vector<std::int64_t> claims;
  {
    Query row(claims_, found.matched.object, moment_.size);
    while (true) {
      COMITY_TRY(const bool more, row.step());
      if (!more) break;
      ++hit.claim_count;
      if (claims.size() < kClaimsShown) claims.push_back(row.integer(0));
    }
  }
  for (const std::int64_t claim : claims) {
    COMITY_TRY(hit.claims.emplace_back(), read_claim(claim));
  }
  return {};
}

Result<void> HitReader::read_actor(const Found& found, Hit& hit) {
  std::vector<std::string> folded;
  {
    Query row(names_, found.matched.version);
    while (true) {
      COMITY_TRY(const bool more, row.step());
      if (!more) break;
      const std::string name = row.text(0);
      folded.push_back(record::fold_name(name));
      if (hit.name.empty())
        hit.name = name;
      else
        hit.aliases.push_back(name);
    }
  }
  COMITY_TRY(const auto actor, find_actor(moment_, hit.id));
  for (const std::string& name : actor.names)
    if (std::ranges::find(folded, record::fold_name(name)) == folded.end())
      hit.joined.push_back(name);
  return {};
}

Result<FoundClaim> HitReader::read_claim(std::int64_t version) {
  FoundClaim claim;
  std::int64_t object = 0;
  std::int64_t speaker = 0;
  std::int64_t cluster = 0;
  {
    Query row(claim_, version);
    COMITY_TRY(const bool is_there, row.step());
    if (!is_there) return claim;
    object = row.integer(0);
    speaker = row.is_null(2) ? row.integer(1) : row.integer(2);  // 0 for NULL
    claim.claimant = row.text(3);
    claim.date = date_at(row, 4);
    claim.state = row.text(7);
    claim.wording = row.text(8);
    claim.is_reply = row.integer(9) != 0;
    cluster = row.integer(10);
  }
  COMITY_TRY(claim.id, moment_.id_of(object));
  COMITY_TRY(claim.actors, codes(version, "actors.name"));
  if (claim.actors.empty() && cluster != 0) {
    COMITY_TRY(claim.actors.emplace_back(), moment_.name_of(cluster));
  }
  if (!claim.claimant.empty()) return claim;
  COMITY_TRY(const auto listed, codes(version, "claimants.name"));
  for (const std::string& name : listed)
    (claim.claimant += claim.claimant.empty() ? "" : ", ") += name;
  if (claim.claimant.empty() && speaker != 0) {
    COMITY_TRY(claim.claimant, moment_.name_of(speaker));
  }
  return claim;
}

Result<void> HitReader::read_subject(std::int64_t version, Hit& hit) {
  std::int64_t incident = 0;
  {
    Query row(subject_, version, moment_.size);
    COMITY_TRY(const bool is_there, row.step());
    if (!is_there) return {};
    incident = row.integer(0);
    hit.about_name = row.text(1);
  }
  COMITY_TRY(hit.about, moment_.id_of(incident));
  return {};
}

Result<std::vector<std::string>> HitReader::codes(std::int64_t version, std::string_view field) {
  std::vector<std::string> found;
  Query row(codes_, version, field);
  while (true) {
    COMITY_TRY(const bool more, row.step());
    if (!more) return found;
    std::string text = row.text(0);
    if (std::ranges::find(found, text) == found.end()) found.push_back(std::move(text));
  }
}

}  // namespace comity::query
