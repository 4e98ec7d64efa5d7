#include "query/trend_scores.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "query/decimals.h"
#include "query/fact_reader.h"
#include "query/stix_ids.h"

namespace comity::query {
namespace {

using Years = std::vector<std::optional<int>>;

/// The incident's own severity, 0 to 5.
constexpr std::string_view kSeverity = "severity";
constexpr std::int64_t kMostSeverity = 5;
/// Scores among the codes of a data set, as which they stand verbatim.
constexpr std::array<std::string_view, 2> kCoded{"coding.values.unweighted_cyber_intensity",
                                                 "coding.values.weighted_cyber_intensity"};
/// Any scores under their own names.
constexpr std::string_view kNamed = "scores.";
constexpr std::string_view kAfterNamed = "scores/";

struct Score {
  std::uint32_t row = 0;
  std::int64_t value = 0;  ///< in ten-thousandths

  auto operator<=>(const Score&) const = default;
};

/// Who codes an incident: the source that it names, as that party filed it.
struct Coder {
  std::int64_t party = 0;
  std::string_view source;
  std::uint64_t incidents = 0;
  std::map<int, std::uint64_t> years;
};
struct Coders {
  std::vector<Coder> all;
  std::vector<std::uint32_t> of;  ///< of each row
};

/// The scores of one coder in one field.
struct Given {
  std::vector<std::int64_t> all;
  std::map<int, std::vector<std::int64_t>> years;
};

Result<std::vector<std::string>> fields(const log::Database& database) {
  std::vector<std::string> found(kCoded.begin(), kCoded.end());
  found.emplace_back(kSeverity);
  COMITY_TRY(const auto find,
             database.prepare("SELECT text FROM word WHERE text >= ?1 AND text < ?2"));
  log::Query query(find, kNamed, kAfterNamed);
  for (;;) {
    COMITY_TRY(const bool more, query.step());
    if (!more) return found;
    found.push_back(query.text(0));
  }
}

std::optional<std::int64_t> score_of(std::string_view field, std::string_view text) {
  const auto value = decimal(text);
  if (value && field == kSeverity &&
      (*value < 0 || *value > kMostSeverity * Decimals::kUnit || *value % Decimals::kUnit != 0))
    return std::nullopt;
  return value;
}

/// Rows with one number, by row. Where a field has two, nothing says which is meant.
std::vector<Score> unequivocal(std::vector<Score> scores) {
  std::ranges::sort(scores);
  const auto rest = std::ranges::unique(scores);
  scores.erase(rest.begin(), rest.end());
  std::vector<Score> kept;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const bool before = i > 0 && scores[i - 1].row == scores[i].row;
    const bool after = i + 1 < scores.size() && scores[i + 1].row == scores[i].row;
    if (!before && !after) kept.push_back(scores[i]);
  }
  return kept;
}

Result<std::vector<Score>> scores_in(const FactReader& facts, const RowPlaces& rows,
                                     const std::string& field) {
  std::vector<std::pair<std::uint32_t, std::int64_t>> words;
  RowPlaces::Finder finder(rows);
  COMITY_CHECK(facts.each(field, [&](const FactReader::Fact& fact) {
    if (const auto row = finder.row(fact.version, fact.line)) words.emplace_back(*row, fact.value);
  }));
  std::map<std::int64_t, std::optional<std::int64_t>> values;
  std::vector<Score> scores;
  for (const auto& [row, word] : words) {
    const auto [value, is_new] = values.try_emplace(word);
    if (is_new) {
      COMITY_TRY(const std::string text, facts.text(word));
      value->second = score_of(field, text);
    }
    if (value->second) scores.push_back({.row = row, .value = *value->second});
  }
  return unequivocal(std::move(scores));
}

Coders coders_of(const std::vector<TrendDates>& incidents, const Column& sources,
                 const Years& years) {
  std::map<std::pair<std::int64_t, std::string_view>, std::uint32_t> known;
  Coders coders;
  coders.of.reserve(incidents.size());
  for (std::size_t row = 0; row < incidents.size(); ++row) {
    const std::int64_t party = incidents[row].party;
    const std::string_view source = sources.first(row);
    const auto [it, is_new] =
        known.try_emplace(std::pair(party, source), static_cast<std::uint32_t>(coders.all.size()));
    if (is_new)
      coders.all.push_back({.party = party, .source = source, .incidents = 0, .years = {}});
    Coder& coder = coders.all[it->second];
    ++coder.incidents;
    if (years[row]) ++coder.years[*years[row]];
    coders.of.push_back(it->second);
  }
  return coders;
}

ScoredIncidents scored(std::uint64_t incidents, const std::vector<std::int64_t>& scores) {
  return {.incidents = incidents, .scores = measure::score_summary(scores, Decimals::kUnit)};
}

ScoreSeries series_of(const Coder& coder, const std::string& field, Given& given) {
  ScoreSeries series{.source = std::string(coder.source),
                     .field = field,
                     .filed_by = {},
                     .filer = {},
                     .all = scored(coder.incidents, given.all),
                     .years = {}};
  for (const auto& [year, incidents] : coder.years)
    series.years.emplace(year, scored(incidents, given.years[year]));
  return series;
}

}  // namespace

std::string_view ScoreSeries::name() const {
  std::string_view text = field;
  for (const std::string_view head : {std::string_view("coding.values."), kNamed})
    if (text.starts_with(head)) return text.substr(head.size());
  return text;
}

Result<std::vector<ScoreSeries>> trend_scores(const log::Database& database,
                                              const TrendIncidents& incidents, const Years& years) {
  COMITY_TRY(const auto facts, FactReader::open(database));
  COMITY_TRY(const auto ids, StixIds::open(database));
  COMITY_TRY(const auto sources, facts.column(incidents.set.versions, {"coding.source"}));
  COMITY_TRY(const auto all_fields, fields(database));
  const Coders coders = coders_of(incidents.dates, sources, years);
  std::vector<ScoreSeries> all;
  for (const std::string& field : all_fields) {
    COMITY_TRY(const auto scores, scores_in(facts, incidents.set.versions, field));
    std::map<std::uint32_t, Given> given;
    for (const Score& score : scores) {
      Given& by = given[coders.of[score.row]];
      by.all.push_back(score.value);
      if (years[score.row]) by.years[*years[score.row]].push_back(score.value);
    }
    for (auto& [coder, scores_given] : given) {
      all.push_back(series_of(coders.all[coder], field, scores_given));
      COMITY_TRY(all.back().filed_by, ids.of(coders.all[coder].party));
    }
  }
  std::ranges::sort(
      all, {}, [](const ScoreSeries& it) { return std::tie(it.source, it.field, it.filed_by); });
  return all;
}

}  // namespace comity::query
