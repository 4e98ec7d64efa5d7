#include "query/claim_counts.h"

#include <tuple>

#include "query/fact_reader.h"
#include "query/groups.h"
#include "query/shown.h"
#include "query/word_texts.h"

namespace comity::query {
namespace {

constexpr std::string_view kSelectClaims =
    "SELECT c.version, a.object, ifnull(c.made_by, 0), ifnull(c.scope, 0), ifnull(c.type, 0), "
    "c.doubtful, v.party, v.kind FROM claim c CROSS JOIN version v ON v.id = c.version "
    "CROSS JOIN about a ON a.version = c.version WHERE ";

/// Claims that are counted alike: kind, scope, claimant or party, type of statement, doubt.
using Sort = std::tuple<std::int64_t, std::int64_t, std::int64_t, std::int64_t, bool>;

struct Sorted {
  std::map<Sort, std::uint64_t> claims;
  std::map<std::int64_t, std::uint64_t> by_party;
};

/// `reported`: the word of that scope, or -1 where the record has none.
Result<Sorted> sort_claims(const Snapshot& snapshot, std::uint64_t size,
                           const IncidentSet& incidents, std::int64_t reported) {
  COMITY_TRY(const auto find,
             snapshot.database().prepare(std::string(kSelectClaims) + std::string(kCounted) +
                                         " ORDER BY c.version, a.ordinal"));
  Sorted sorted;
  std::int64_t last = 0;
  log::Query query(find, size);
  for (;;) {
    COMITY_TRY(const bool more, query.step());
    if (!more) return sorted;
    if (query.integer(0) == last || !incidents.has(query.integer(1))) continue;
    last = query.integer(0);
    const std::int64_t scope = query.integer(3);
    const std::int64_t party = query.integer(6);
    std::int64_t claimant = query.integer(2);
    if (claimant == 0 && scope != reported) claimant = party;
    ++sorted.claims[{query.integer(7), scope, claimant, query.integer(4), query.integer(5) != 0}];
    ++sorted.by_party[party];
  }
}

}  // namespace

Result<ClaimCounts> count_claims(const Snapshot& snapshot, std::uint64_t size,
                                 const IncidentSet& incidents) {
  COMITY_TRY(const auto facts, FactReader::open(snapshot.database()));
  COMITY_TRY(auto groups, Groups::open(snapshot, size));
  COMITY_TRY(const auto reported, facts.word("reported"));
  COMITY_TRY(const auto reply, facts.word("reply"));
  COMITY_TRY(auto sorted, sort_claims(snapshot, size, incidents, reported.value_or(-1)));
  WordTexts words(facts);
  ClaimCounts counts;
  counts.by_party = std::move(sorted.by_party);
  std::map<std::tuple<bool, std::string, std::array<std::string, 2>>, std::uint64_t> cells;
  for (const auto& [sort, count] : sorted.claims) {
    const auto& [kind, scope, claimant, type, doubtful] = sort;
    const std::string scope_name = reported && scope == *reported ? "reported" : "filed";
    COMITY_TRY(const auto group, groups.of(claimant));
    COMITY_TRY(const auto type_text, words.of(type, kNotStated));
    const bool is_reply = reply && kind == *reply;
    auto& part = (is_reply ? counts.replies : counts.attributions)[scope_name];
    part.claims += count;
    if (doubtful) part.doubtful += count;
    cells[{is_reply, scope_name, {group, type_text}}] += count;
  }
  for (const auto& [cell, count] : cells) {
    const auto& [is_reply, scope_name, texts] = cell;
    (is_reply ? counts.replies : counts.attributions)[scope_name].by_group_and_type.push_back(
        {.texts = texts, .count = count});
  }
  for (auto* part : {&counts.attributions, &counts.replies})
    for (auto& [name, scope] : *part) sort(scope.by_group_and_type);
  return counts;
}

}  // namespace comity::query
