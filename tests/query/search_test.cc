// Search on the landmark record, and on small records made for one question.

#include "query/search.h"

#include "intake/definitions.h"
#include "intake/embedded.h"
#include "intake/landmarks.h"

#include "query/search_cursor.h"
#include "query/search_words.h"
#include "query/word_terms.h"
#include "tests/query/sample_record.h"
#include "tests/query/search_samples.h"

namespace comity::query {
namespace {

using Strings = std::vector<std::string>;

SearchPage found(const Snapshot& snapshot, const SearchRequest& request) {
  auto page = search(snapshot, request);
  EXPECT_TRUE(page.has_value()) << (page ? "" : page.error().sentence());
  return page ? std::move(*page) : SearchPage{};
}

Strings names(const SearchPage& page) {
  Strings all;
  for (const Hit& hit : page.hits) all.push_back(hit.name);
  return all;
}

Strings ids(const SearchPage& page) {
  Strings all;
  for (const Hit& hit : page.hits) all.push_back(hit.id);
  return all;
}

std::string refusal(const Snapshot& snapshot, const SearchRequest& request) {
  const auto page = search(snapshot, request);
  return page ? "nothing was refused" : page.error().code();
}

/// The landmark record; made once, since it is only read.
class LandmarkSearch : public ::testing::Test {
 protected:
  static samples::SampleRecord& sample() {
    static const auto made = [] {
      auto record = std::make_unique<samples::SampleRecord>();
      const intake::Importer importer{samples::party(samples::SampleRecord::kParty),
                                      UnixMicros{1'750'000'000'000'000}};
      const auto landmarks = intake::landmarks(intake::landmarks_json(), importer).value();
      record->file(intake::definitions());
      record->file(landmarks.common);
      for (const auto& it : landmarks.cases) record->file(it.objects);
      record->follow();
      return record;
    }();
    return *made;
  }
  Snapshot snapshot_ = sample().snapshot();
};

TEST_F(LandmarkSearch, ANameIsFoundHoweverItIsWritten) {
  for (const std::string words : {"NotPetya", "notpetya", "not petya", "Not-Petya", "NOTPETYA",
                                  "petya", "notpet*", "notpe", "not  \"petya\"", "Nötpétya"}) {
    const auto page = found(snapshot_, {.words = words});
    ASSERT_FALSE(page.hits.empty()) << words;
    EXPECT_EQ(page.hits.front().name, "NotPetya") << words;
  }
}

TEST_F(LandmarkSearch, AHitSaysWhenWhereAndWhoNamesWhom) {
  const auto page = found(snapshot_, {.words = "notpetya"});
  ASSERT_FALSE(page.hits.empty());
  const Hit& hit = page.hits.front();
  EXPECT_EQ(hit.relevance, Relevance::name);
  EXPECT_EQ(hit.countries, (Strings{"UA", "DK", "US", "FR", "DE"}));
  EXPECT_EQ(hit.claim_count, 5U);
  ASSERT_EQ(hit.claims.size(), 3U);
  EXPECT_FALSE(hit.claims.front().claimant.empty());
  EXPECT_FALSE(hit.claims.front().wording.empty());
  ASSERT_TRUE(hit.start.has_value());
  EXPECT_EQ(hit.start->precision, 2);
  EXPECT_EQ(page.count, page.hits.size());
  EXPECT_FALSE(page.count_is_least);
}

TEST_F(LandmarkSearch, FiltersAndFacetsCountTheSame) {
  const auto all = found(snapshot_, {.facets = true});
  EXPECT_EQ(all.count, 81U);
  EXPECT_EQ(all.facets_of, 81U);
  EXPECT_FALSE(all.facets_are_partial);
  const auto facet = [&](const std::string& name) {
    return *std::ranges::find(all.facets, name, &Facet::name);
  };
  for (const FacetValue& value : facet("country").values)
    EXPECT_EQ(found(snapshot_, {.filters = {.countries = {value.value}}}).count, value.count);
  for (const FacetValue& value : facet("sector").values)
    EXPECT_EQ(found(snapshot_, {.filters = {.sectors = {value.value}}}).count, value.count);
  for (const FacetValue& value : facet("effect").values)
    EXPECT_EQ(found(snapshot_, {.filters = {.effects = {value.value}}}).count, value.count);
  for (const FacetValue& value : facet("technique").values)
    EXPECT_EQ(found(snapshot_, {.filters = {.techniques = {value.value}}}).count, value.count);
  for (const FacetValue& value : facet("response").values)
    EXPECT_EQ(found(snapshot_, {.filters = {.response = value.value}}).count, value.count);
  for (const FacetValue& value : facet("claimant").values)
    EXPECT_EQ(found(snapshot_, {.filters = {.claimant = value.value}}).count, value.count);
  for (const FacetValue& value : facet("year").values) {
    const auto year = PartialDate::parse(value.value).value();
    EXPECT_EQ(found(snapshot_, {.filters = {.dates = {.from = year, .to = year}}}).count,
              value.count);
  }
  ASSERT_EQ(facet("country").values.front().value, "US");
}

TEST_F(LandmarkSearch, TheDataSetIsAFilter) {
  EXPECT_EQ(found(snapshot_, {.filters = {.source = "comity-land"}}).count, 81U);
  EXPECT_EQ(found(snapshot_, {.filters = {.source = "nobody"}}).count, 0U);
  EXPECT_EQ(found(snapshot_, {.filters = {.filed_by = samples::party(10)}}).count, 81U);
  EXPECT_EQ(found(snapshot_, {.filters = {.filed_by = "nobody"}}).count, 0U);
}

TEST_F(LandmarkSearch, ListsAreInTheirOrder) {
  const auto page = found(snapshot_, {.order = SearchOrder::date, .limit = 100});
  ASSERT_EQ(page.hits.size(), 81U);
  const auto day = [](const Hit& hit) { return hit.start ? hit.start->first : -1; };
  EXPECT_TRUE(std::ranges::is_sorted(page.hits, std::greater<>(), day));
  const auto filed = found(snapshot_, {.order = SearchOrder::filed, .limit = 100});
  EXPECT_TRUE(std::ranges::is_sorted(filed.hits, std::greater<>(), &Hit::entry));
}

TEST_F(LandmarkSearch, ASlipIsToldOf) {
  EXPECT_EQ(found(snapshot_, {.words = "notpteya"}).count, 0U);
  const auto near = near_words(snapshot_, SearchKind::incidents, "notpteya").value();
  ASSERT_FALSE(near.empty());
  EXPECT_EQ(near.front(), "notpetya");
}

TEST_F(LandmarkSearch, HostileWordsFindNothingAndBreakNothing) {
  for (const std::string& words : {std::string("\""),
                                   std::string("\"\"\""),
                                   std::string("* AND"),
                                   std::string("NEAR(a b)"),
                                   std::string("names:x"),
                                   std::string("{names} : x"),
                                   std::string("a OR"),
                                   std::string("^a"),
                                   std::string("-"),
                                   std::string("'; DROP TABLE version; --"),
                                   std::string("\0a", 2),
                                   std::string("\xff\xfe\xc3"),
                                   std::string("%s%n"),
                                   std::string(1000, 'x'),
                                   std::string(1000, '"'),
                                   std::string("\xcc\x81"),
                                   std::string("\xf0\x9f\x92\xa9"),
                                   std::string("( ( ("),
                                   std::string("*"),
                                   std::string("_ % \\")}) {
    const auto page = search(snapshot_, {.words = words});
    EXPECT_TRUE(page.has_value()) << words << (page ? "" : page.error().sentence());
    EXPECT_TRUE(near_words(snapshot_, SearchKind::incidents, words).has_value());
    for (auto field : {&SearchFilters::actor, &SearchFilters::claimant, &SearchFilters::filed_by,
                       &SearchFilters::source, &SearchFilters::response}) {
      SearchRequest request;
      request.filters.*field = words;
      EXPECT_TRUE(search(snapshot_, request).has_value()) << words;
    }
    EXPECT_TRUE(search(snapshot_, {.filters = {.countries = {words}}}).has_value());
  }
}

RC_GTEST_FIXTURE_PROP(LandmarkSearch, AnyWordsAreTaken, (const std::string& words)) {
  const auto page = search(snapshot_, {.words = words});
  const bool is_taken = page || page.error().code() == "search-too-long";
  RC_ASSERT(is_taken);
}

TEST_F(LandmarkSearch, WhatIsTooMuchIsRefused) {
  std::string words;
  for (std::size_t i = 0; i <= kSearchWords; ++i) words += "w ";
  EXPECT_EQ(refusal(snapshot_, {.words = words}), "search-too-long");
  EXPECT_EQ(refusal(snapshot_, {.words = std::string(kSearchBytes + 1, 'x')}), "search-too-long");
  EXPECT_EQ(refusal(snapshot_, {.filters = {.actor = std::string(kSearchBytes + 1, 'x')}}),
            "search-too-long");
  EXPECT_EQ(refusal(snapshot_, {.limit = 0}), "search-limit");
  EXPECT_EQ(refusal(snapshot_, {.limit = kHitsInPage + 1}), "search-limit");
  EXPECT_EQ(refusal(snapshot_, {.kind = SearchKind::claims, .filters = {.countries = {"DE"}}}),
            "search-filter-unfit");
  EXPECT_EQ(refusal(snapshot_, {.kind = SearchKind::actors, .order = SearchOrder::date}),
            "search-filter-unfit");
}

TEST_F(LandmarkSearch, ACursorStandsForOneSearch) {
  const SearchRequest request{.order = SearchOrder::date, .limit = 5};
  const std::string next = found(snapshot_, request).next;
  ASSERT_FALSE(next.empty());
  const auto with = [](SearchRequest it, const std::string& cursor) {
    it.after = cursor;
    return it;
  };
  EXPECT_EQ(found(snapshot_, with(request, next)).hits.size(), 5U);
  for (std::size_t i = 0; i < next.size(); ++i) {
    std::string other = next;
    other[i] = other[i] == 'A' ? 'B' : 'A';
    const std::string code = refusal(snapshot_, with(request, other));
    EXPECT_TRUE(code == "search-cursor-other" || code == "search-cursor-malformed") << i;
  }
  for (const std::string& cursor :
       {std::string("x"), next + "A", next.substr(1), std::string(100'000, 'A'), std::string("\n")})
    EXPECT_EQ(refusal(snapshot_, with(request, cursor)), "search-cursor-malformed");
  EXPECT_EQ(refusal(snapshot_, with({.order = SearchOrder::filed}, next)), "search-cursor-other");
  EXPECT_EQ(refusal(snapshot_, with({.words = "a", .order = SearchOrder::date}, next)),
            "search-cursor-other");
  SearchRequest earlier = with(request, next);
  earlier.as_of = AtSize{3};
  EXPECT_EQ(refusal(snapshot_, earlier), "search-cursor-other");
  const SearchCursor beyond{.size = 1'000'000};
  EXPECT_EQ(refusal(snapshot_, with(request, print(beyond, request))), "as-of-beyond-record");
}

class Search : public ::testing::Test {
 protected:
  std::uint64_t file(const Strings& objects) {
    const std::uint64_t entry = sample_.file(objects);
    sample_.follow();
    return entry;
  }
  samples::SampleRecord sample_;
};

TEST_F(Search, NoWordNearbyIsOfWhatIsOnHoldOrReplacedAlone) {
  const std::uint64_t held = file({samples::incident({.number = 1, .name = "Zylophona"})});
  file({samples::incident({.number = 2, .name = "Zylophonb"})});
  file({samples::incident({.number = 2, .version = 1, .name = "Zylophonc"})});
  const auto near = [&] {
    return near_words(sample_.snapshot(), SearchKind::incidents, "zylophon").value();
  };
  EXPECT_EQ(near(), (Strings{"zylophona", "zylophonc"}));
  const auto hold = [&](bool on) {
    const filing::Hold control{
        .item = {.entry = held, .ordinal = 0}, .on = on, .ground = "order", .authority = "court"};
    ASSERT_TRUE(sample_.registry().control(control).has_value());
    sample_.follow();
  };
  hold(true);
  EXPECT_EQ(near(), (Strings{"zylophonc"}));
  file({samples::incident({.number = 3, .name = "Zylophona"})});
  EXPECT_EQ(near(), (Strings{"zylophona", "zylophonc"})) << "another says it openly";
  hold(false);
  EXPECT_EQ(near(), (Strings{"zylophona", "zylophonc"}));
}

TEST_F(Search, BeginningsAreTriedWhereTheWordItselfIsOnHoldAlone) {
  const std::uint64_t held = file({samples::incident({.number = 1, .name = "Zylophon"})});
  file({samples::incident({.number = 2, .name = "Zylophonist"})});
  const auto found = [&] {
    return search(sample_.snapshot(), {.words = "zylophon"}).value().hits.front().name;
  };
  EXPECT_EQ(found(), "Zylophon");
  const filing::Hold hold{
      .item = {.entry = held, .ordinal = 0}, .on = true, .ground = "order", .authority = "court"};
  ASSERT_TRUE(sample_.registry().control(hold).has_value());
  sample_.follow();
  EXPECT_EQ(found(), "Zylophonist");
}

TEST_F(Search, AnActorIsFoundUnderAllItsNames) {
  file({samples::incident({.number = 1, .name = "One"}),
        samples::incident({.number = 2, .name = "Two", .description = "Fancy Bear was seen"}),
        samples::incident({.number = 3, .name = "Three"}),
        samples::actor(
            {.number = 501, .name = "APT28", .aliases = {"Fancy Bear", "Grizzly Steppe"}}),
        samples::actor({.number = 502, .name = "Forest Blizzard", .aliases = {"apt 28"}}),
        samples::actor({.number = 503, .name = "APT29", .aliases = {"Grizzly Steppe"}}),
        samples::claim({.number = 901, .on = 1, .made_by = "X", .actor = 502}),
        samples::claim({.number = 902, .on = 3, .made_by = "X", .actor = 503})});
  const auto snapshot = sample_.snapshot();
  for (const std::string& name : Strings{"APT28", "apt-28", "Fancy Bear", "fancybear",
                                         "Forest Blizzard", samples::actor_id(501)}) {
    const auto page = found(snapshot, {.filters = {.actor = name}});
    EXPECT_EQ(names(page), (Strings{"One"})) << name;
    EXPECT_EQ(page.sought_names.size(), 4U) << name;
  }
  for (const std::string words : {"Forest Blizzard", "apt28", "Fancy Bear"}) {
    EXPECT_EQ(names(found(snapshot, {.words = words})), (Strings{"One", "Two"})) << words;
    const auto actors = found(snapshot, {.kind = SearchKind::actors, .words = words});
    EXPECT_EQ(actors.count, 2U) << words;
  }
  // The alias that both have doesn't make one of them.
  EXPECT_EQ(names(found(snapshot, {.filters = {.actor = "APT29"}})), (Strings{"Three"}));
  EXPECT_EQ(names(found(snapshot, {.filters = {.actor = "Grizzly Steppe"}})),
            (Strings{"Three", "One"}));
  const auto hit = found(snapshot, {.kind = SearchKind::actors, .words = "forest blizzard"});
  ASSERT_FALSE(hit.hits.empty());
  EXPECT_EQ(hit.hits.front().joined, (Strings{"Fancy Bear", "Grizzly Steppe"}));
}

TEST_F(Search, ABodyIsFoundUnderAnAliasOfItsExtension) {
  file({samples::incident({.number = 1, .name = "One"}),
        samples::incident({.number = 2, .name = "Two"}),
        samples::actor_body({.number = 501, .name = "Equation", .aliases = {"Project Sauron"}}),
        samples::claim({.number = 901, .on = 1, .made_by = "X", .actor_body = 501})});
  const auto snapshot = sample_.snapshot();
  const auto page = found(snapshot, {.filters = {.actor = "Project Sauron"}});
  EXPECT_EQ(names(page), (Strings{"One"}));
  EXPECT_EQ(page.sought_names, (Strings{"Equation", "Project Sauron"}));
  EXPECT_EQ(names(found(snapshot, {.words = "project-sauron"})), (Strings{"One"}));
  const auto actors = found(snapshot, {.kind = SearchKind::actors, .words = "ProjectSauron"});
  EXPECT_EQ(ids(actors), (Strings{samples::identity_id(501)}));
  ASSERT_FALSE(actors.hits.empty());
  EXPECT_EQ(actors.hits.front().aliases, (Strings{"Project Sauron"}));
}

TEST_F(Search, WhoReportsAClaimDoesNotMakeIt) {
  file({samples::incident({.number = 1}),
        samples::claim({.number = 901, .on = 1, .actor = 501, .wording = "somebody said so"})});
  const auto page = found(sample_.snapshot(), {.facets = true});
  ASSERT_EQ(page.hits.size(), 1U);
  ASSERT_EQ(page.hits.front().claims.size(), 1U);
  EXPECT_EQ(page.hits.front().claims.front().claimant, "");
  EXPECT_TRUE(std::ranges::find(page.facets, "claimant", &Facet::name)->values.empty());
  EXPECT_EQ(found(sample_.snapshot(), {.filters = {.claimant = samples::party(10)}}).count, 0U);
}

TEST_F(Search, AClaimOfSeveralIsFoundByEachOfThem) {
  file({samples::claimant(701, "Office C"), samples::incident({.number = 1, .name = "One"}),
        samples::incident({.number = 2, .name = "Two"}),
        samples::claim(
            {.number = 901, .on = 1, .claimants = {{.name = "Agency A"}, {.name = "Agency B"}}}),
        samples::claim({.number = 902,
                        .on = 2,
                        .claimants = {{.name = "AGENCY A"}, {.name = "The office", .ref = 701}}})});
  const auto snapshot = sample_.snapshot();
  for (const SearchKind kind : {SearchKind::incidents, SearchKind::claims}) {
    const auto by = [&](const std::string& claimant) {
      return found(snapshot, {.kind = kind, .filters = {.claimant = claimant}}).count;
    };
    EXPECT_EQ(by("Agency A"), 2U) << "the case does not matter";
    EXPECT_EQ(by("agency b"), 1U);
    EXPECT_EQ(by("The office"), 1U);
    EXPECT_EQ(by("Office C"), 1U);
    EXPECT_EQ(by(samples::identity_id(701)), 1U);
    EXPECT_EQ(by("Agency"), 0U);
    EXPECT_EQ(by("Two"), 0U) << "a name, but no claimant's";
  }
  for (const std::string words : {"Agency B", "agency-b"}) {
    EXPECT_EQ(names(found(snapshot, {.words = words})), (Strings{"One"})) << words;
    const auto claims = found(snapshot, {.kind = SearchKind::claims, .words = words});
    ASSERT_EQ(claims.hits.size(), 1U) << words;
    EXPECT_EQ(claims.hits[0].claims.at(0).claimant, "Agency A, Agency B");
  }
  EXPECT_EQ(names(found(snapshot, {.words = "the office"})), (Strings{"Two"}));
}

TEST_F(Search, ClaimantsThatClaimsListAreCountedAsTheyAreFound) {
  file({samples::claimant(701, "Office C"), samples::incident({.number = 1}),
        samples::incident({.number = 2}), samples::incident({.number = 3})});
  const std::vector<samples::ListedClaimant> both{{.name = "Agency A"}, {.name = "Agency B"}};
  file({samples::claim({.number = 901, .on = 1, .claimants = both}),
        samples::claim({.number = 902, .on = 1, .claimants = both}),
        samples::claim({.number = 903, .on = 2, .claimants = {{.name = "Agency A"}}}),
        samples::claim({.number = 904, .on = 2, .made_by = "Agency B"}),
        samples::claim({.number = 905, .on = 3, .made_by_ref = 701})});
  const auto snapshot = sample_.snapshot();
  for (const auto& [kind, expected] : {std::pair{SearchKind::incidents, std::array{2U, 2U, 1U}},
                                       std::pair{SearchKind::claims, std::array{3U, 3U, 1U}}}) {
    const auto facets = found(snapshot, {.kind = kind, .facets = true}).facets;
    const auto values = std::ranges::find(facets, "claimant", &Facet::name)->values;
    ASSERT_EQ(values.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) {
      const FacetValue& it = values[i];
      EXPECT_EQ(it.value, (Strings{"Agency A", "Agency B", "Office C"})[i]);
      EXPECT_EQ(it.count, expected.at(i)) << it.value;
      EXPECT_EQ(found(snapshot, {.kind = kind, .filters = {.claimant = it.value}}).count, it.count)
          << it.value;
    }
  }
}

/// Two claims of one incident with the same list.
TEST_F(Search, WhoIsListedTwiceLetsNobodyElseIn) {
  file({samples::claimant(701, "Office C"), samples::incident({.number = 1})});
  const std::vector<samples::ListedClaimant> one{{.name = "Agency A"}};
  file({samples::claim({.number = 901, .made_by_ref = 701, .claimants = one}),
        samples::claim({.number = 902, .made_by_ref = 701, .claimants = one})});
  const auto facets = found(sample_.snapshot(), {.facets = true}).facets;
  const auto values = std::ranges::find(facets, "claimant", &Facet::name)->values;
  ASSERT_EQ(values.size(), 1U);
  EXPECT_EQ(values[0].value, "Agency A");
}

/// Filed so that the last filed first would be the reverse.
TEST_F(Search, TheBestComeFirstAndClaimsAreRead) {
  file(
      {samples::incident({.number = 1, .name = "Zylophon"}),
       samples::incident({.number = 2, .name = "A zylophon affair"}),
       samples::incident({.number = 3, .name = "Three", .description = "a zylophon was seen"}),
       samples::incident({.number = 4, .name = "Four"}),
       samples::claim({.number = 901, .on = 4, .made_by = "Zylophon Ltd"}),
       samples::claim({.number = 902, .on = 4, .made_by = "X", .wording = "it was the zylophon"})});
  const auto incidents = found(sample_.snapshot(), {.words = "zylophon"});
  EXPECT_EQ(names(incidents), (Strings{"Zylophon", "A zylophon affair", "Three", "Four"}));
  std::vector<Relevance> why;
  for (const Hit& hit : incidents.hits) why.push_back(hit.relevance);
  EXPECT_EQ(why, (std::vector{Relevance::name, Relevance::in_name, Relevance::in_text,
                              Relevance::in_claim}));
  const auto claims = found(sample_.snapshot(), {.kind = SearchKind::claims, .words = "zylophon"});
  ASSERT_EQ(claims.hits.size(), 2U);
  EXPECT_EQ(claims.hits[0].relevance, Relevance::in_name);
  EXPECT_EQ(claims.hits[0].claims.at(0).claimant, "Zylophon Ltd");
  EXPECT_EQ(claims.hits[1].relevance, Relevance::in_text);
  EXPECT_EQ(claims.hits[1].claims.at(0).wording, "it was the zylophon");
  EXPECT_EQ(claims.hits[1].about_name, "Four");
}

TEST_F(Search, AnIncidentIsFoundByTheWordingOfAClaimAlone) {
  file(
      {samples::incident({.number = 1, .name = "One"}),
       samples::incident({.number = 2, .name = "Two"}),
       samples::claim({.number = 901, .on = 1, .made_by = "X", .wording = "it was the zylophon"})});
  EXPECT_EQ(names(found(sample_.snapshot(), {.words = "zylophon"})), Strings{"One"});
  file({samples::claim({.number = 901, .version = 1, .on = 1, .made_by = "X", .wording = "no"})});
  EXPECT_EQ(names(found(sample_.snapshot(), {.words = "zylophon"})), Strings{});
}

TEST_F(Search, ScriptsAndAccents) {
  file({samples::incident({.number = 1, .name = "Атака на Київ"}),
        samples::incident({.number = 2, .name = "海莲花组织攻击"}),
        samples::incident({.number = 3, .name = "Angriff auf Zürich und Genève"})});
  const auto snapshot = sample_.snapshot();
  for (const std::string words : {"київ", "АТАКА", "Київ атака"})
    EXPECT_EQ(ids(found(snapshot, {.words = words})), Strings{samples::incident_id(1)}) << words;
  for (const std::string words : {"海莲花", "组织", "攻击"})
    EXPECT_EQ(ids(found(snapshot, {.words = words})), Strings{samples::incident_id(2)}) << words;
  for (const std::string words : {"zurich", "ZÜRICH", "geneve", "Genève—Zürich"})
    EXPECT_EQ(ids(found(snapshot, {.words = words})), Strings{samples::incident_id(3)}) << words;
  EXPECT_EQ(found(snapshot, {.words = "花海"}).count, 0U);
}

TEST_F(Search, CoarseDatesMayHaveBeenOrMustHaveBeen) {
  file({samples::incident({.number = 1, .name = "year", .date = "2017"}),
        samples::incident({.number = 2, .name = "month", .date = "2017-06"}),
        samples::incident({.number = 3, .name = "day", .date = "2017-06-27"}),
        samples::incident({.number = 4, .name = "none"})});
  const auto snapshot = sample_.snapshot();
  const auto in = [&](const char* from, const char* to, Certainty certainty) {
    SearchRequest request{.order = SearchOrder::filed};
    request.filters.dates = {.from = PartialDate::parse(from).value(),
                             .to = PartialDate::parse(to).value(),
                             .certainty = certainty};
    return names(found(snapshot, request));
  };
  EXPECT_EQ(in("2017-06-20", "2017-06-30", Certainty::may_have), (Strings{"day", "month", "year"}));
  EXPECT_EQ(in("2017-06-20", "2017-06-30", Certainty::must_have), (Strings{"day"}));
  EXPECT_EQ(in("2017", "2017", Certainty::must_have), (Strings{"day", "month", "year"}));
  EXPECT_EQ(in("2018", "2019", Certainty::may_have), Strings{});
}

TEST_F(Search, WhatIsReplacedRevokedOrHeldIsNotFound) {
  file({samples::incident({.number = 1, .version = 0, .name = "Zylophon"})});
  const std::uint64_t held = file({samples::incident({.number = 2, .name = "Zylophon two"})});
  const std::uint64_t size = sample_.snapshot().stamp().size;
  EXPECT_EQ(found(sample_.snapshot(), {.words = "zylophon"}).count, 2U);
  file({samples::incident({.number = 1, .version = 1, .name = "Other"})});
  EXPECT_EQ(found(sample_.snapshot(), {.words = "zylophon"}).count, 1U);
  ASSERT_TRUE(sample_.registry()
                  .control(filing::Hold{.item = {.entry = held, .ordinal = 0},
                                        .on = true,
                                        .ground = "a court asks",
                                        .authority = "the registrar"})
                  .has_value());
  sample_.follow();
  EXPECT_EQ(found(sample_.snapshot(), {.words = "zylophon"}).count, 0U);
  EXPECT_EQ(found(sample_.snapshot(), {.words = "zylophon", .as_of = AtSize{size}}).count, 1U);
  file({samples::incident({.number = 1, .version = 2, .name = "Other", .revoked = true})});
  EXPECT_EQ(found(sample_.snapshot(), {}).count, 0U);
}

TEST(SearchWords, SlipsAreCounted) {
  EXPECT_EQ(slips_between("notpetya", "notpetya", 2), 0U);
  EXPECT_EQ(slips_between("notpteya", "notpetya", 2), 1U);
  EXPECT_EQ(slips_between("sandwrom", "sandworm", 2), 1U);
  EXPECT_EQ(slips_between("lazrus", "lazarus", 2), 1U);
  EXPECT_EQ(slips_between("kitten", "sitting", 3), 3U);
  EXPECT_EQ(slips_between("", "ab", 2), 2U);
  EXPECT_GT(slips_between("a", "abcdef", 2), 2U);
}

TEST(SearchWords, AreQuoted) {
  const auto words = sought_words("not petya ransom* \"x");
  ASSERT_EQ(words.size(), 4U);
  EXPECT_TRUE(words[2].begins);
  EXPECT_EQ(match_expression({{"a"}, {"b", "c d"}}, {"e"}),
            R"((("a") AND ("b" OR "c d")) OR ("ab") OR "e")");
  EXPECT_EQ(match_expression({{"not"}, {"petya"}}, {}, WordPlace::in_names),
            "((\"\ue000not\") AND (\"\ue000petya\")) OR (\"\ue000notpetya\")");
  EXPECT_EQ(match_expression({}, {}), "");
}

}  // namespace
}  // namespace comity::query
