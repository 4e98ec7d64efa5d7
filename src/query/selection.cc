#include "query/selection.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "query/shown.h"
#include "query/version_rows.h"

namespace comity::query {
namespace {

using log::Query;
using log::SqlValue;

/// A kind of selection and its condition. The plus signs keep SQLite from beginning with these
/// tables: it is to go through the versions in their order, and sort nothing.
struct Kind {
  std::string name;
  std::string_view condition;
};
const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all{
      {"incidents", "+k.text = 'incident'"},
      {"claims", "+k.text IN ('attribution', 'reply')"},
      {"responses", "+k.text = 'response'"},
      {"findings", "+k.text = 'finding'"},
      {"opinions", "+t.text = 'opinion'"},
      {"actors", "(+k.text = 'actor' OR +t.text IN ('intrusion-set', 'threat-actor'))"},
      {"claimants", "+k.text = 'claimant'"},
      {"norms", "+k.text IN ('norm', 'rulebook')"},
      {"objects", "+k.text NOT IN ('charter', 'admission', 'key')"},
      {"all", "1"}};
  return all;
}

std::string_view condition_of(const std::string& kind) {
  const auto found = std::ranges::find(kinds(), kind, &Kind::name);
  COMITY_ASSERT(found != kinds().end());
  return found->condition;
}

/// The versions of incidents that a version is, is about, or is tied to.
constexpr std::string_view kIncidents =
    "SELECT v.id UNION ALL SELECT iv.id FROM about a JOIN version iv ON iv.object = a.object AND "
    "iv.since < ?1 AND iv.until >= ?1 WHERE a.version = v.id UNION ALL "
    "SELECT iv.id FROM relation r JOIN version rv ON rv.id = r.version AND rv.since < ?1 AND "
    "rv.until >= ?1 JOIN version iv ON iv.object = r.target AND iv.since < ?1 AND iv.until >= ?1 "
    "WHERE r.source = v.object";

constexpr std::string_view kDates =
    "SELECT start_first AS a, start_last AS b FROM incident WHERE version = v.id UNION ALL "
    "SELECT first, last FROM claim WHERE version = v.id UNION ALL "
    "SELECT first, last FROM response WHERE version = v.id";

std::string sql_of(const Selection& selection) {
  return fmt::format(
      "SELECT {} FROM version v NOT INDEXED{} WHERE v.entry < ?1 AND {} AND {} AND "
      "h.entry IS NULL AND (?2 IS NULL OR v.party = ?2) AND (?3 IS NULL OR EXISTS "
      "(SELECT 1 FROM source s WHERE s.version = v.id AND s.name = ?3)) AND "
      "(?4 IS NULL OR EXISTS (SELECT 1 FROM fact f JOIN word fw ON fw.id = f.field JOIN word vw "
      "ON vw.id = f.value WHERE f.version IN ({}) AND fw.text = 'victims.countries' AND "
      "vw.text = ?4)) AND (?5 IS NULL OR EXISTS (SELECT 1 FROM ({}) WHERE b >= ?5 AND a <= ?6)) "
      "ORDER BY v.id",
      kVersionColumns, kVersionJoins, selection.all_versions ? "1" : kShown,
      condition_of(selection.kind), kIncidents, kDates);
}

SqlValue unless_empty(std::string_view text) { return text.empty() ? SqlValue{} : SqlValue{text}; }

}  // namespace

const std::vector<std::string>& selection_kinds() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const Kind& kind : kinds()) all.push_back(kind.name);
    return all;
  }();
  return names;
}

std::string canonical(const Selection& selection) {
  const auto day = [](const std::optional<std::int64_t>& it) {
    return it ? std::to_string(*it) : std::string();
  };
  std::string text = selection.kind;
  // The lengths keep texts with line ends from passing for others.
  for (const std::string& part : {selection.party, selection.source, selection.country,
                                  day(selection.from), day(selection.to)})
    text += fmt::format("\n{} {}", part.size(), part);
  return text + (selection.all_versions ? "\nall versions" : "");
}

/// What is bound must outlive the query, so it is kept beside it.
struct Selected::Walk {
  log::Prepared prepared;
  std::string source;
  std::string country;
  std::optional<Query> row;
};

Selected::Selected(std::unique_ptr<Walk> walk) : walk_(std::move(walk)) {}
Selected::Selected(Selected&&) noexcept = default;
Selected& Selected::operator=(Selected&&) noexcept = default;
Selected::~Selected() = default;

Result<Selected> Selected::open(const Snapshot& snapshot, const Selection& selection,
                                std::uint64_t size) {
  constexpr std::int64_t kFar = std::int64_t{1} << 40;
  SqlValue party;
  if (!selection.party.empty()) {
    COMITY_TRY(const auto object, object_of(snapshot, selection.party));
    party = object ? static_cast<std::int64_t>(*object) : -1;
  }
  SqlValue from;
  if (selection.from || selection.to) from = selection.from.value_or(-kFar);
  auto walk = std::make_unique<Walk>();
  walk->source = selection.source;
  walk->country = selection.country;
  const std::array<SqlValue, 6> values{
      static_cast<std::int64_t>(size), party, unless_empty(walk->source),
      unless_empty(walk->country),     from,  selection.to.value_or(kFar)};
  COMITY_TRY(walk->prepared, snapshot.database().prepare(sql_of(selection)));
  walk->row.emplace(walk->prepared, std::span<const SqlValue>(values));
  return Selected(std::move(walk));
}

Result<std::optional<Version>> Selected::next() {
  COMITY_TRY(const bool found, walk_->row->step());
  if (!found) return std::nullopt;
  return read_version(*walk_->row);
}

Result<void> for_each(const Snapshot& snapshot, const Selection& selection, std::uint64_t size,
                      const std::function<Result<void>(const Version&)>& visit) {
  COMITY_TRY(auto selected, Selected::open(snapshot, selection, size));
  while (true) {
    COMITY_TRY(const auto version, selected.next());
    if (!version) return {};
    COMITY_CHECK(visit(*version));
  }
}

}  // namespace comity::query
