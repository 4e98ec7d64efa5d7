#include "query/find_object.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "record/fold_name.h"

#include "query/shown.h"
#include "query/version_rows.h"

namespace comity::query {
namespace {

using log::Query;

/// Rows of one kind of match that are looked at.
constexpr int kMatches = 200;
/// Names that are compared with one that was not found.
constexpr int kNamesCompared = 20'000;
/// Longer names than any that a person mistypes.
constexpr std::size_t kLongestName = 64;

// How well an object is named; what applies adds up.
constexpr int kByList = 8;
constexpr int kByName = 4;
constexpr int kByAlias = 1;
/// An object of its own before what is only said about one.
constexpr int kIsThing = 2;

struct Ranked {
  Candidate candidate;
  int rank = 0;
};

/// Whether it is a statement about other objects.
bool is_remark(std::string_view id) {
  return id.starts_with("note--") || id.starts_with("relationship--") ||
         id.starts_with("opinion--") || id.starts_with("report--");
}

Result<void> collect(const Snapshot& snapshot, std::string_view from, std::string_view what,
                     std::uint64_t size, std::map<std::string, Ranked>& all) {
  COMITY_TRY(const auto find,
             snapshot.database().prepare(fmt::format(
                 "SELECT {}, (SELECT text FROM name WHERE version = v.id ORDER BY ordinal LIMIT 1),"
                 " matched.rank FROM {} matched CROSS JOIN version v ON v.id = matched.version{} "
                 "WHERE {} AND h.entry IS NULL LIMIT {}",
                 kVersionColumns, from, kVersionJoins, kShown, kMatches)));
  Query row(find, size, what);
  while (true) {
    COMITY_TRY(const bool found, row.step());
    if (!found) return {};
    const Version version = read_version(row);
    auto& ranked = all[version.id];
    ranked.candidate = {.id = version.id,
                        .name = row.text(kVersionWidth),
                        .kind = version.kind,
                        .party = version.party};
    ranked.rank += static_cast<int>(row.integer(kVersionWidth + 1));
  }
}

/// How many characters must be changed, put in or left out, or `bound` where it is more.
std::size_t edits(std::string_view a, std::string_view b, std::size_t bound) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() >= bound) return bound;
  std::vector<std::size_t> row(a.size() + 1);
  for (std::size_t i = 0; i < row.size(); ++i) row[i] = i;
  for (std::size_t j = 1; j <= b.size(); ++j) {
    std::size_t diagonal = std::exchange(row[0], j);
    std::size_t least = row[0];
    for (std::size_t i = 1; i <= a.size(); ++i) {
      const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[i];
      row[i] = std::min({changed, row[i] + 1, row[i - 1] + 1});
      least = std::min(least, row[i]);
    }
    if (least >= bound) return bound;
  }
  return std::min(row.back(), bound);
}

/// A name nearby: fewer edits first, then in the order of the alphabet.
using Near = std::tuple<std::size_t, std::string>;

/// Compares with the names whose folded form begins with `prefix`.
Result<void> compare(const Snapshot& snapshot, std::string_view folded, std::string_view prefix,
                     std::uint64_t size, std::vector<Near>& near) {
  std::string after(prefix);
  after += '\xff';
  COMITY_TRY(const auto find, snapshot.database().prepare(fmt::format(
                                  "SELECT n.folded, n.text, n.version FROM name n WHERE "
                                  "n.folded >= ?1 AND n.folded < ?2 LIMIT {}",
                                  kNamesCompared)));
  COMITY_TRY(const auto check,
             snapshot.database().prepare(fmt::format(
                 "SELECT 1 FROM version v WHERE v.id = ?2 AND {} AND {}", kShown, kNotHeld)));
  const std::size_t bound = 1 + std::max<std::size_t>(1, folded.size() / 4);
  Query row(find, prefix, std::string_view(after));
  while (true) {
    COMITY_TRY(const bool found, row.step());
    if (!found) return {};
    const std::string_view other = as_text(row.bytes(0));
    if (other.size() > kLongestName) continue;
    const bool longer = folded.size() > 3 && other.starts_with(folded);
    const std::size_t distance = longer ? 1 : edits(folded, other, bound);
    if (distance >= bound) continue;
    Query shown(check, size, row.integer(2));
    COMITY_TRY(const bool is_shown, shown.step());
    if (is_shown) near.emplace_back(distance, row.text(1));
  }
}

}  // namespace

Result<std::vector<Candidate>> find_named(const Snapshot& snapshot, std::string_view what,
                                          std::uint64_t size, std::size_t limit) {
  std::map<std::string, Ranked> all;
  COMITY_CHECK(collect(snapshot,
                       fmt::format("(SELECT DISTINCT version, {} AS rank FROM source "
                                   "WHERE external_id = ?2)",
                                   kByList),
                       what, size, all));
  const std::string folded = record::fold_name(what);
  if (!folded.empty())
    COMITY_CHECK(collect(snapshot,
                         fmt::format("(SELECT version, max(iif(alias, {}, {})) AS rank FROM name "
                                     "WHERE folded = ?2 GROUP BY version)",
                                     kByAlias, kByName),
                         folded, size, all));
  int best = 0;
  for (auto& [id, ranked] : all) {
    if (!is_remark(id)) ranked.rank += kIsThing;
    best = std::max(best, ranked.rank);
  }
  std::vector<Candidate> candidates;
  for (auto& [id, ranked] : all)
    if (ranked.rank == best && candidates.size() < limit)
      candidates.push_back(std::move(ranked.candidate));
  return candidates;
}

Result<std::vector<std::string>> near_names(const Snapshot& snapshot, std::string_view what,
                                            std::uint64_t size, std::size_t limit) {
  const std::string folded = record::fold_name(what);
  std::vector<std::string> names;
  if (folded.empty() || folded.size() > kLongestName) return names;
  std::vector<Near> near;
  for (const std::size_t length : {std::size_t{3}, std::size_t{1}}) {
    COMITY_CHECK(compare(snapshot, folded, std::string_view(folded).substr(0, length), size, near));
    if (near.size() >= limit) break;
  }
  std::ranges::sort(near);
  for (auto& [_, name] : near)
    if (names.size() < limit && std::ranges::find(names, name) == names.end())
      names.push_back(std::move(name));
  return names;
}

}  // namespace comity::query
