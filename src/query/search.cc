#include "query/search.h"

#include <algorithm>
#include <array>
#include <limits>

#include <fmt/format.h>

#include "query/search_cursor.h"
#include "query/search_facets.h"
#include "query/search_hits.h"
#include "query/search_words.h"
#include "query/word_terms.h"

namespace comity::query {
namespace {

using log::Query;

constexpr std::int64_t kGreatest = std::numeric_limits<std::int64_t>::max();

Result<void> check_kind(const SearchRequest& request) {
  const SearchFilters& filters = request.filters;
  const bool incidents = request.kind == SearchKind::incidents;
  const auto unfit = [&](std::string_view what) {
    return refuse("search-filter-unfit",
                  fmt::format("A search for {} has no {}; leave it out, or search for incidents.",
                              word_of(request.kind), what));
  };
  if (!incidents && !filters.countries.empty()) return unfit("victims' countries");
  if (!incidents && !filters.sectors.empty()) return unfit("victims' sectors");
  if (!incidents && !filters.effects.empty()) return unfit("effects");
  if (!incidents && !filters.techniques.empty()) return unfit("techniques");
  if (!incidents && !filters.response.empty()) return unfit("state of responses");
  if (request.kind != SearchKind::actors) return {};
  if (!filters.dates.is_open() || request.order == SearchOrder::date) return unfit("dates");
  if (!filters.actor.empty()) return unfit("actor named by claims");
  if (!filters.claimant.empty()) return unfit("claimant");
  if (request.facets) return unfit("facets");
  return {};
}

Result<void> check(const SearchRequest& request) {
  if (request.limit < 1 || request.limit > kHitsInPage)
    return refuse("search-limit", fmt::format("Ask for 1 to {} hits a page.", kHitsInPage));
  const SearchFilters& filters = request.filters;
  const auto too_long = [] {
    return refuse("search-too-long",
                  fmt::format("A search has at most {} words and {} bytes, and so many values of a "
                              "filter; shorten it.",
                              kSearchWords, kSearchBytes));
  };
  for (const auto* text : {&request.words, &filters.response, &filters.actor, &filters.claimant,
                           &filters.filed_by, &filters.source})
    if (text->size() > kSearchBytes) return too_long();
  for (const auto* values :
       {&filters.countries, &filters.sectors, &filters.effects, &filters.techniques}) {
    if (values->size() > kSearchWords) return too_long();
    for (const std::string& value : *values)
      if (value.size() > kSearchBytes) return too_long();
  }
  if (sought_words(request.words).size() > kSearchWords) return too_long();
  return check_kind(request);
}

/// One search on its way.
class Searching {
 public:
  Searching(const Snapshot& snapshot, const SearchRequest& request, const SearchBounds& bounds)
      : snapshot_(&snapshot), request_(&request), bounds_(bounds) {}

  Result<SearchPage> run() {
    COMITY_CHECK(begin());
    COMITY_TRY(auto matcher, Matcher::of(moment_, request_->kind, request_->filters));
    page_.sought_names = matcher.actor().names;
    COMITY_TRY(const auto pool, find_pool(matcher));
    if (pool)
      COMITY_CHECK(page_of(*pool));
    else
      COMITY_CHECK(page_of_walk(matcher));
    return std::move(page_);
  }

  /// Finds the state and the place to go on from. Refuses what the search can't be.
  Result<void> begin() {
    COMITY_CHECK(check(*request_));
    COMITY_TRY(page_.size, snapshot_->size_at(request_->as_of));
    after_ = {.key = kGreatest, .version = kGreatest};
    if (!request_->after.empty()) {
      COMITY_TRY(const auto cursor, parse_cursor(request_->after, *request_));
      const bool is_same =
          std::holds_alternative<Newest>(request_->as_of) || page_.size == cursor.size;
      if (!is_same)
        return refuse("search-cursor-other",
                      "The cursor is of another state of the record than the one asked for; leave "
                      "that out, or begin without the cursor.");
      COMITY_TRY(page_.size, snapshot_->size_at(AtSize{cursor.size}));
      COMITY_TRY(const auto version, version_behind(cursor));
      after_ = {.key = cursor.key, .version = version};
    }
    COMITY_TRY(moment_, Moment::at(*snapshot_, page_.size));
    return {};
  }

 private:
  /// The least version that is not behind the cursor's place, whether the hit is still there or
  /// not.
  [[nodiscard]] Result<std::int64_t> version_behind(const SearchCursor& cursor) const {
    COMITY_TRY(const auto find, snapshot_->database().prepare(
                                    "SELECT id FROM version WHERE (entry, ordinal) >= (?1, ?2) "
                                    "ORDER BY entry, ordinal LIMIT 1"));
    Query row(find, cursor.entry, cursor.ordinal);
    COMITY_TRY(const bool found, row.step());
    return found ? row.integer(0) : kGreatest;
  }

  [[nodiscard]] bool has_words() const { return !request_->words.empty(); }

  Result<std::optional<Pool>> find_pool(Matcher& matcher) {
    if (!has_words()) return gather(matcher, bounds_);
    COMITY_TRY(auto found,
               gather_by_words(moment_, request_->kind, request_->words, matcher, bounds_));
    if (found.actor.is_known()) page_.sought_names = std::move(found.actor.names);
    return std::optional(std::move(found.pool));
  }

