// What is published, in which order and at which times; and that pages put together are the whole.

#include "query/published.h"

#include <algorithm>
#include <chrono>
#include <map>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "record/added.h"

#include "query/readers.h"
#include "tests/query/published_objects.h"

namespace comity::query {
namespace {

using samples::made_incident;
using samples::made_norm;
using samples::made_note;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr int kOther = 11;

/// Of an item: what it is, and which version: "note 7 v1". Identities are not of the samples.
std::string name_of(Published& published, const PublishedItem& item) {
  const std::string id = published.id_of(item).value();
  if (id.starts_with("identity--")) return "identity";
  const int number = std::stoi(id.substr(id.rfind('-') + 1));
  return fmt::format("{} {} v{}", id.substr(0, id.find("--")), number,
                     count(item.modified) / 1'000'000 % 60);
}

class PublishedRecord : public ::testing::Test {
 protected:
  PublishedRecord() { EXPECT_TRUE(sample_.registry().admit(kOther).has_value()); }

  /// All pages put together, without the samples' registrar and parties.
  std::vector<std::string> all(const PublishedFilter& filter, std::size_t limit = 1000,
                               std::int64_t window = std::int64_t{1} << 20) {
    sample_.follow();
    const auto snapshot = sample_.snapshot();
    Published published(snapshot, window);
    std::vector<std::string> names;
    PublishedFilter next = filter;
    while (true) {
      const auto page = published.page(next, limit);
      EXPECT_TRUE(page.has_value()) << (page ? "" : page.error().sentence());
      if (!page) break;
      EXPECT_LE(page->items.size(), limit);
      for (const auto& item : page->items) {
        const std::string name = name_of(published, item);
        if (!name.starts_with("identity")) names.push_back(name);
      }
      if (!page->more) break;
      EXPECT_TRUE(!next.behind || *next.behind < *page->more);
      next.behind = page->more;
    }
    return names;
  }

  static PublishedFilter every(Shelf shelf = Shelf::statements) {
    return {.shelf = shelf, .versions = {.last = false, .all = true}};
  }

