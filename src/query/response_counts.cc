#include "query/response_counts.h"

#include <map>

#include <fmt/format.h>

#include "query/fact_reader.h"
#include "query/groups.h"
#include "query/shown.h"
#include "query/word_texts.h"

namespace comity::query {
namespace {

/// A response is a course of action, and a relationship says to which incident it is one. Both must
/// be counted: in the inner question `v` is the relationship.
constexpr std::string_view kSelectResponses =
    "SELECT r.version, t.target, ifnull(r.type, 0), r.doubtful FROM response r "
    "CROSS JOIN version v ON v.id = r.version CROSS JOIN relation t ON t.source = v.object "
    "AND t.type = (SELECT id FROM word WHERE text = 'related-to') "
    "WHERE {0} AND EXISTS (SELECT 1 FROM version v WHERE v.id = t.version AND {0}) "
    "ORDER BY r.version, t.version";

}  // namespace

Result<ResponseCounts> count_responses(const Snapshot& snapshot, std::uint64_t size,
                                       const IncidentSet& incidents) {
  COMITY_TRY(const auto facts, FactReader::open(snapshot.database()));
  COMITY_TRY(const auto find, snapshot.database().prepare(fmt::format(kSelectResponses, kCounted)));
  ResponseCounts counts;
  std::map<std::int64_t, std::uint64_t> by_type;
  std::int64_t last = 0;
  log::Query query(find, size);
  for (;;) {
    COMITY_TRY(const bool more, query.step());
    if (!more) break;
    if (query.integer(0) == last || !incidents.has(query.integer(1))) continue;
    last = query.integer(0);
    ++counts.responses;
    if (query.integer(3) != 0) ++counts.doubtful;
    ++by_type[query.integer(2)];
  }
  WordTexts words(facts);
  for (const auto& [type, count] : by_type) {
    COMITY_TRY(auto text, words.of(type, kNotStated));
    counts.by_type.push_back({.texts = {std::move(text)}, .count = count});
  }
  sort(counts.by_type);
  return counts;
}

}  // namespace comity::query
