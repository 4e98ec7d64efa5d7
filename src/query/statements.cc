#include "query/statements.h"

#include <string_view>

#include <fmt/format.h>

#include "query/shown.h"
#include "query/version_rows.h"

namespace comity::query {
namespace {

using log::Query;

/// The maker's columns, of a row `s` with made_by and made_by_name: type and UUID of its id, its
/// name, and its group, which its object states or else its admission as a party. CROSS JOIN has
/// the facts looked up by their version: by their field they are many.
constexpr std::string_view kMaker =
    "mt.text, mo.uuid, s.made_by_name, "
    "coalesce((SELECT w.text FROM version mv CROSS JOIN fact f ON f.version = mv.id "
    "JOIN word w ON w.id = f.value WHERE mv.object = s.made_by AND mv.since < ?1 AND "
    "mv.until >= ?1 AND f.field = (SELECT id FROM word WHERE text = 'group') LIMIT 1), "
    "(SELECT w.text FROM party p JOIN word w ON w.id = p.breadth WHERE p.object = s.made_by "
    "AND p.since < ?1 AND p.until >= ?1))";
constexpr int kMakerWidth = 4;
constexpr std::string_view kMakerJoins =
    " LEFT JOIN object mo ON mo.id = s.made_by LEFT JOIN stix_type mt ON mt.id = mo.type";

Maker read_maker(const Query& row, int first) {
  return {.id = read_id(row, first),
          .name = row.text(first + 2),
          .kind = {},
          .group = row.text(first + 3)};
}

std::optional<StatedDate> read_date(const Query& row, int first) {
  if (row.is_null(first) || row.is_null(first + 1)) return std::nullopt;
  return StatedDate{.first = row.integer(first),
                    .last = row.integer(first + 1),
                    .precision = static_cast<int>(row.integer(first + 2))};
}

/// Runs a question about one object.
template <class Read>
auto ask(const Snapshot& snapshot, const std::string& sql, ObjectKey object, std::uint64_t size,
         std::size_t limit, const Read& read)
    -> Result<std::vector<decltype(read(std::declval<const Query&>()))>> {
  COMITY_TRY(const auto find, snapshot.database().prepare(sql));
  Query rows(find, size, static_cast<std::int64_t>(object), limit);
  return read_all(rows, read);
}

Result<std::vector<Claim>> claims(const Snapshot& snapshot, std::string_view from, ObjectKey object,
                                  std::uint64_t size, std::size_t limit) {
  const std::string sql = fmt::format(
      "SELECT {}, {}, kw.text, sw.text, tw.text, s.first, s.last, s.date_precision, s.wording, "
      "lw.text, fw.text, s.doubtful FROM {}{}{} LEFT JOIN word kw ON kw.id = s.claimant_kind "
      "LEFT JOIN word sw ON sw.id = s.scope LEFT JOIN word tw ON tw.id = s.type "
      "LEFT JOIN word lw ON lw.id = s.language LEFT JOIN word fw ON fw.id = s.form "
      "WHERE {} GROUP BY v.id ORDER BY s.first IS NULL, s.first, s.last, v.entry, v.ordinal "
      "LIMIT ?3",
      kVersionColumns, kMaker, from, kVersionJoins, kMakerJoins, kShown);
  return ask(snapshot, sql, object, size, limit, [](const Query& row) {
    constexpr int kFirst = kVersionWidth + kMakerWidth;
    Claim claim;
    claim.version = read_version(row);
    if (claim.version.held) return claim;
    claim.maker = read_maker(row, kVersionWidth);
    claim.maker.kind = row.text(kFirst);
    claim.scope = row.text(kFirst + 1);
    claim.type = row.text(kFirst + 2);
    claim.date = read_date(row, kFirst + 3);
    claim.wording = row.text(kFirst + 6);
    claim.language = row.text(kFirst + 7);
    claim.form = row.text(kFirst + 8);
    claim.doubtful = row.integer(kFirst + 9) != 0;
    return claim;
  });
}

/// The question for the rows of that table that judge an object: version, word and more of each.
std::string judgements(std::string_view table, std::string_view word, std::string_view more) {
  return fmt::format(
      "SELECT {}, w.text, s.{} FROM about a CROSS JOIN version v ON v.id = a.version "
      "CROSS JOIN {} s ON s.version = v.id{} LEFT JOIN word w ON w.id = s.{} "
      "WHERE a.object = ?2 AND {} ORDER BY v.entry, v.ordinal LIMIT ?3",
      kVersionColumns, more, table, kVersionJoins, word, kShown);
}

}  // namespace

Result<std::vector<Claim>> claims_about(const Snapshot& snapshot, ObjectKey object,
                                        std::uint64_t size, std::size_t limit) {
  return claims(snapshot,
                "(SELECT version FROM about WHERE object = ?2) a CROSS JOIN version v "
                "ON v.id = a.version CROSS JOIN claim s ON s.version = v.id",
                object, size, limit);
}

Result<std::vector<Claim>> claims_by(const Snapshot& snapshot, ObjectKey object, std::uint64_t size,
                                     std::size_t limit) {
  return claims(snapshot,
                "(SELECT version FROM claim WHERE made_by = ?2) a CROSS JOIN version v "
                "ON v.id = a.version CROSS JOIN claim s ON s.version = v.id",
                object, size, limit);
}

Result<std::vector<Response>> responses_to(const Snapshot& snapshot, ObjectKey object,
                                           std::uint64_t size, std::size_t limit) {
  const std::string sql = fmt::format(
      "SELECT {}, {}, sw.text, tw.text, uw.text, s.first, s.last, s.date_precision, s.legal_basis, "
      "s.detail, s.doubtful FROM (SELECT r.source FROM relation r JOIN version rv "
      "ON rv.id = r.version WHERE r.target = ?2 AND rv.since < ?1 AND rv.until >= ?1) a "
      "CROSS JOIN version v ON v.object = a.source CROSS JOIN response s ON s.version = v.id{}{} "
      "LEFT JOIN word sw ON sw.id = s.scope LEFT JOIN word tw ON tw.id = s.type "
      "LEFT JOIN word uw ON uw.id = s.status WHERE {} GROUP BY v.id "
      "ORDER BY s.first IS NULL, s.first, s.last, v.entry, v.ordinal LIMIT ?3",
      kVersionColumns, kMaker, kVersionJoins, kMakerJoins, kShown);
  return ask(snapshot, sql, object, size, limit, [](const Query& row) {
    constexpr int kFirst = kVersionWidth + kMakerWidth;
    Response response;
    response.version = read_version(row);
    if (response.version.held) return response;
    response.maker = read_maker(row, kVersionWidth);
    response.scope = row.text(kFirst);
    response.type = row.text(kFirst + 1);
    response.status = row.text(kFirst + 2);
    response.date = read_date(row, kFirst + 3);
    response.legal_basis = row.text(kFirst + 6);
    response.detail = row.text(kFirst + 7);
    response.doubtful = row.integer(kFirst + 8) != 0;
    return response;
  });
}

Result<std::vector<Finding>> findings_about(const Snapshot& snapshot, ObjectKey object,
                                            std::uint64_t size, std::size_t limit) {
  const std::string sql = judgements("finding", "verdict", "reasons");
  return ask(snapshot, sql, object, size, limit, [](const Query& row) {
    Finding finding;
    finding.version = read_version(row);
    if (finding.version.held) return finding;
    finding.verdict = row.text(kVersionWidth);
    finding.reasons = row.text(kVersionWidth + 1);
    return finding;
  });
}

Result<std::vector<Opinion>> opinions_about(const Snapshot& snapshot, ObjectKey object,
                                            std::uint64_t size, std::size_t limit) {
  const std::string sql = judgements("opinion", "opinion", "abstain");
  return ask(snapshot, sql, object, size, limit, [](const Query& row) {
    Opinion opinion;
    opinion.version = read_version(row);
    if (opinion.version.held) return opinion;
    opinion.opinion = row.text(kVersionWidth);
    opinion.abstain = row.integer(kVersionWidth + 1) != 0;
    return opinion;
  });
}

}  // namespace comity::query