  samples::SampleRecord sample_;
};

TEST(Added, EveryItemHasAMicrosecondOfItsOwn) {
  using record::added_at;
  using record::free_behind;
  constexpr UnixSeconds kTime{100};
  static_assert(added_at(kTime, UnixMicros{0}) == UnixMicros{100'000'000});
  // Entries of one time follow one another.
  static_assert(added_at(kTime, free_behind(UnixMicros{100'000'000}, 3)) ==
                UnixMicros{100'000'003});
  // One that carries nothing takes nothing.
  static_assert(free_behind(UnixMicros{7}, 0) == UnixMicros{7});
  // More than a second's microseconds reach into the next, which waits.
  static_assert(added_at(UnixSeconds{101}, free_behind(UnixMicros{100'000'000}, 1'000'002)) ==
                UnixMicros{101'000'002});
  static_assert(added_at(UnixSeconds{102}, UnixMicros{101'000'002}) == UnixMicros{102'000'000});
}

TEST_F(PublishedRecord, IsInTheOrderOfTheLogAtTimesThatIncrease) {
  sample_.registry().stop_clock();
  for (int i = 0; i < 5; ++i) sample_.file({made_note(2 * i), made_incident(2 * i + 1)});
  sample_.follow();
  const auto snapshot = sample_.snapshot();
  Published published(snapshot);
  const auto page = published.page({}, 100).value();
  ASSERT_GE(page.items.size(), 10U);
  EXPECT_FALSE(page.more);
  UnixMicros before{};
  for (const auto& item : page.items) {
    const UnixMicros added = published.added(item).value();
    EXPECT_GT(count(added), count(before));
    before = added;
  }
  // The clock stood still, so the filings follow one another by their items.
  const auto& items = page.items;
  const auto first = published.added(items[items.size() - 10]).value();
  EXPECT_EQ(count(before) - count(first), 9);
}

TEST_F(PublishedRecord, WhoeverFoldsAgainHasTheSameTimes) {
  sample_.registry().stop_clock();
  const auto entry = sample_.file({made_note(1), made_note(2), made_note(3)});
  sample_.file({made_note(4)});
  const auto times = [&] {
    sample_.follow();
    const auto snapshot = sample_.snapshot();
    Published published(snapshot);
    std::map<std::string, std::int64_t> by_name;
    const auto page = published.page({}, 100).value();
    for (const auto& item : page.items)
      by_name[published.id_of(item).value()] = count(published.added(item).value());
    return by_name;
  };
  auto before = times();
  ASSERT_TRUE(sample_.registry()
                  .control(filing::Erase{.item = {.entry = entry, .ordinal = 1},
                                         .ground = "names a person",
                                         .authority = "the registrar"})
                  .has_value());
  before.erase("note--" + samples::uuid(2));
  EXPECT_EQ(times(), before);
  ASSERT_TRUE(sample_.follower().reset().has_value());
  EXPECT_EQ(times(), before);
}

TEST_F(PublishedRecord, ShelvesHoldWhatTheySay) {
  sample_.file({made_incident(1), made_note(2), made_norm(3), made_norm(4, "rulebook")});
  sample_.file({made_norm(5), made_incident(6)});
  EXPECT_THAT(all({}), ElementsAre("incident 1 v0", "note 2 v0", "note 3 v0", "note 4 v0",
                                   "note 5 v0", "incident 6 v0"));
  EXPECT_THAT(all({.shelf = Shelf::incidents}), ElementsAre("incident 1 v0", "incident 6 v0"));
  EXPECT_THAT(all({.shelf = Shelf::norms}), ElementsAre("note 3 v0", "note 4 v0", "note 5 v0"));
  EXPECT_THAT(all({.shelf = Shelf::norms}, 1), ElementsAre("note 3 v0", "note 4 v0", "note 5 v0"));
  EXPECT_EQ(all({.shelf = Shelf::norms}), all(every(Shelf::norms)));
}

TEST_F(PublishedRecord, ShelvesOfWhatWasNeverFiledAreEmpty) {
  EXPECT_THAT(all({.shelf = Shelf::incidents}), IsEmpty());
  EXPECT_THAT(all(every(Shelf::norms)), IsEmpty());
}

TEST_F(PublishedRecord, VersionsAreChosen) {
  sample_.file({made_note(1, 1), made_note(2, 1)});
  sample_.file({made_note(1, 3)});
  sample_.file({made_note(1, 2)});  // an earlier one, filed late
  EXPECT_THAT(all({}), ElementsAre("note 2 v1", "note 1 v3"));
  EXPECT_THAT(all(every()), ElementsAre("note 1 v1", "note 2 v1", "note 1 v3", "note 1 v2"));
  EXPECT_THAT(all({.versions = {.last = false, .first = true}}),
              ElementsAre("note 1 v1", "note 2 v1"));
  EXPECT_THAT(all({.versions = {.last = true, .first = true}}),
              ElementsAre("note 1 v1", "note 2 v1", "note 1 v3"));
  const auto time = [](int second) { return parse_timestamp(samples::time_at(second)).value(); };
  EXPECT_THAT(all({.versions = {.last = false, .at = {time(2), time(1)}}}),
              ElementsAre("note 1 v1", "note 2 v1", "note 1 v2"));
  EXPECT_THAT(all({.versions = {.last = false, .at = {time(9)}}}), IsEmpty());
}

TEST_F(PublishedRecord, ARevocationIsTheLastVersion) {
  sample_.file({made_note(1, 1)});
  sample_.file({made_note(1, 2, samples::SampleRecord::kParty, R"(,"revoked":true)")});
  EXPECT_THAT(all({}), ElementsAre("note 1 v2"));
}

TEST_F(PublishedRecord, NobodyPutsAVersionBehindTheCreators) {
  sample_.file({made_note(1, 5)}, kOther);  // relayed before its creator files it
  EXPECT_THAT(all({}), ElementsAre("note 1 v5"));
  EXPECT_THAT(all(every()), ElementsAre("note 1 v5"));
  sample_.file({made_note(1, 1)});
  sample_.file({made_note(1, 7)}, kOther);
  EXPECT_THAT(all({}), ElementsAre("note 1 v1"));
  EXPECT_THAT(all(every()), ElementsAre("note 1 v1"));
}

TEST_F(PublishedRecord, WhatSeveralRelayIsThereOnce) {
  constexpr int kThird = 12;
  ASSERT_TRUE(sample_.registry().admit(kThird).has_value());
  sample_.file({made_note(1, 1, 30)}, kOther);
  sample_.file({made_note(1, 1, 30, R"(,"lang":"en")")}, kThird);
  sample_.file({made_note(1, 0, 30)}, kThird);
  EXPECT_THAT(all(every()), ElementsAre("note 1 v1", "note 1 v0"));
  EXPECT_THAT(all({.versions = {.last = false, .first = true}}), ElementsAre("note 1 v0"));
  EXPECT_THAT(all({}), ElementsAre("note 1 v1"));
}

TEST_F(PublishedRecord, IdsAndTypesNarrow) {
  sample_.file({made_incident(1), made_note(2), made_note(3)});
  sample_.file({made_note(2, 1)});
  const auto note = [](int number) { return "note--" + samples::uuid(number); };
  EXPECT_THAT(all({.ids = {{note(3), note(2), "no id", note(99)}}}),
              ElementsAre("note 3 v0", "note 2 v1"));
  auto filter = every();
  filter.ids = {note(2)};
  EXPECT_THAT(all(filter), ElementsAre("note 2 v0", "note 2 v1"));
  EXPECT_THAT(all({.types = {{"incident", "unheard-of"}}}), ElementsAre("incident 1 v0"));
  EXPECT_THAT(all({.types = {{"incident", "note"}}}),
              ElementsAre("incident 1 v0", "note 3 v0", "note 2 v1"));
  EXPECT_THAT(all({.types = {{"unheard-of"}}}), IsEmpty());
  EXPECT_THAT(all({.ids = {{note(2)}}, .types = {{"incident"}}}), IsEmpty());
  EXPECT_THAT(all({.shelf = Shelf::incidents, .types = {{"note"}}}), IsEmpty());
  EXPECT_THAT(all({.shelf = Shelf::incidents, .ids = {{note(2)}}}), IsEmpty());
  EXPECT_THAT(all({.ids = {std::vector<std::string>{}}}), IsEmpty());
}

TEST_F(PublishedRecord, PagesAndWindowsOfAnySizeMakeTheSameWhole) {
  for (int i = 0; i < 12; ++i) {
    sample_.file({made_note(i), made_incident(100 + i), made_norm(200 + i)});
    if (i % 3 == 0) sample_.file({made_note(i / 2, 1 + i), made_incident(100 + i, 1)});
  }
  std::vector<PublishedFilter> filters{{}, every(), {.versions = {.last = false, .first = true}}};
  for (const Shelf shelf : {Shelf::incidents, Shelf::norms}) {
    filters.push_back({.shelf = shelf});
    filters.push_back(every(shelf));
  }
  filters.push_back({.types = {{"incident"}}});
  filters.push_back({.shelf = Shelf::incidents, .types = {{"incident"}}});
  for (const auto& filter : filters) {
    const auto whole = all(filter);
    EXPECT_GT(whole.size(), 5U);
    for (const std::size_t limit : {1U, 2U, 3U, 7U, 50U})
      for (const std::int64_t window : {1, 2, 5, 1000})
        EXPECT_EQ(all(filter, limit, window), whole);
  }
}

TEST_F(PublishedRecord, AddedAfterIsBehindThatMicrosecond) {
  sample_.registry().stop_clock();
  for (int i = 0; i < 4; ++i) sample_.file({made_note(3 * i), made_note(3 * i + 1)});
  sample_.follow();
  const auto snapshot = sample_.snapshot();
  Published published(snapshot);
  const auto whole = published.page({}, 100).value().items;
  std::vector<std::int64_t> times;
  for (const auto& item : whole) times.push_back(count(published.added(item).value()));
  for (const std::int64_t time : times)
    for (const std::int64_t after : {time - 1, time, time + 1}) {
      const auto page = published.page({.added_after = UnixMicros{after}}, 100).value();
      EXPECT_EQ(std::ssize(page.items),
                std::ranges::count_if(times, [after](auto it) { return it > after; }));
    }
  EXPECT_EQ(published.page({.added_after = UnixMicros{0}}, 100).value().items.size(), whole.size());
  EXPECT_TRUE(
      published.page({.added_after = UnixMicros{INT64_MAX / 2}}, 100).value().items.empty());
  const filing::ItemPlace beyond{.entry = UINT64_MAX, .ordinal = UINT64_MAX};
  EXPECT_TRUE(published.page({.behind = FeedPlace{beyond}}, 100).value().items.empty());
}

TEST_F(PublishedRecord, WhatIsOnHoldIsLeftOutAndComesBack) {
  const auto entry = sample_.file({made_note(1), made_note(2)});
  const auto hold = [&](bool on) {
    ASSERT_TRUE(sample_.registry()
                    .control(filing::Hold{.item = {.entry = entry, .ordinal = 0},
                                          .on = on,
                                          .ground = "a court",
                                          .authority = "the registrar"})
                    .has_value());
  };
  hold(true);
  EXPECT_THAT(all({}), ElementsAre("note 2 v0"));
  EXPECT_THAT(all(every()), ElementsAre("note 2 v0"));
  hold(false);
  EXPECT_THAT(all({}), ElementsAre("note 1 v0", "note 2 v0"));
}

/// The contents of all that is published, read page by page.
std::vector<std::string> contents(Reader& reader, std::size_t limit) {
  std::vector<std::string> texts;
  PublishedFilter filter;
  while (true) {
    const auto page = reader.published.page(filter, limit).value();
    const crypto::TreeSize size{reader.snapshot.stamp().size};
    const auto read = reader.runs.read(page.items, size, [&](std::size_t, ByteView object) {
      texts.emplace_back(as_text(object));
      return true;
    });
    EXPECT_TRUE(read.has_value()) << (read ? "" : read.error().sentence());
    if (!page.more) return texts;
    filter.behind = page.more;
  }
}

TEST_F(PublishedRecord, ContentsAreAsTheyWereFiled) {
  const std::string wide(200'000, 'w');
  std::vector<std::string> filed;
  for (int i = 0; i < 40; ++i) {
    const bool large = i % 5 == 0;
    std::vector<std::string> objects{made_note(2 * i, 0, samples::SampleRecord::kParty,
                                               large ? R"(,"abstract":")" + wide + '"' : ""),
                                     " " + made_incident(2 * i + 1) + "\n"};
    sample_.file(objects);
    filed.insert(filed.end(), objects.begin(), objects.end());
  }
  sample_.follow();
  Readers readers(sample_.follower().path(), sample_.registry().files());
  const auto reader = readers.take().value();
  for (const std::size_t limit : {1U, 3U, 17U, 1000U}) {
    auto texts = contents(*reader, limit);
    ASSERT_GE(texts.size(), filed.size());
    texts.erase(texts.begin(), texts.end() - static_cast<std::ptrdiff_t>(filed.size()));
    EXPECT_EQ(texts, filed) << limit;
  }
}

/// So many that to look at all of them for each would take minutes.
TEST_F(PublishedRecord, CopiesOfOneObjectAreGoneThroughOnceHoweverMany) {
  sample_.file({made_note(5)});
  sample_.follow();
  const std::string path = sample_.follower().path();
  sample_.close();
  // Relayed by others, later ones first, so that none but the first was ever shown.
  const auto relayed = log::Database::open(path).value().run(
      "UPDATE version SET relayed = 1 WHERE id = (SELECT max(id) FROM version); "
      "INSERT INTO version "
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) "
      "SELECT v.id + n.i, v.object, v.party, v.entry, v.ordinal + n.i, v.modified - n.i, 0, 1, "
      "v.kind, v.entry, v.entry FROM version v, n WHERE v.id = (SELECT max(id) FROM version)");
  ASSERT_TRUE(relayed) << relayed.error().sentence();
  const auto snapshot = Snapshot::open(path).value();
  Published published(snapshot);
  const std::string id = "note--" + samples::uuid(5);
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_TRUE(published.has(Shelf::statements, id).value());
  PublishedFilter filter = every();
  filter.ids = std::vector{id};
  const auto page = published.page(filter, 100).value();
  EXPECT_EQ(page.items.size(), 100U);
  EXPECT_TRUE(page.more);
  filter.versions = {.last = false, .first = true};
  EXPECT_EQ(published.page(filter, 100).value().items.size(), 1U);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

TEST_F(PublishedRecord, ReadersMoveOnWithTheRecord) {
  sample_.file({made_note(1)});
  sample_.follow();
  Readers readers(sample_.follower().path(), sample_.registry().files());
  std::size_t before = 0;
  {
    const auto reader = readers.take().value();
    before = contents(*reader, 10).size();
  }
  sample_.file({made_note(2)});
  sample_.follow();
  const auto first = readers.take().value();
  const auto second = readers.take().value();
  EXPECT_EQ(contents(*first, 10).size(), before + 1);
  EXPECT_EQ(contents(*second, 10).size(), before + 1);
}

TEST_F(PublishedRecord, ReadersMoveOnToARecordThatIsMadeAnew) {
  sample_.file({made_note(1)});
  sample_.follow();
  Readers readers(sample_.follower().path(), sample_.registry().files());
  std::size_t before = 0;
  {
    const auto first = readers.take().value();
    const auto second = readers.take().value();
    before = contents(*first, 10).size();
    EXPECT_EQ(contents(*second, 10).size(), before);
  }
  sample_.file({made_note(2)});
  ASSERT_TRUE(sample_.follower().reset());
  sample_.follow();
  const auto first = readers.take().value();
  const auto second = readers.take().value();
  EXPECT_EQ(contents(*first, 10).size(), before + 1);
  EXPECT_EQ(contents(*second, 10).size(), before + 1);
}

}  // namespace
}  // namespace comity::query
