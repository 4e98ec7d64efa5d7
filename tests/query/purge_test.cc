// What was erased goes from the record's files, though somebody reads them meanwhile.

#include <fstream>
#include <iterator>
#include <thread>

#include "record/live_record.h"

#include "tests/query/sample_record.h"
#include "tests/query/search_samples.h"

namespace comity::query {
namespace {

const std::string kSecret = "zyxommaobsoletum";

class Purge : public ::testing::Test {
 protected:
  void SetUp() override {
    std::vector<std::string> others;
    for (int i = 2; i < 100; ++i) others.push_back(samples::incident({.number = i}));
    sample_.file(others);
    place_.entry = sample_.file({samples::incident(
        {.number = 1, .name = kSecret, .description = "Names " + kSecret + " in its text"})});
    sample_.follow();
  }
  void erase() {
    const filing::Erase erase{.item = place_, .ground = "names a person", .authority = "a court"};
    ASSERT_TRUE(sample_.registry().control(erase).has_value());
  }
  [[nodiscard]] bool owes() { return sample_.follower().owes_purge(); }
  /// Whether the secret stands in the record's files, which the follower has open.
  [[nodiscard]] bool stands() const {
    for (const char* suffix : {"", "-wal"}) {
      std::ifstream in(path_ + suffix, std::ios::binary);
      const std::string bytes(std::istreambuf_iterator<char>(in), {});
      if (bytes.find(kSecret) != std::string::npos) return true;
    }
    return false;
  }
  [[nodiscard]] static bool finds(const Snapshot& snapshot) {
    return snapshot.database().integer("SELECT count(*) FROM incident WHERE name = '" + kSecret +
                                       "'") == 1;
  }

  samples::SampleRecord sample_;
  const std::string path_ = sample_.follower().path();
  filing::ItemPlace place_;
};

TEST_F(Purge, HappensAtTheErasureWhereNobodyReads) {
  ASSERT_TRUE(stands());
  erase();
  sample_.follow();
  EXPECT_FALSE(stands());
  EXPECT_FALSE(owes());
}

TEST_F(Purge, WaitsForWhoReadsTheStateOfBefore) {
  std::optional<Snapshot> snapshot(sample_.snapshot());
  ASSERT_TRUE(finds(*snapshot));
  erase();
  sample_.follow();
  EXPECT_TRUE(finds(*snapshot)) << "a snapshot is of one state";
  EXPECT_TRUE(owes());
  sample_.file({samples::incident({.number = 200})});
  sample_.follow();
  EXPECT_TRUE(finds(*snapshot));
  snapshot.reset();
  sample_.file({samples::incident({.number = 201})});
  sample_.follow();
  EXPECT_FALSE(stands());
  EXPECT_FALSE(owes());
}

TEST_F(Purge, HappensAtTheNextCatchUpThoughNothingWasFiled) {
  std::optional<Snapshot> snapshot(sample_.snapshot());
  erase();
  sample_.follow();
  ASSERT_TRUE(stands());
  snapshot.reset();
  sample_.follow();
  EXPECT_FALSE(stands());
  EXPECT_FALSE(owes());
}

TEST_F(Purge, IsOwedToTheNextWhoOpensTheRecord) {
  std::optional<Snapshot> snapshot(sample_.snapshot());
  erase();
  sample_.follow();
  sample_.reopen();
  EXPECT_TRUE(owes());
  ASSERT_TRUE(stands());
  snapshot.reset();
  sample_.follow();
  EXPECT_FALSE(stands());
  EXPECT_FALSE(owes());
}

/// As if the process had been killed between the commit and the purge.
TEST_F(Purge, IsOwedFromTheCommitOn) {
  sample_.close();
  {
    auto store = record::Store::open(path_).value();
    ASSERT_TRUE(store.erase_version(place_).has_value());
    ASSERT_TRUE(store.commit(store.stamp()).has_value());
  }
  EXPECT_TRUE(stands());  // the full text keeps what was deleted from it
  sample_.reopen();
  EXPECT_TRUE(owes());
  sample_.follow();
  EXPECT_FALSE(stands());
  EXPECT_FALSE(owes());
}

/// A disk that is too full to write the file anew, as far as the record can tell.
TEST_F(Purge, IsOwedWhereItFailsAndTheRecordGoesOn) {
  const auto change = [this](const std::string& sql) {
    sample_.close();
    const auto changed = log::Database::open(path_).value().run(sql);
    ASSERT_TRUE(changed.has_value()) << changed.error().sentence();
    sample_.reopen();
  };
  change(
      "CREATE TRIGGER full BEFORE UPDATE OF purge_debt ON stamp WHEN new.purge_debt < 2 "
      "AND old.purge_debt = 2 BEGIN SELECT raise(ABORT, 'no room'); END");
  erase();
  for (int number = 200; number < 203; ++number) {
    sample_.follow();
    EXPECT_TRUE(owes());
    EXPECT_EQ(sample_.follower().stamp().size, crypto::count(sample_.head().size));
    sample_.file({samples::incident({.number = number})});
  }
  change("DROP TRIGGER full");
  sample_.follow();
  EXPECT_FALSE(stands());
  EXPECT_FALSE(owes());
}

TEST_F(Purge, OfALiveRecordHappensThoughNothingIsFiled) {
  std::optional<Snapshot> snapshot(sample_.snapshot());
  record::LiveRecord live(sample_.take_follower());
  erase();
  live.advance(sample_.head());
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  ASSERT_TRUE(live.wait_for(crypto::count(sample_.head().size), deadline));
  ASSERT_TRUE(stands());
  snapshot.reset();
  while (stands() && std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_FALSE(stands());
}

}  // namespace
}  // namespace comity::query
