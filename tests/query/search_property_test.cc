// Search beside a naive scan over all that was filed, on small random records.

#include <algorithm>
#include <cctype>
#include <set>

#include "query/search.h"
#include "tests/query/sample_record.h"
#include "tests/query/search_samples.h"

namespace comity::query {
namespace {

using Strings = std::vector<std::string>;
const Strings kNames{"alpha", "beta", "gamma"};
const Strings kCountries{"DE", "FR", "UA"};
const Strings kSectors{"energy", "health"};
const Strings kEffects{"availability", "integrity"};
const Strings kTechniques{"ddos", "worm"};
const Strings kSources{"", "List A", "List B"};
const Strings kDates{"", "2016", "2017-03", "2017-03-05", "2017-03-06", "2018-01"};
const Strings kClaimants{"Ministry", "Vendor"};
constexpr int kFirst = samples::SampleRecord::kParty;
constexpr int kSecond = kFirst + 1;

/// Of each object all versions are by one party.
int filer_of(int incident) { return incident % 2 == 0 ? kFirst : kSecond; }

bool begins_in_any_case(const std::string& text, const std::string& beginning) {
  return text.size() >= beginning.size() &&
         std::ranges::equal(
             beginning, text.substr(0, beginning.size()),
             [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

/// What a filing says, and as of which size it is there.
struct FiledIncident {
  std::uint64_t entry = 0;
  samples::IncidentSample said;
};
struct FiledClaim {
  std::uint64_t entry = 0;
  samples::ClaimSample said;
};

template <class T>
T any_of(const std::vector<T>& values) {
  return *rc::gen::elementOf(values);
}
template <class T>
std::vector<T> some_of(const std::vector<T>& values) {
  std::vector<T> chosen;
  for (const T& value : values)
    if (*rc::gen::arbitrary<bool>()) chosen.push_back(value);
  return chosen;
}

/// All that was filed, and what a scan over it answers.
class NaiveRecord {
 public:
  void file_some(samples::SampleRecord& sample) {
    ++version_;
    const int number = *rc::gen::inRange(1, 7);
    if (*rc::gen::inRange(0, 3) > 0) {
      samples::IncidentSample it{.number = number,
                                 .version = version_,
                                 .name = any_of(kNames) + " " + any_of(kNames),
                                 .date = any_of(kDates),
                                 .countries = some_of(kCountries),
                                 .sectors = some_of(kSectors),
                                 .effects = some_of(kEffects),
                                 .techniques = some_of(kTechniques),
                                 .response = any_of<std::string>({"found", "not_searched"}),
                                 .source = any_of(kSources),
                                 .revoked = false};
      it.revoked = *rc::gen::inRange(0, 8) == 0 && !revoked_.contains(number);
      if (revoked_.contains(number)) return;
      if (it.revoked) revoked_.insert(number);
      const int by = filer_of(number);
      incidents_.push_back({sample.file({samples::incident(it, by)}, by), it});
      return;
    }
    file_claim(sample, number);
  }
  void file_claim(samples::SampleRecord& sample, int number) {
    samples::ClaimSample it{.number = 900 + number,
                            .version = ++version_,
                            .on = *rc::gen::inRange(1, 7),
                            .made_by = any_of(kClaimants),
                            .actor = any_of<int>({0, 501, 502}),
                            .date = any_of(kDates)};
    if (*rc::gen::inRange(0, 3) == 0) {
      it.made_by.clear();
      for (const auto& name : some_of(kClaimants)) it.claimants.push_back({.name = name});
    }
    claims_.push_back({sample.file({samples::claim(it)}), it});
  }

  /// The incidents that are shown as of a size, by number.
  [[nodiscard]] std::map<int, samples::IncidentSample> shown(std::uint64_t size) const {
    std::map<int, samples::IncidentSample> all;
    for (const auto& it : incidents_)
      if (it.entry < size) all[it.said.number] = it.said;
    std::erase_if(all, [](const auto& it) { return it.second.revoked; });
    return all;
  }
  /// The claims, by number.
  [[nodiscard]] std::map<int, samples::ClaimSample> claims(std::uint64_t size) const {
    std::map<int, samples::ClaimSample> all;
    for (const auto& it : claims_)
      if (it.entry < size) all[it.said.number] = it.said;
    return all;
  }
  /// The claims about one.
  [[nodiscard]] std::vector<samples::ClaimSample> about(int incident, std::uint64_t size) const {
    std::vector<samples::ClaimSample> found;
    for (const auto& [number, it] : claims(size))
      if (it.on == incident) found.push_back(it);
    return found;
  }

  [[nodiscard]] bool satisfies(const samples::IncidentSample& it, const SearchRequest& request,
                               std::uint64_t size) const {
    const SearchFilters& filters = request.filters;
    const auto has_all = [](const Strings& all, const Strings& wanted) {
      return std::ranges::all_of(
          wanted, [&](const auto& one) { return std::ranges::find(all, one) != all.end(); });
    };
    if (!has_all(it.countries, filters.countries) || !has_all(it.effects, filters.effects) ||
        !has_all(it.sectors, filters.sectors) || !has_all(it.techniques, filters.techniques))
      return false;
    if (!filters.source.empty() && !begins_in_any_case(it.source, filters.source)) return false;
    if (!filters.filed_by.empty() && filters.filed_by != samples::party(filer_of(it.number)))
      return false;
    if (!filters.response.empty() && it.response != filters.response) return false;
    if (!request.words.empty() && it.name.find(request.words) == std::string::npos) return false;
    if (!is_in(it.date, filters.dates)) return false;
    const auto claims = about(it.number, size);
    if (!filters.claimant.empty() && std::ranges::none_of(claims, [&](const auto& c) {
          return claimants_of(c).contains(filters.claimant);
        }))
      return false;
    return filters.actor.empty() ||
           std::ranges::any_of(claims, [](const auto& c) { return c.actor != 0; });
  }

  [[nodiscard]] std::set<std::string> answer(const SearchRequest& request,
                                             std::uint64_t size) const {
    std::set<std::string> ids;
    for (const auto& [number, it] : shown(size))
      if (satisfies(it, request, size)) ids.insert(samples::incident_id(number));
    return ids;
  }

  /// "country DE" and the like with their counts.
  [[nodiscard]] std::map<std::string, std::uint64_t> facets(const SearchRequest& request,
                                                            std::uint64_t size) const {
    std::map<std::string, std::uint64_t> counts;
    for (const auto& [number, it] : shown(size)) {
      if (!satisfies(it, request, size)) continue;
      for (const auto& country : it.countries) ++counts["country " + country];
      for (const auto& sector : it.sectors) ++counts["sector " + sector];
      for (const auto& effect : it.effects) ++counts["effect " + effect];
      for (const auto& technique : it.techniques) ++counts["technique " + technique];
      ++counts["response " + it.response];
      if (!it.date.empty()) ++counts["year " + it.date.substr(0, 4)];
      std::set<std::string> claimants;
      for (const auto& claim : about(number, size)) claimants.merge(claimants_of(claim));
      for (const auto& name : claimants) ++counts["claimant " + name];
    }
    return counts;
  }

  [[nodiscard]] std::vector<samples::ClaimSample> claims_found(const SearchFilters& filters,
                                                               std::uint64_t size) const {
    std::vector<samples::ClaimSample> found;
    for (const auto& [number, it] : claims(size))
      if (is_in(it.date, filters.dates) &&
          (filters.claimant.empty() || claimants_of(it).contains(filters.claimant)) &&
          (filters.actor.empty() || it.actor != 0))
        found.push_back(it);
    return found;
  }
  static std::map<std::string, std::uint64_t> facets_of(
      const std::vector<samples::ClaimSample>& claims) {
    std::map<std::string, std::uint64_t> counts;
    for (const auto& it : claims) {
      if (!it.date.empty()) ++counts["year " + it.date.substr(0, 4)];
      for (const auto& name : claimants_of(it)) ++counts["claimant " + name];
    }
    return counts;
  }

 private:
  static std::set<std::string> claimants_of(const samples::ClaimSample& claim) {
    if (!claim.made_by.empty()) return {claim.made_by};
    std::set<std::string> names;
    for (const auto& it : claim.claimants) names.insert(it.name);
    return names;
  }
  static bool is_in(const std::string& date, const DateRange& range) {
    if (range.is_open()) return true;
    if (date.empty()) return false;
    const auto own = PartialDate::parse(date).value();
    const bool may = range.certainty == Certainty::may_have;
    if (range.from && (may ? own.last_day() : own.first_day()) < range.from->first_day())
      return false;
    return !range.to || (may ? own.first_day() : own.last_day()) <= range.to->last_day();
  }

  int version_ = 0;
  std::vector<FiledIncident> incidents_;
  std::vector<FiledClaim> claims_;
  std::set<int> revoked_;
};

SearchRequest any_request() {
  SearchRequest request;
  const auto maybe = [](int one_in) { return *rc::gen::inRange(0, one_in) == 0; };
  if (maybe(3)) request.words = any_of(kNames);
  if (maybe(3)) request.filters.countries = {any_of(kCountries)};
  if (maybe(5)) request.filters.sectors = {any_of(kSectors)};
  if (maybe(4)) request.filters.effects = {any_of(kEffects)};
  if (maybe(5)) request.filters.techniques = some_of(kTechniques);
  if (maybe(5)) request.filters.source = any_of<std::string>({"List A", "list", "LIST B", "ist"});
  if (maybe(5)) request.filters.filed_by = samples::party(any_of<int>({kFirst, kSecond}));
  if (maybe(4)) request.filters.response = any_of<std::string>({"found", "not_searched", "other"});
  if (maybe(4)) request.filters.claimant = any_of(kClaimants);
  // 501 is called Alef, 502 has that as an alias.
  if (maybe(5)) request.filters.actor = any_of<std::string>({"Alef", "Bet"});
  if (maybe(3)) request.filters.dates.from = PartialDate::parse("2017-03-05").value();
  if (maybe(3)) request.filters.dates.to = PartialDate::parse("2017").value();
  if (maybe(2)) request.filters.dates.certainty = Certainty::must_have;
  request.order = any_of<SearchOrder>({SearchOrder::best, SearchOrder::date, SearchOrder::filed});
  request.limit = static_cast<std::uint32_t>(*rc::gen::inRange(1, 4));
  return request;
}

void begin(samples::SampleRecord& sample) {
  RC_ASSERT(sample.registry().admit(kSecond).has_value());
  sample.file({samples::actor({.number = 501, .name = "Alef"}),
               samples::actor({.number = 502, .name = "Bet", .aliases = {"alef"}})});
}

std::map<std::string, std::uint64_t> counts_of(const std::vector<Facet>& facets) {
  std::map<std::string, std::uint64_t> counts;
  for (const Facet& facet : facets)
    for (const FacetValue& value : facet.values)
      counts[facet.name + " " + value.value] = value.count;
  return counts;
}

/// Every bound so small that lists are walked instead of gathered.
constexpr SearchBounds kSmall{.pool = 2, .by_words = 1000, .counted = 1000, .looked_at = 1000};

RC_GTEST_PROP(SearchProperty, AgreesWithAScan, ()) {
  samples::SampleRecord sample;
  begin(sample);
  NaiveRecord naive;
  const int filings = *rc::gen::inRange(0, 25);
  for (int i = 0; i < filings; ++i) naive.file_some(sample);
  sample.follow();
  const auto snapshot = sample.snapshot();
  for (int i = 0; i < 12; ++i) {
    SearchRequest request = any_request();
    request.limit = 100;
    request.facets = true;
    const auto size = *rc::gen::inRange<std::uint64_t>(1, snapshot.stamp().size + 1);
    request.as_of = AtSize{size};
    for (const SearchBounds& bounds : {SearchBounds{}, kSmall}) {
      const auto page = search(snapshot, request, bounds);
      if (!page) RC_FAIL(page.error().sentence());
      std::set<std::string> ids;
      for (const Hit& hit : page->hits) RC_ASSERT(ids.insert(hit.id).second);
      RC_ASSERT(ids == naive.answer(request, size));
      RC_ASSERT(page->size == size);
      RC_ASSERT(!page->facets_are_partial);
      RC_ASSERT(counts_of(page->facets) == naive.facets(request, size));
    }
  }
}

RC_GTEST_PROP(SearchProperty, ClaimsByDateClaimantAndActorAgreeWithAScan, ()) {
  samples::SampleRecord sample;
  begin(sample);
  NaiveRecord naive;
  const int filings = *rc::gen::inRange(0, 20);
  for (int i = 0; i < filings; ++i) naive.file_claim(sample, *rc::gen::inRange(1, 9));
  sample.follow();
  const auto snapshot = sample.snapshot();
  for (int i = 0; i < 12; ++i) {
    const SearchRequest any = any_request();
    const auto size = *rc::gen::inRange<std::uint64_t>(1, snapshot.stamp().size + 1);
    SearchRequest request{.kind = SearchKind::claims,
                          .order = any.order,
                          .as_of = AtSize{size},
                          .limit = 100,
                          .facets = true};
    request.filters.dates = any.filters.dates;
    request.filters.claimant = any.filters.claimant;
    request.filters.actor = any.filters.actor;
    const auto expected = naive.claims_found(request.filters, size);
    std::set<std::string> ids;
    for (const auto& it : expected) ids.insert("note--" + samples::uuid(it.number));
    for (const SearchBounds& bounds : {SearchBounds{}, kSmall}) {
      const auto page = search(snapshot, request, bounds);
      if (!page) RC_FAIL(page.error().sentence());
      std::set<std::string> found;
      for (const Hit& hit : page->hits) RC_ASSERT(found.insert(hit.id).second);
      RC_ASSERT(found == ids);
      RC_ASSERT(page->count == ids.size());
      RC_ASSERT(counts_of(page->facets) == NaiveRecord::facets_of(expected));
    }
  }
}

RC_GTEST_PROP(SearchProperty, PagesFollowOneAnotherWhileTheLogGrows, ()) {
  samples::SampleRecord sample;
  begin(sample);
  NaiveRecord naive;
  for (int i = 0; i < 15; ++i) naive.file_some(sample);
  sample.follow();
  SearchRequest request = any_request();
  const auto size = sample.snapshot().stamp().size;
  const SearchBounds bounds = *rc::gen::arbitrary<bool>() ? kSmall : SearchBounds{};
  Strings walked;
  while (true) {
    const auto page = search(sample.snapshot(), request, bounds);
    if (!page) RC_FAIL(page.error().sentence());
    RC_ASSERT(page->size == size);
    RC_ASSERT(page->hits.size() <= request.limit);
    for (const Hit& hit : page->hits) walked.push_back(hit.id);
    if (page->next.empty()) break;
    RC_ASSERT(walked.size() < 100);
    request.after = page->next;
    naive.file_some(sample);
    sample.follow();
  }
  const std::set<std::string> once(walked.begin(), walked.end());
  RC_ASSERT(once.size() == walked.size());
  RC_ASSERT(once == naive.answer(request, size));
}

RC_GTEST_PROP(SearchProperty, AsOfASizeIsWhatARegistryThatStoppedThereSays, ()) {
  samples::SampleRecord sample;
  begin(sample);
  NaiveRecord naive;
  std::vector<std::pair<SearchRequest, std::string>> answers;
  const auto told = [](const SearchPage& page) {
    std::string text;
    for (const Hit& hit : page.hits) {
      text += hit.id + " " + hit.name + " " + std::to_string(hit.claim_count);
      for (const auto& claim : hit.claims) text += " " + claim.claimant + claim.wording;
      text += "\n";
    }
    for (const auto& [name, count] : counts_of(page.facets))
      text += name + " " + std::to_string(count) + "\n";
    return text + std::to_string(page.count);
  };
  for (int i = 0; i < 10; ++i) {
    naive.file_some(sample);
    sample.follow();
    SearchRequest request = any_request();
    request.facets = true;
    const auto snapshot = sample.snapshot();
    answers.emplace_back(request, told(search(snapshot, request).value()));
    answers.back().first.as_of = AtSize{snapshot.stamp().size};
  }
  const auto snapshot = sample.snapshot();
  for (const auto& [request, answer] : answers)
    RC_ASSERT(told(search(snapshot, request).value()) == answer);
}

}  // namespace
}  // namespace comity::query
