#include "query/published.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "query/version_rows.h"

namespace comity::query {
namespace {

using log::Prepared;
using log::Query;

constexpr std::string_view kNoHold =
    "NOT EXISTS (SELECT 1 FROM hold h WHERE h.entry = v.entry AND h.ordinal = v.ordinal) AND "
    "NOT EXISTS (SELECT 1 FROM hold h WHERE h.entry = d.entry AND h.ordinal = d.ordinal)";

constexpr std::string_view kLast = "v.until = 9223372036854775807";

/// The creator's, else each version once. A version that was ever shown has no earlier copy of the
/// same kind and time: the first that was filed is shown.
constexpr std::string_view kEvery =
    "(v.since < v.until OR NOT EXISTS (SELECT 1 FROM version c WHERE c.object = v.object AND "
    "c.modified = v.modified AND c.relayed = v.relayed AND c.id < v.id)) AND (v.relayed = 0 OR "
    "NOT EXISTS (SELECT 1 FROM version c WHERE c.object = v.object AND c.relayed = 0))";

constexpr std::string_view kEarliest =
    "NOT EXISTS (SELECT 1 FROM version c WHERE c.object = v.object AND c.relayed = v.relayed AND "
    "c.modified < v.modified)";

std::string condition_of(const VersionChoice& choice) {
  if (choice.all) return fmt::format("({})", kEvery);
  std::vector<std::string> any;
  if (choice.last) any.emplace_back(kLast);
  if (choice.first) any.push_back(fmt::format("({} AND {})", kEvery, kEarliest));
  if (!choice.at.empty()) {
    std::vector<std::int64_t> times;
    std::ranges::transform(choice.at, std::back_inserter(times),
                           [](UnixMicros time) { return count(time); });
    any.push_back(fmt::format("(v.modified IN ({}) AND {})", fmt::join(times, ","), kEvery));
  }
  return any.empty() ? "0" : fmt::format("({})", fmt::join(any, " OR "));
}

bool is_last_alone(const VersionChoice& choice) { return choice == VersionChoice{}; }

}  // namespace

/// How the versions that a filter means are gone through: SQL of numbers alone.
class Published::Walk {
 public:
  std::string condition;
  std::string_view index = "NOT INDEXED";  ///< that is, along the versions themselves
  std::vector<std::int64_t> kinds;         ///< one walk for each; none: a single walk
  bool bounded = true;                     ///< looks at whatever lies between
  bool empty = false;                      ///< nothing can be found
  bool again = true;                       ///< the text may be asked again

  void require(std::string_view more) {
    condition += fmt::format("{}{}", condition.empty() ? "" : " AND ", more);
  }
  /// Those behind ?1 and up to ?2, at most ?3.
  [[nodiscard]] std::string page_sql() const {
    return fmt::format(
        "SELECT v.id, v.object, v.entry, v.ordinal, v.modified, d.entry IS NOT NULL {} "
        "AND v.id > ?1 AND v.id <= ?2 ORDER BY v.id LIMIT ?3",
        all());
  }
  /// Whether there are any. REQUIRES: kinds.empty().
  [[nodiscard]] std::string exists_sql() const {
    return fmt::format("SELECT EXISTS (SELECT 1 {})", all());
  }

