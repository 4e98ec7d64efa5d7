#include <algorithm>
#include <array>
#include <unordered_map>

#include <fmt/format.h>

#include "record/fold_name.h"
#include "record/text_index.h"

#include "query/claims_about.h"
#include "query/search_pool.h"
#include "query/search_words.h"
#include "query/word_terms.h"

namespace comity::query {
namespace {

using log::Query;
using record::TextTable;

constexpr std::size_t kClaimsNaming = 5000;  // that name an actor

TextTable table_of(SearchKind kind) {
  if (kind == SearchKind::incidents) return TextTable::incident;
  return kind == SearchKind::actors ? TextTable::actor : TextTable::claim;
}

/// The ways to match words, one after the other, the best first.
class Ways {
 public:
  Ways(const Moment& moment, SearchKind kind, Matcher& matcher, const SearchBounds& bounds)
      : moment_(moment), kind_(kind), matcher_(&matcher), bounds_(bounds) {}

  /// Whose name, or number in a list of others, is just that.
  Result<void> by_whole_name(const std::string& words) {
    const std::string folded = record::fold_name(words);
    const std::string own = fmt::format("EXISTS (SELECT 1 FROM {} t WHERE t.rowid = ",
                                        record::name_of(table_of(kind_)));
    if (!folded.empty()) {
      COMITY_TRY(const auto named,
                 moment_.database->prepare("SELECT n.version FROM name n WHERE n.folded = ?1 AND "
                                           "n.version <= ?2 AND " +
                                           own + "n.version) ORDER BY n.version DESC"));
      COMITY_CHECK(take_all(Query(named, std::string_view(folded), moment_.last), Relevance::name));
    }
    COMITY_TRY(const auto listed,
               moment_.database->prepare("SELECT s.version FROM source s WHERE s.external_id = ?1 "
                                         "AND s.version <= ?2 AND " +
                                         own + "s.version)"));
    return take_all(Query(listed, std::string_view(words), moment_.last), Relevance::name);
  }

  /// What the table holds of an FTS5 expression; of claims, the incidents that they are about.
  Result<void> by_text(TextTable table, const std::string& expression, Relevance relevance) {
    if (expression.empty()) return {};
    COMITY_TRY(const auto match, moment_.database->prepare(fmt::format(
                                     "SELECT rowid FROM {0} WHERE {0} MATCH ?1 AND rowid <= ?2 "
                                     "ORDER BY rowid DESC",
                                     record::name_of(table))));
    Query row(match, std::string_view(expression), moment_.last);
    if (table == table_of(kind_)) return take_all(std::move(row), relevance);
    return take_incidents(row, relevance);
  }

  Result<void> by_actor(const SoughtActor& actor) {
    if (!actor.is_known()) return {};
    if (kind_ == SearchKind::actors) return by_objects(actor.objects);
    COMITY_TRY(const auto claims, claims_naming(moment_, actor, kClaimsNaming));
    if (claims.size() == kClaimsNaming) pool_.is_whole = false;
    if (kind_ == SearchKind::claims) return take_each(claims, Relevance::actor);
    COMITY_TRY(auto incidents, IncidentsOf::at(moment_));
    COMITY_TRY(const auto named, incidents.of_claims(claims));
    COMITY_CHECK(take_each(named, Relevance::actor));
    COMITY_TRY(const auto related, incidents.attributed_to(actor.objects));
    return take_each(related, Relevance::actor);
  }

  [[nodiscard]] bool found_any() const { return !pool_.found.empty(); }
  [[nodiscard]] Pool take_pool() { return std::move(pool_); }

 private:
  Result<void> by_objects(const std::vector<std::int64_t>& objects) {
    COMITY_TRY(const auto shown,
               moment_.database->prepare(
                   fmt::format("SELECT v.id FROM version v WHERE v.object = ?1 AND {}", kIsShown)));
    for (const std::int64_t object : objects)
      COMITY_CHECK(take_all(Query(shown, object, moment_.size), Relevance::actor));
    return {};
  }

  Result<void> take_all(Query&& row, Relevance relevance) {
    Left left = begin();
    while (left.any()) {
      COMITY_TRY(const bool more, row.step());
      if (!more) return {};
      COMITY_CHECK(take(row.integer(0), relevance, left));
    }
    pool_.is_whole = false;
    return {};
  }