  [[nodiscard]] bool by_date() const {
    if (request_->order == SearchOrder::date) return true;
    return request_->order == SearchOrder::best && !has_words() &&
           request_->kind != SearchKind::actors;
  }

  [[nodiscard]] Position position_of(const Found& found) const {
    std::int64_t key = 0;
    if (by_date())
      key = found.matched.date;
    else if (request_->order == SearchOrder::best)
      key = -static_cast<std::int64_t>(found.relevance);
    return {.key = key, .version = found.matched.version};
  }

  Result<void> page_of(const Pool& pool) {
    auto found = pool.found;
    std::ranges::sort(found, std::greater<>(), [this](const Found& it) { return position_of(it); });
    page_.count = found.size();
    page_.count_is_least = !pool.is_whole;
    if (request_->facets) COMITY_CHECK(add_facets(found, pool.is_whole));
    const auto first =
        std::ranges::find_if(found, [this](const Found& it) { return position_of(it) < after_; });
    const std::vector<Found> rest(first, found.end());
    return add_hits(rest, rest.size() > request_->limit);
  }

  Result<void> page_of_walk(Matcher& matcher) {
    COMITY_TRY(const auto walked, walk(moment_, request_->kind, by_date(), after_,
                                       std::size_t{request_->limit} + 1, matcher, bounds_));
    const auto& found = walked.found;
    page_.count = found.size();
    page_.count_is_least = walked.stopped.has_value();
    if (request_->facets) {
      COMITY_TRY(const auto last_filed,
                 walk(moment_, request_->kind, false, {.key = kGreatest, .version = kGreatest},
                      bounds_.counted, matcher, bounds_));
      COMITY_CHECK(add_facets(last_filed.found, !last_filed.stopped));
      page_.count = std::max<std::uint64_t>(page_.count, last_filed.found.size());
    }
    COMITY_CHECK(add_hits(found, found.size() > request_->limit));
    // It looked far without filling the page: go on from there.
    if (page_.next.empty() && walked.stopped && found.size() <= request_->limit) {
      COMITY_TRY(page_.next, cursor_at(*walked.stopped));
    }
    return {};
  }

  Result<void> add_facets(const std::vector<Found>& found, bool is_all) {
    page_.facets_of = found.size();
    page_.facets_are_partial = !is_all;
    COMITY_TRY(page_.facets, count_facets(moment_, request_->kind, found));
    return {};
  }

  Result<void> add_hits(const std::vector<Found>& found, bool goes_on) {
    COMITY_TRY(auto reader, HitReader::of(moment_, request_->kind));
    const std::size_t shown = std::min<std::size_t>(found.size(), request_->limit);
    for (std::size_t i = 0; i < shown; ++i) {
      COMITY_TRY(page_.hits.emplace_back(), reader.read(found[i]));
    }
    if (goes_on) {
      COMITY_TRY(page_.next, cursor_at(position_of(found[shown - 1])));
    }
    return {};
  }

  [[nodiscard]] Result<std::string> cursor_at(const Position& position) const {
    COMITY_TRY(const auto find,
               snapshot_->database().prepare("SELECT entry, ordinal FROM version WHERE id = ?1"));
    Query row(find, position.version);
    COMITY_TRY(const bool found, row.step());
    if (!found) return fail("The record lacks a version of its own; see `comity rebuild`.");
    return print(SearchCursor{.size = page_.size,
                              .key = position.key,
                              .entry = row.count(0),
                              .ordinal = row.count(1)},
                 *request_);
  }

  const Snapshot* snapshot_;
  const SearchRequest* request_;
  SearchBounds bounds_;
  Moment moment_;
  Position after_;
  SearchPage page_;
};

}  // namespace

Result<SearchPage> search(const Snapshot& snapshot, const SearchRequest& request,
                          const SearchBounds& bounds) {
  return Searching(snapshot, request, bounds).run();
}

Result<void> check_search(const Snapshot& snapshot, const SearchRequest& request) {
  return Searching(snapshot, request, {}).begin();
}

Result<std::vector<std::string>> near_words(const Snapshot& snapshot, SearchKind kind,
                                            std::string_view words) {
  const auto table =
      kind == SearchKind::incidents
          ? record::TextTable::incident
          : (kind == SearchKind::actors ? record::TextTable::actor : record::TextTable::claim);
  const auto sought = sought_words(words.substr(0, kSearchBytes));
  std::vector<std::string> near;
  for (std::size_t i = 0; i < std::min(sought.size(), kSearchWords); ++i) {
    COMITY_TRY(const auto terms, near_terms(snapshot, table, sought[i].text));
    for (const std::string& term : terms) {
      std::string all;
      for (std::size_t j = 0; j < sought.size(); ++j)
        (all += j == 0 ? "" : " ") += j == i ? term : sought[j].text;
      near.push_back(std::move(all));
    }
  }
  return near;
}

std::string_view word_of(SearchKind kind) {
  constexpr std::array<std::string_view, 3> kWords{"incidents", "actors", "claims"};
  return kWords.at(static_cast<std::size_t>(kind));
}

std::string_view word_of(Relevance relevance) {
  constexpr std::array<std::string_view, 6> kWords{"name",    "in_name",  "actor",
                                                   "in_text", "in_claim", ""};
  return kWords.at(static_cast<std::size_t>(relevance));
}

}  // namespace comity::query
