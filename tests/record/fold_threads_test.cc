// The threads of the fold: entries are read and checked ahead on one, rows written on another.

#include <optional>

#include "record/follower.h"

#include "tests/record/dump.h"
#include "tests/registry/sample_registry.h"

namespace comity::record {
namespace {

constexpr int kFilings = 40;
constexpr int kInFiling = 25;

std::string claim(int number) {
  const std::string word = "word-" + std::to_string(number % 7);
  return samples::note(
      number,
      samples::extension("attribution", R"(,"state":"XX","wording":"no )" + std::to_string(number) +
                                            R"(","tags":[")" + word + R"(","a","b","c","d","e"])"));
}

class FoldThreads : public ::testing::Test {
 protected:
  void file(int filings) {
    for (; filings > 0; --filings) {
      std::vector<filing::DraftItem> items;
      for (int i = 0; i < kInFiling; ++i) items.push_back(samples::open_to_all(claim(++claims_)));
      const auto filed = sample_.file(items, registrar_, samples::key(1));
      ASSERT_TRUE(filed.has_value()) << filed.error().sentence();
    }
  }
  crypto::TreeHead head() { return sample_.head(); }

  samples::SampleRegistry sample_;
  samples::TemporaryDirectory place_;
  const std::string registrar_ = sample_.registrar();
  int claims_ = 0;
};

TEST_F(FoldThreads, WhatIsWrittenOnAnotherThreadIsWhatIsWrittenOnThisOne) {
  // One filing at a time is too little for the writer's thread, all at once is enough for it.
  const auto slow = Follower::open({sample_.files(), place_.path()}).value();
  for (int i = 0; i < kFilings; ++i) {
    file(1);
    ASSERT_TRUE(slow->catch_up(head()).has_value());
  }
  const samples::TemporaryDirectory other_place;
  const auto fast = Follower::open({sample_.files(), other_place.path()}).value();
  ASSERT_TRUE(fast->catch_up(head()).has_value());
  EXPECT_EQ(fast->stamp(), slow->stamp());
  const auto& database = fast->fold().store().database();
  EXPECT_EQ(database.integer("SELECT count(*) FROM claim").value(), kFilings * kInFiling);
  EXPECT_EQ(testing::dump(database), testing::dump(slow->fold().store().database()));
}

TEST_F(FoldThreads, EntriesAreReadAheadInTheirOrder) {
  file(kFilings);
  const log::LogReader log(sample_.files(), head());
  const auto visible =
      log::SegmentReader::open(sample_.files(), log::SegmentKind::visible, head().size).value();
  auto walk = log::EntryWalk::open(log, {visible, nullptr}, 0).value();
  const auto find_key = samples::find_among({samples::key(1).public_key()});
  ReadAhead entries(walk, find_key);
  for (std::uint64_t index = 0; index < log.size() - 3; ++index) {  // the others are left
    const auto read = entries.next();
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->stored.index, index);
    EXPECT_TRUE(read->checked.has_value());
  }
}

TEST_F(FoldThreads, WhatCantBeReadIsRefusedAtItsPlaceAndAfter) {
  file(2);
  const auto before = head();
  const auto visible =
      log::SegmentReader::open(sample_.files(), log::SegmentKind::visible, before.size).value();
  // A log that says it is larger than it is.
  const log::LogReader log(sample_.files(), {crypto::TreeSize{crypto::count(before.size) + 1}, {}});
  auto walk = log::EntryWalk::open(log, {visible, nullptr}, 0).value();
  ReadAhead entries(walk, samples::find_among({}));
  auto read = entries.next();
  for (std::uint64_t index = 0; read && index < crypto::count(before.size); ++index)
    read = entries.next();
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(entries.next().error().code(), read.error().code());
}

TEST_F(FoldThreads, AFaultIsReturnedAndForgottenWithWhatWasWritten) {
  auto store = Store::open(place_.path() + "/record.sqlite").value();
  RowWriter writer(store);
  const auto rows_of_entry = [](std::uint64_t index) {
    EntryRows rows;
    EntryRow row;
    row.index = index;
    rows.add(row);
    return rows;
  };
  ASSERT_TRUE(writer.give(rows_of_entry(0)).has_value());
  ASSERT_TRUE(writer.rest().has_value());
  ASSERT_TRUE(writer.give(rows_of_entry(0)).has_value());  // the same again can't be
  EXPECT_FALSE(writer.rest().has_value());
  EXPECT_FALSE(writer.give(rows_of_entry(1)).has_value());
  EXPECT_FALSE(writer.rest().has_value());
  writer.drop();
  ASSERT_TRUE(store.roll_back().has_value());
  for (std::uint64_t index = 0; index < 100; ++index)
    ASSERT_TRUE(writer.give(rows_of_entry(index)).has_value());
  ASSERT_TRUE(writer.rest().has_value());
  EXPECT_EQ(store.database().integer("SELECT count(*) FROM entry").value(), 100);
}

}  // namespace
}  // namespace comity::record