 private:
  [[nodiscard]] std::string all() const {
    return fmt::format(
        "FROM version v {} LEFT JOIN disclosure d ON d.disclosed_by = v.entry WHERE {} AND {}{}",
        index, condition, kNoHold, kinds.empty() ? "" : " AND v.kind = ?4");
  }
};

Result<std::int64_t> Published::begin_of(const PublishedFilter& filter) {
  std::int64_t begin = 0;
  if (filter.behind) {
    COMITY_TRY(begin, additions_.last_until(filter.behind->item));
  }
  if (filter.added_after) {
    COMITY_TRY(const auto added, additions_.last_added_until(*filter.added_after));
    begin = std::max(begin, added);
  }
  return begin;
}

/// The numbers of those words that any object uses.
Result<std::vector<std::int64_t>> Published::words(const std::vector<std::string_view>& texts) {
  std::vector<std::int64_t> numbers;
  for (const std::string_view text : texts) {
    COMITY_TRY(const auto word, sql_.number("SELECT id FROM word WHERE text = ?1", text));
    if (word) numbers.push_back(*word);
  }
  return numbers;
}

Result<Published::Walk> Published::walk_of(const PublishedFilter& filter) {
  Walk walk;
  walk.require(condition_of(filter.versions));
  walk.again = filter.versions.at.empty() && !filter.ids && !filter.types;
  if (filter.shelf == Shelf::statements) {
    COMITY_TRY(const auto government, words({"charter", "admission", "key"}));
    walk.require(fmt::format("v.kind NOT IN ({})", fmt::join(government, ",")));
  } else {
    const bool norms = filter.shelf == Shelf::norms;
    COMITY_TRY(const auto kinds, words(norms ? std::vector<std::string_view>{"norm", "rulebook"}
                                             : std::vector<std::string_view>{"incident"}));
    walk.empty = kinds.empty();
    if (is_last_alone(filter.versions) && !filter.ids) {
      walk.kinds = kinds;
      walk.index = "INDEXED BY version_kind";
      walk.bounded = filter.types.has_value();
    } else {
      walk.require(fmt::format("v.kind IN ({})", fmt::join(kinds, ",")));
    }
  }
  if (filter.ids) {
    std::vector<std::int64_t> objects;
    for (const std::string& id : *filter.ids) {
      COMITY_TRY(const auto object, object_of(*snapshot_, id));
      if (object) objects.push_back(static_cast<std::int64_t>(*object));
    }
    walk.require(fmt::format("v.object IN ({})", fmt::join(objects, ",")));
    walk.index = "INDEXED BY version_of";
    walk.bounded = false;
    walk.empty = walk.empty || objects.empty();
  }
  if (filter.types) {
    std::vector<std::int64_t> types;
    for (const std::string& text : *filter.types) {
      COMITY_TRY(const auto type,
                 sql_.number("SELECT id FROM stix_type WHERE text = ?1", std::string_view(text)));
      if (type) types.push_back(*type);
    }
    walk.require(fmt::format("(SELECT o.type FROM object o WHERE o.id = v.object) IN ({})",
                             fmt::join(types, ",")));
    walk.empty = walk.empty || types.empty();
  }
  return walk;
}

Result<void> Published::take(const Walk& walk, std::int64_t after, std::int64_t until,
                             std::size_t limit, std::vector<PublishedItem>& items) {
  const std::string sql = walk.page_sql();
  Prepared once;
  const Prepared* statement = &once;
  if (walk.again) {
    COMITY_TRY(statement, sql_.prepared(sql));
  } else {
    COMITY_TRY(once, snapshot_->database().prepare(sql));
  }
  const std::vector<std::int64_t> single{0};
  for (const std::int64_t kind : walk.kinds.empty() ? single : walk.kinds) {
    std::vector<log::SqlValue> values{after, until, static_cast<std::int64_t>(limit)};
    if (!walk.kinds.empty()) values.emplace_back(kind);
    Query row(*statement, std::span<const log::SqlValue>(values));
    while (true) {
      COMITY_TRY(const bool found, row.step());
      if (!found) break;
      items.push_back({.version = row.integer(0),
                       .object = row.integer(1),
                       .place = {.entry = row.count(2), .ordinal = row.count(3)},
                       .disclosed = row.integer(5) != 0,
                       .modified = UnixMicros{row.integer(4)}});
    }
  }
  if (walk.kinds.size() > 1) std::ranges::sort(items, {}, &PublishedItem::version);
  return {};
}

Result<PublishedPage> Published::page(const PublishedFilter& filter, std::size_t limit) {
  COMITY_ASSERT(limit > 0);
  PublishedPage page;
  COMITY_TRY(const Walk walk, walk_of(filter));
  if (walk.empty) return page;
  COMITY_TRY(const auto begin, begin_of(filter));
  COMITY_TRY(const auto last, additions_.last());
  std::int64_t until = last;
  if (walk.bounded) until = std::min(until, begin + window_);
  COMITY_CHECK(take(walk, begin, until, limit + 1, page.items));
  if (page.items.size() > limit) {
    page.items.resize(limit);
    page.more = FeedPlace{.item = page.items.back().place};
  } else if (until < last) {
    COMITY_TRY(const auto place, additions_.place_of(until));
    page.more = FeedPlace{.item = place};
  }
  return page;
}

Result<std::string> Published::id_of(const PublishedItem& item) {
  COMITY_TRY(const auto* find, sql_.prepared("SELECT t.text, o.uuid FROM object o JOIN stix_type t "
                                             "ON t.id = o.type WHERE o.id = ?1"));
  Query row(*find, item.object);
  COMITY_TRY(const bool found, row.step());
  std::string id = found ? read_id(row, 0) : "";
  if (id.empty()) return fail("The record lacks an object that it names; see `comity rebuild`.");
  return id;
}

Result<bool> Published::has(Shelf shelf, std::string_view id) {
  COMITY_TRY(
      const Walk walk,
      walk_of({.shelf = shelf, .versions = {.all = true}, .ids = std::vector{std::string(id)}}));
  if (walk.empty) return false;
  COMITY_TRY(const auto exists, snapshot_->database().integer(walk.exists_sql()));
  return exists != 0;
}

}  // namespace comity::query
