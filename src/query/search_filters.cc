#include "query/search_filters.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "query/claims_about.h"

namespace comity::query {
namespace {

using log::Query;
using log::SqlValue;

/// Claims that name an actor are followed so far back.
constexpr std::size_t kClaimsFollowed = 5000;
/// Of the names that claims list, so many are looked at for spellings in another case.
constexpr std::int64_t kListedNames = 10'000;

/// Rows of the kind's table, its dates, and how its versions are told from others.
struct KindColumns {
  std::string_view table;
  std::string_view first;
  std::string_view last;
};
KindColumns columns_of(SearchKind kind) {
  if (kind == SearchKind::incidents) return {"incident", "i.start_first", "i.start_last"};
  if (kind == SearchKind::claims) return {"claim", "i.first", "i.last"};
  return {"actor_text", "NULL", "NULL"};
}

std::string_view key_of(SearchKind kind) {
  return kind == SearchKind::actors ? "rowid" : "version";
}

/// The words that are that text but for the case and that a field has as values. Words are ordered
/// with their case, so the field's values are walked, each once, rather than all words; the text as
/// it stands is found however many there are.
Result<std::vector<std::int64_t>> values_like(const Moment& moment, std::string_view field,
                                              std::string_view text) {
  COMITY_TRY(const auto word, moment.word(field));
  if (!word) return std::vector<std::int64_t>{};
  COMITY_TRY(const auto find,
             moment.database->prepare(
                 "WITH RECURSIVE said(value) AS (SELECT min(value) FROM fact WHERE field = ?1 "
                 "UNION ALL SELECT (SELECT min(value) FROM fact WHERE field = ?1 AND "
                 "value > said.value) FROM said WHERE said.value IS NOT NULL LIMIT ?3) "
                 "SELECT w.id FROM said CROSS JOIN word w ON w.id = said.value "
                 "WHERE w.text = ?2 COLLATE NOCASE AND w.text <> ?2"));
  const std::array<SqlValue, 3> values{*word, text, kListedNames};
  COMITY_TRY(auto words, integers(find, values, kListedNames));
  COMITY_TRY(const auto as_it_stands,
             moment.database->prepare("SELECT value FROM fact WHERE field = ?1 AND value = (SELECT "
                                      "id FROM word WHERE text = ?2) LIMIT 1"));
  COMITY_TRY(const auto same, integers(as_it_stands, std::span(values).first(2), 1));
  words.insert(words.end(), same.begin(), same.end());
  return words;
}

}  // namespace

std::string SqlCondition::place() { return fmt::format("?{}", bound_ + values_.size()); }

std::string SqlCondition::bind(std::int64_t value) {
  values_.emplace_back(value);
  return place();
}

std::string SqlCondition::bind(std::string_view text) {
  values_.emplace_back(std::string_view(texts_.emplace_back(text)));
  return place();
}

std::string SqlCondition::bind(const std::vector<std::int64_t>& values) {
  std::string list = "(";
  for (const std::int64_t value : values) list += (list.size() > 1 ? ", " : "") + bind(value);
  return list + ")";
}

Result<Matcher> Matcher::of(const Moment& moment, SearchKind kind, const SearchFilters& filters) {
  Matcher matcher(moment, kind);
  COMITY_CHECK(matcher.add_codes("victims.countries", filters.countries));
  COMITY_CHECK(matcher.add_codes("victims.sectors", filters.sectors));
  COMITY_CHECK(matcher.add_codes("effects", filters.effects));
  COMITY_CHECK(matcher.add_codes("techniques", filters.techniques));
  COMITY_CHECK(matcher.add_dates(filters.dates));
  if (!filters.actor.empty()) COMITY_CHECK(matcher.add_actor(filters.actor));
  if (!filters.claimant.empty()) COMITY_CHECK(matcher.add_claimant(filters.claimant));
  COMITY_CHECK(matcher.add_others(filters));
  COMITY_CHECK(matcher.prepare());
  return matcher;
}

Result<void> Matcher::add_codes(std::string_view field, const std::vector<std::string>& values) {
  for (const std::string& value : values) {
    COMITY_TRY(const auto field_word, moment_.word(field));
    COMITY_TRY(const auto value_word, moment_.word(value));
    // A word that nothing uses has no number, and 0 is no number.
    const std::vector<std::int64_t> words{field_word.value_or(0), value_word.value_or(0)};
    condition_.require(
        fmt::format("EXISTS (SELECT 1 FROM fact f WHERE f.version = v.id AND "
                    "f.field = {} AND f.value = {})",
                    condition_.bind(words[0]), condition_.bind(words[1])));
    drivers_.push_back(
        {"SELECT DISTINCT version FROM fact WHERE field = ?3 AND value = ?4", words});
  }
  return {};
}

Result<void> Matcher::add_dates(const DateRange& range) {
  const auto columns = columns_of(kind_);
  const bool may = range.certainty == Certainty::may_have;
  if (range.from)
    condition_.require(fmt::format("{} >= {}", may ? columns.last : columns.first,
                                   condition_.bind(range.from->first_day())));
  if (range.to)
    condition_.require(fmt::format("{} <= {}", may ? columns.first : columns.last,
                                   condition_.bind(range.to->last_day())));
  return {};
}

Result<void> Matcher::add_actor(const std::string& name) {
  COMITY_TRY(actor_, find_actor(moment_, name));
  COMITY_TRY(auto versions, claims_naming(moment_, actor_, kClaimsFollowed));
  if (kind_ == SearchKind::incidents) {
    COMITY_TRY(auto incidents, IncidentsOf::at(moment_));
    COMITY_TRY(versions, incidents.of_claims(versions));
    COMITY_TRY(const auto related, incidents.attributed_to(actor_.objects));
    versions.insert(versions.end(), related.begin(), related.end());
  }
  std::ranges::sort(versions);
  versions.erase(std::unique(versions.begin(), versions.end()), versions.end());
  named_ = std::move(versions);
  return {};
}

Result<std::string> Matcher::is_listed(std::string_view field,
                                       const std::vector<std::int64_t>& words) {
  if (words.empty()) return std::string();
  COMITY_TRY(const auto word, moment_.word(field));
  return fmt::format(
      " OR EXISTS (SELECT 1 FROM fact f WHERE f.version = c.version AND f.field = {} AND "
      "f.value IN {})",
      condition_.bind(word.value_or(0)), condition_.bind(words));
}

/// What cannot hold is left out: each clause is asked of every claim.
Result<std::string> Matcher::said_by(const std::string& claimant) {
  COMITY_TRY(const auto objects, moment_.objects_named(claimant));
  std::string said = "c.made_by_name = " + condition_.bind(claimant) + " COLLATE NOCASE";
  if (!objects.empty())
    said += fmt::format(
        " OR c.made_by IN {0} OR (c.made_by IS NULL AND c.made_by_name IS NULL AND {1} IN {0})",
        condition_.bind(objects), own_voice(kind_ == SearchKind::claims ? "v" : "cv"));
  std::vector<std::int64_t> ids;  // as words, where a claim lists several claimants
  for (const std::int64_t object : objects) {
    COMITY_TRY(const std::string id, moment_.id_of(object));
    COMITY_TRY(const auto word, moment_.word(id));
    if (word) ids.push_back(*word);
  }
  COMITY_TRY(const std::string by_ref, is_listed("claimants.ref", ids));
  COMITY_TRY(const auto names, values_like(moment_, "claimants.name", claimant));
  COMITY_TRY(const std::string by_name, is_listed("claimants.name", names));
  return "(" + said + by_ref + by_name + ")";
}

Result<void> Matcher::add_claimant(const std::string& claimant) {
  COMITY_TRY(const std::string said, said_by(claimant));
  if (kind_ == SearchKind::claims)
    condition_.require(
        fmt::format("EXISTS (SELECT 1 FROM claim c WHERE c.version = v.id AND {})", said));
  else
    condition_.require(
        fmt::format("EXISTS (SELECT 1 FROM {} WHERE a.object = v.object AND {} "
                    "AND {})",
                    kClaimsJoin, kClaimIsShown, said));
  return {};
}

Result<void> Matcher::add_others(const SearchFilters& filters) {
  if (!filters.response.empty()) {
    COMITY_TRY(const auto word, moment_.word(filters.response));
    condition_.require("i.response_search = " + condition_.bind(word.value_or(0)));
  }
  if (!filters.filed_by.empty()) {
    COMITY_TRY(const auto parties, moment_.objects_named(filters.filed_by));
    condition_.require("v.party IN " + condition_.bind(parties));
  }
  if (!filters.source.empty()) {
    const std::string source = condition_.bind(filters.source);
    condition_.require(
        fmt::format("EXISTS (SELECT 1 FROM source s WHERE s.version = v.id AND "
                    "substr(s.name, 1, length({0})) = {0} COLLATE NOCASE)",
                    source));
  }
  return {};
}

Result<void> Matcher::prepare() {
  const auto columns = columns_of(kind_);
  COMITY_TRY(match_, moment_.database->prepare(fmt::format(
                         "SELECT v.object, ifnull({0}, -1) FROM {1} i JOIN version v ON v.id = "
                         "i.{2} WHERE i.{2} = ?1 AND {3}{4}",
                         columns.first, columns.table, key_of(kind_), kIsShown, condition_.sql())));
  values_ = {std::int64_t{0}, static_cast<std::int64_t>(moment_.size)};
  values_.insert(values_.end(), condition_.values().begin(), condition_.values().end());
  return {};
}

Result<std::optional<Matched>> Matcher::match(std::int64_t version) {
  if (version > moment_.last) return std::nullopt;
  if (named_ && !std::ranges::binary_search(*named_, version)) return std::nullopt;
  values_[0] = version;
  Query row(match_, std::span<const SqlValue>(values_));
  COMITY_TRY(const bool found, row.step());
  if (!found) return std::nullopt;
  return Matched{.version = version, .object = row.integer(0), .date = row.integer(1)};
}

Result<std::optional<std::vector<std::int64_t>>> Matcher::few(std::size_t limit) {
  if (named_ && named_->size() <= limit) return named_;
  auto drivers = drivers_;
  drivers.push_back({fmt::format("SELECT {1} FROM {0} WHERE {1} <= ?2 ORDER BY {1} DESC",
                                 columns_of(kind_).table, key_of(kind_)),
                     {}});
  for (const Driver& driver : drivers) {
    COMITY_TRY(const auto prepared, moment_.database->prepare(driver.sql));
    std::vector<SqlValue> values{std::monostate{}, moment_.last};
    values.insert(values.end(), driver.values.begin(), driver.values.end());
    values.resize(driver.values.empty() ? 2 : values.size());
    COMITY_TRY(auto versions, integers(prepared, values, limit + 1));
    if (versions.size() <= limit) return versions;
  }
  return std::nullopt;
}

}  // namespace comity::query
