#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/moment.h"
#include "query/search_request.h"
#include "query/sought_actor.h"

namespace comity::query {

/// What satisfies the filters.
struct Matched {
  std::int64_t version = 0;
  std::int64_t object = 0;
  std::int64_t date = -1;  ///< first day, -1 where there is none
};

/// SQL with what is bound to it; places ?1 and ?2 are the caller's. What is kept doesn't move.
class SqlCondition {
 public:
  explicit SqlCondition(std::size_t bound) : bound_(bound) {}

  /// Binds a value; its place as SQL.
  std::string bind(std::int64_t value);
  std::string bind(std::string_view text);
  /// "(?3, ?4)"
  std::string bind(const std::vector<std::int64_t>& values);
  void require(const std::string& condition) { sql_ += " AND " + condition; }

  [[nodiscard]] const std::string& sql() const { return sql_; }
  [[nodiscard]] const std::vector<log::SqlValue>& values() const { return values_; }

 private:
  std::string place();

  std::size_t bound_;
  std::string sql_;
  std::vector<log::SqlValue> values_;
  std::deque<std::string> texts_;
};

/// Holds versions against the filters, one by one, as of a moment. One thread; the snapshot must
/// outlive it.
class Matcher {
 public:
  [[nodiscard]] static Result<Matcher> of(const Moment& moment, SearchKind kind,
                                          const SearchFilters& filters);

  /// Nothing where it is not shown or a filter doesn't hold.
  [[nodiscard]] Result<std::optional<Matched>> match(std::int64_t version);

  /// Versions that hold every one that the filters let through, where there are at most `limit`:
  /// of the filter that lets least through. Each once, in no order.
  [[nodiscard]] Result<std::optional<std::vector<std::int64_t>>> few(std::size_t limit);

  /// The actor of the filter.
  [[nodiscard]] const SoughtActor& actor() const { return actor_; }

 private:
  /// A query for versions that one filter lets through, or more.
  struct Driver {
    std::string sql;
    std::vector<std::int64_t> values;
  };
  Matcher(const Moment& moment, SearchKind kind) : moment_(moment), kind_(kind) {}

  Result<void> add_codes(std::string_view field, const std::vector<std::string>& values);
  Result<void> add_dates(const DateRange& range);
  Result<void> add_actor(const std::string& actor);
  Result<void> add_claimant(const std::string& claimant);
  /// That a claim c is that claimant's, as SQL.
  Result<std::string> said_by(const std::string& claimant);
  /// " OR " that a field of a claim c has one of the words; "" where there is none.
  Result<std::string> is_listed(std::string_view field, const std::vector<std::int64_t>& words);
  Result<void> add_others(const SearchFilters& filters);
  Result<void> prepare();

  Moment moment_;
  SearchKind kind_;
  SqlCondition condition_{2};
  std::vector<Driver> drivers_;
  SoughtActor actor_;
  std::optional<std::vector<std::int64_t>>
      named_;  ///< versions that the filter of the actor allows
  log::Prepared match_;
  std::vector<log::SqlValue> values_;
};

}  // namespace comity::query