  Result<void> take_incidents(Query& claims, Relevance relevance) {
    COMITY_TRY(auto incidents, IncidentsOf::at(moment_));
    Left left = begin();
    while (left.any()) {
      COMITY_TRY(const bool more, claims.step());
      if (!more) return {};
      --left.looks;
      COMITY_TRY(const auto about, incidents.of_claim(claims.integer(0)));
      for (const std::int64_t incident : about) COMITY_CHECK(take(incident, relevance, left));
    }
    pool_.is_whole = false;
    return {};
  }

  Result<void> take_each(const std::vector<std::int64_t>& versions, Relevance relevance) {
    Left left = begin();
    for (const std::int64_t version : versions) {
      if (!left.any()) {
        pool_.is_whole = false;
        return {};
      }
      COMITY_CHECK(take(version, relevance, left));
    }
    return {};
  }

  /// How much one way may still find and look at.
  struct Left {
    std::int64_t finds;
    std::int64_t looks;
    [[nodiscard]] bool any() const { return finds > 0 && looks > 0; }
  };
  [[nodiscard]] Left begin() const {
    return {static_cast<std::int64_t>(bounds_.by_words),
            static_cast<std::int64_t>(bounds_.looked_at)};
  }

  Result<void> take(std::int64_t version, Relevance relevance, Left& left) {
    --left.looks;
    const auto [known, is_new] = known_.try_emplace(version, false);
    if (!is_new) {
      if (known->second) --left.finds;  // found in a better way
      return {};
    }
    COMITY_TRY(const auto matched, matcher_->match(version));
    if (!matched) return {};
    known->second = true;
    --left.finds;
    pool_.found.push_back({*matched, relevance});
    return {};
  }

  Moment moment_;
  SearchKind kind_;
  Matcher* matcher_;
  SearchBounds bounds_;
  std::unordered_map<std::int64_t, bool> known_;  ///< version, and whether it satisfies the filters
  Pool pool_;
};

/// The words as one table is asked for them.
struct Asked {
  TextTable table = TextTable::incident;
  bool begins = false;  ///< all words are taken for beginnings
  WordPlace place = WordPlace::anywhere;
};

Result<std::string> expression_for(const Moment& moment, const Asked& asked,
                                   const std::vector<SoughtWord>& words,
                                   const std::vector<std::string>& phrases) {
  std::vector<std::vector<std::string>> forms;
  for (const SoughtWord& word : words) {
    forms.push_back(forms_of(word));
    if (!asked.begins && !word.begins) continue;
    COMITY_TRY(auto longer,
               terms_beginning(*moment.database, asked.table, word.text, kTermsOfPrefix));
    forms.back().insert(forms.back().end(), longer.begin(), longer.end());
  }
  return match_expression(forms, phrases, asked.place);
}

}  // namespace

Result<WordsFound> gather_by_words(const Moment& moment, SearchKind kind, const std::string& words,
                                   Matcher& matcher, const SearchBounds& bounds) {
  WordsFound result;
  Ways ways(moment, kind, matcher, bounds);
  const auto sought = sought_words(words);
  COMITY_TRY(result.actor, find_actor(moment, words));
  std::vector<std::string> phrases;
  if (kind != SearchKind::actors)
    for (const std::string& name : result.actor.own_names) phrases.push_back(phrase_of(name));
  COMITY_CHECK(ways.by_whole_name(words));
  for (const bool begins : {false, true}) {
    const Asked own{.table = table_of(kind), .begins = begins};
    const Asked own_names{.table = own.table, .begins = begins, .place = WordPlace::in_names};
    COMITY_TRY(const auto names, expression_for(moment, own_names, sought, {}));
    COMITY_CHECK(ways.by_text(own.table, names, Relevance::in_name));
    COMITY_CHECK(ways.by_actor(begins ? SoughtActor{} : result.actor));
    COMITY_TRY(const auto texts, expression_for(moment, own, sought, phrases));
    COMITY_CHECK(ways.by_text(own.table, texts, Relevance::in_text));
    if (kind == SearchKind::incidents) {
      const Asked claim{.table = TextTable::claim, .begins = begins};
      COMITY_TRY(const auto claims, expression_for(moment, claim, sought, phrases));
      COMITY_CHECK(ways.by_text(TextTable::claim, claims, Relevance::in_claim));
    }
    if (ways.found_any()) break;  // beginnings only where the words themselves find nothing
  }
  result.pool = ways.take_pool();
  return result;
}

}  // namespace comity::query
