#include "query/search_pool.h"

#include <array>

#include <fmt/format.h>

namespace comity::query {
namespace {

using log::Query;

}  // namespace

Result<std::optional<Pool>> gather(Matcher& matcher, const SearchBounds& bounds) {
  COMITY_TRY(const auto versions, matcher.few(bounds.pool));
  if (!versions) return std::nullopt;
  Pool pool;
  for (const std::int64_t version : *versions) {
    COMITY_TRY(const auto matched, matcher.match(version));
    if (matched) pool.found.push_back({*matched, Relevance::none});
  }
  return pool;
}

namespace {

/// One pass over candidates in their order.
class Pass {
 public:
  Pass(Walked& walked, std::size_t take, Matcher& matcher, const SearchBounds& bounds)
      : walked_(&walked), take_(take), left_(bounds.looked_at), matcher_(&matcher) {}

  /// Reads rows [version, key]; false where it stopped before the last.
  Result<bool> over(Query& row) {
    while (true) {
      COMITY_TRY(const bool more, row.step());
      if (!more) return true;
      const Position at{.key = row.integer(1), .version = row.integer(0)};
      COMITY_TRY(const auto matched, matcher_->match(at.version));
      if (matched) walked_->found.push_back({*matched, Relevance::none});
      --left_;
      if (left_ > 0 && walked_->found.size() < take_) continue;
      walked_->stopped = at;
      return false;
    }
  }

 private:
  Walked* walked_;
  std::size_t take_;
  std::size_t left_;
  Matcher* matcher_;
};

}  // namespace

Result<Walked> walk(const Moment& moment, SearchKind kind, bool by_date, const Position& after,
                    std::size_t take, Matcher& matcher, const SearchBounds& bounds) {
  const bool incidents = kind == SearchKind::incidents;
  std::string_view table = incidents ? "incident" : "claim";
  std::string_view version = "version";
  const std::string_view date = incidents ? "ifnull(start_first, -1)" : "ifnull(first, -1)";
  if (kind == SearchKind::actors) {
    table = "actor_text";
    version = "rowid";
  }
  Walked walked;
  Pass pass(walked, take, matcher, bounds);
  if (!by_date) {
    COMITY_TRY(const auto filed, moment.database->prepare(fmt::format(
                                     "SELECT {0}, 0 FROM {1} WHERE {0} < ?1 AND {0} <= ?2 "
                                     "ORDER BY {0} DESC",
                                     version, table)));
    Query row(filed, after.version, moment.last);
    COMITY_CHECK(pass.over(row));
    return walked;
  }
  {
    COMITY_TRY(const auto same_day, moment.database->prepare(fmt::format(
                                        "SELECT version, {0} FROM {1} WHERE {0} = ?1 AND version < "
                                        "?2 ORDER BY version DESC",
                                        date, table)));
    Query row(same_day, after.key, after.version);
    COMITY_TRY(const bool ended, pass.over(row));
    if (!ended) return walked;
  }
  COMITY_TRY(const auto earlier,
             moment.database->prepare(fmt::format(
                 "SELECT version, {0} FROM {1} WHERE {0} < ?1 ORDER BY {0} DESC, version DESC",
                 date, table)));
  Query row(earlier, after.key);
  COMITY_CHECK(pass.over(row));
  return walked;
}

}  // namespace comity::query
