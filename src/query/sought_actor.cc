#include "query/sought_actor.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "record/fold_name.h"

namespace comity::query {
namespace {

using log::Prepared;
using log::Query;
using log::SqlValue;

constexpr std::size_t kObjects = 64;
constexpr std::size_t kNames = 128;

/// Collects the objects of one actor and their names.
class Joining {
 public:
  static Result<Joining> of(const Moment& moment) {
    Joining joining(moment);
    const std::string bearer = fmt::format(
        "SELECT v.object, n.version FROM name n JOIN version v ON v.id = n.version "
        "WHERE n.folded = ?1 AND {} AND (?3 OR n.ordinal = 0) AND "
        "EXISTS (SELECT 1 FROM actor_text t WHERE t.rowid = n.version)",
        kIsShown);
    COMITY_TRY(joining.bearers_, moment.database->prepare(bearer));
    COMITY_TRY(joining.version_, moment.database->prepare(fmt::format(
                                     "SELECT v.object, v.id FROM version v WHERE v.object = ?1 AND "
                                     "{} AND EXISTS (SELECT 1 FROM actor_text t WHERE t.rowid = "
                                     "v.id)",
                                     kIsShown)));
    COMITY_TRY(joining.names_, moment.database->prepare("SELECT text, folded, ordinal FROM name "
                                                        "WHERE version = ?1 ORDER BY ordinal"));
    return joining;
  }

  /// Those that bear that folded name; with `any_name` as an alias too.
  Result<void> add_bearers(std::string_view folded, bool any_name) {
    if (folded.empty()) return {};
    Query row(bearers_, folded, moment_.size, any_name ? 1 : 0);
    return add_rows(row);
  }
  Result<void> add_object(std::int64_t object) {
    Query row(version_, object, moment_.size);
    return add_rows(row);
  }

  [[nodiscard]] const std::set<std::string>& folded() const { return folded_; }
  [[nodiscard]] const std::set<std::string>& first_names() const { return first_names_; }
  Result<SoughtActor> take() {
    SoughtActor actor{.objects = {objects_.begin(), objects_.end()}, .names = {}, .own_names = {}};
    for (const auto& [folded, text] : texts_) {
      actor.names.push_back(text);
      COMITY_TRY(const bool is_own, is_own_name(folded));
      if (is_own) actor.own_names.push_back(text);
    }
    return actor;
  }

 private:
  explicit Joining(const Moment& moment) : moment_(moment) {}

  Result<void> add_rows(Query& row) {
    std::vector<std::int64_t> versions;
    while (objects_.size() < kObjects) {
      COMITY_TRY(const bool more, row.step());
      if (!more) break;
      if (objects_.insert(row.integer(0)).second) versions.push_back(row.integer(1));
    }
    for (const std::int64_t version : versions) COMITY_CHECK(add_names(version));
    return {};
  }

  Result<bool> is_own_name(const std::string& folded) {
    Query row(bearers_, std::string_view(folded), moment_.size, 1);
    while (true) {
      COMITY_TRY(const bool more, row.step());
      if (!more) return true;
      if (!objects_.contains(row.integer(0))) return false;
    }
  }

  Result<void> add_names(std::int64_t version) {
    Query row(names_, version);
    while (folded_.size() < kNames) {
      COMITY_TRY(const bool more, row.step());
      if (!more) break;
      const std::string folded = row.text(1);
      if (folded.empty()) continue;
      if (folded_.insert(folded).second) texts_.emplace_back(folded, row.text(0));
      if (row.integer(2) == 0) first_names_.insert(folded);
    }
    return {};
  }

  Moment moment_;
  Prepared bearers_, version_, names_;
  std::set<std::int64_t> objects_;
  std::set<std::string> folded_;
  std::set<std::string> first_names_;
  std::vector<std::pair<std::string, std::string>> texts_;  // folded, and as first met
};

}  // namespace

Result<SoughtActor> find_actor(const Moment& moment, std::string_view name) {
  COMITY_TRY(auto joining, Joining::of(moment));
  COMITY_TRY(const auto object, moment.object(name));
  if (object)
    COMITY_CHECK(joining.add_object(*object));
  else
    COMITY_CHECK(joining.add_bearers(record::fold_name(name), true));
  // Of those found so far alone, so that nothing is joined through a third.
  const auto names = joining.folded();
  const auto first_names = joining.first_names();
  for (const std::string& folded : names)
    COMITY_CHECK(joining.add_bearers(folded, first_names.contains(folded)));
  return joining.take();
}

Result<std::vector<std::int64_t>> claims_naming(const Moment& moment, const SoughtActor& actor,
                                                std::size_t limit) {
  COMITY_TRY(const auto find,
             moment.database->prepare(
                 "SELECT a.version FROM about a JOIN claim c ON c.version = a.version "
                 "WHERE a.object = ?1 AND a.version <= ?2 ORDER BY a.version DESC"));
  COMITY_TRY(const auto by_cluster,
             moment.database->prepare("SELECT version FROM claim WHERE cluster = ?1 AND "
                                      "version <= ?2 ORDER BY version DESC"));
  std::set<std::int64_t, std::greater<>> versions;
  for (const std::int64_t object : actor.objects)
    for (const Prepared* each : {&find, &by_cluster}) {
      const std::array<SqlValue, 2> values{object, moment.last};
      COMITY_TRY(const auto found, integers(*each, values, limit));
      versions.insert(found.begin(), found.end());
    }
  std::vector<std::int64_t> all(versions.begin(), versions.end());
  all.resize(std::min(all.size(), limit));
  return all;
}

}  // namespace comity::query
