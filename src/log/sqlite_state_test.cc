#include "log/sqlite_state.h"

#include <atomic>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include <unistd.h>

#include "tests/crash/failing_vfs.h"
#include "tests/rules/random_changes.h"

namespace comity::log {
namespace {

using rules::Changes;
using rules::expect_same;
using rules::key_named;
using rules::party_named;
using rules::random_changes;
using rules::Standing;

/// A path in a directory that goes with it.
class Place {
 public:
  Place() {
    // In memory where there is such a place: a sync there costs nothing.
    const std::filesystem::path memory = "/dev/shm";
    const auto parent =
        std::filesystem::exists(memory) ? memory : std::filesystem::temp_directory_path();
    std::string pattern = (parent / "comity-state-XXXXXX").string();
    COMITY_ASSERT(mkdtemp(pattern.data()) != nullptr);
    directory_ = pattern;
  }
  ~Place() { std::filesystem::remove_all(directory_); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  [[nodiscard]] std::string path() const {
    return (directory_ / "state" / "admission.db").string();
  }

 private:
  std::filesystem::path directory_;
};

std::unique_ptr<SqliteState> open(const Place& place) {
  return SqliteState::open(place.path(), {.settle_every = 1}).value();
}

std::uint64_t size_of(const SqliteState& state) { return state.size().value(); }

RC_GTEST_PROP(SqliteStateProperty, AnswersAsPlainMapsDo, ()) {
  // So long that every slice is settled in between, with a reopening at a random place.
  const Place place;
  auto state = open(place);
  rules::MemoryState expected;
  const auto reopen_at = *rc::gen::inRange<std::uint64_t>(1, 80);
  for (std::uint64_t size = 1; size < 80; ++size) {
    const auto changes = random_changes(size);
    expected.apply(changes, size);
    RC_ASSERT(state->apply(changes, size).has_value());
    if (size % 16 == 0) expect_same(*state, expected);
    if (size == reopen_at) {
      state.reset();
      state = open(place);
      RC_ASSERT(!state->discarded());
      expect_same(*state, expected);
    }
  }
  expect_same(*state, expected);
}

Changes one_key() {
  Changes changes;
  changes.keys.push_back({.kid = codec::key_id(key_named(0)),
                          .key = key_named(0),
                          .party = party_named(0),
                          .revoked_at = std::nullopt});
  return changes;
}

TEST(SqliteState, BeginsEmpty) {
  const Place place;
  const auto state = open(place);
  EXPECT_FALSE(state->discarded());
  EXPECT_EQ(size_of(*state), 0U);
  EXPECT_EQ(state->standing().value(), Standing{});
}

TEST(SqliteState, IsEmptyAfterAReset) {
  const Place place;
  const auto state = open(place);
  ASSERT_TRUE(state->apply(one_key(), 1).has_value());
  ASSERT_TRUE(state->reset().has_value());
  EXPECT_EQ(size_of(*state), 0U);
  EXPECT_FALSE(state->key(codec::key_id(key_named(0))).value().has_value());
  EXPECT_EQ(state->find_key(codec::key_id(key_named(0))).error().code(), "key-unknown");
  ASSERT_TRUE(state->apply(one_key(), 1).has_value());
  EXPECT_EQ(size_of(*state), 1U);
}

TEST(SqliteState, DiscardsAFileThatIsNone) {
  const Place place;
  std::filesystem::create_directories(std::filesystem::path(place.path()).parent_path());
  std::ofstream(place.path()) << std::string(10'000, 'x');
  const auto state = open(place);
  EXPECT_TRUE(state->discarded());
  EXPECT_EQ(size_of(*state), 0U);
  EXPECT_TRUE(state->apply(one_key(), 1).has_value());
}

TEST(SqliteState, DiscardsAnotherSchema) {
  const Place place;
  ASSERT_TRUE(open(place)->apply(one_key(), 1).has_value());
  ASSERT_TRUE(Database::open(place.path())->run("PRAGMA user_version = 99").has_value());
  EXPECT_TRUE(open(place)->discarded());
  EXPECT_EQ(size_of(*open(place)), 0U);
}

TEST(SqliteState, DiscardsAFileWithoutItsTables) {
  const Place place;
  ASSERT_TRUE(open(place)->apply(one_key(), 1).has_value());
  ASSERT_TRUE(Database::open(place.path())->run("DROP TABLE version_recent").has_value());
  EXPECT_TRUE(open(place)->discarded());
}

TEST(SqliteState, AFileThatCantBeReadIsAFaultAndStays) {
  const Place place;
  std::filesystem::create_directories(place.path());  // as unreadable as any, for root too
  const auto opened = SqliteState::open(place.path());
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().fault(), nullptr);
  EXPECT_TRUE(std::filesystem::is_directory(place.path()));
}

TEST(SqliteState, AFailedApplyChangesNothing) {
  const Place place;
  const auto state = open(place);
  ASSERT_TRUE(state->apply(Changes{}, 1).has_value());
  {
    const auto other = Database::open(place.path());
    ASSERT_TRUE(other
                    ->run("CREATE TRIGGER full BEFORE INSERT ON standing BEGIN "
                          "SELECT RAISE(ABORT, 'no space'); END")
                    .has_value());
    const auto applied = state->apply(one_key(), 2);
    ASSERT_FALSE(applied.has_value());
    EXPECT_NE(applied.error().fault(), nullptr);
    ASSERT_TRUE(other->run("DROP TRIGGER full").has_value());
  }
  EXPECT_EQ(size_of(*state), 1U);
  EXPECT_FALSE(state->key(codec::key_id(key_named(0))).value().has_value());
  EXPECT_TRUE(state->apply(one_key(), 2).has_value());
  EXPECT_EQ(size_of(*open(place)), 2U);
}

TEST(SqliteState, AfterALookUpThatFailedAnApplyIsWholeOrNothing) {
  const Place place;
  ASSERT_TRUE(open(place)->apply(Changes{}, 1).has_value());
  crash::FailingVfs vfs;
  {
    const auto state = open(place);
    vfs.fail_after(0, crash::Ailment::kBroken);
    const auto party = state->party(party_named(0));
    ASSERT_FALSE(party.has_value());
    EXPECT_EQ(party.error().fault()->error_number, EIO) << party.error().sentence();
    vfs.mend();
    ASSERT_TRUE(state->stage(one_key(), 2).has_value());
  }
  // Ended before its commit.
  const auto state = open(place);
  EXPECT_EQ(size_of(*state), 1U);
  EXPECT_FALSE(state->key(codec::key_id(key_named(0))).value().has_value());
  vfs.fail_after(0, crash::Ailment::kBroken);
  ASSERT_FALSE(state->party(party_named(0)).has_value());
  vfs.mend();
  EXPECT_TRUE(state->apply(one_key(), 2).has_value());
  EXPECT_EQ(size_of(*open(place)), 2U);
}

TEST(SqliteState, WhatIsStagedCountsOnceItIsCommitted) {
  const Place place;
  const auto state = open(place);
  ASSERT_TRUE(state->stage(one_key(), 1).has_value());
  EXPECT_EQ(size_of(*state), 0U);
  state->unstage();
  EXPECT_FALSE(state->key(codec::key_id(key_named(0))).value().has_value());
  ASSERT_TRUE(state->stage(one_key(), 1).has_value());
  EXPECT_EQ(size_of(*open(place)), 0U) << "nobody else sees it";
  ASSERT_TRUE(state->commit().has_value());
  EXPECT_EQ(size_of(*state), 1U);
  EXPECT_EQ(size_of(*open(place)), 1U);
}

TEST(SqliteState, FindsKeysFromAnyThread) {
  const Place place;
  const auto state = open(place);
  Changes changes = one_key();
  changes.announced_keys.push_back({.note = {.party = party_named(1),
                                             .kid = codec::key_id(key_named(1)),
                                             .key = key_named(1),
                                             .proof = {}},
                                    .entry = 0});
  ASSERT_TRUE(state->apply(changes, 1).has_value());
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int round = 0; round < 200; ++round) {
        for (int name = 0; name < 2; ++name)
          if (state->find_key(codec::key_id(key_named(name))) != key_named(name)) ++wrong;
        const auto unknown = state->find_key(codec::key_id(key_named(3)));
        if (unknown && round == 0) ++wrong;
      }
    });
  for (std::uint64_t size = 2; size < 50; ++size)
    EXPECT_TRUE(state->apply(changes, size).has_value());
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

TEST(ObjectKey, IsOneForEachObject) {
  const std::string uuid = "00000000-0000-4000-8000-0000000000ab";
  const std::vector<std::string> ids{"note--" + uuid,
                                     "note--00000000-0000-4000-8000-0000000000AB",
                                     "x--note--" + uuid,
                                     "note",
                                     "",
                                     "identity--" + uuid,
                                     "note--00000000-0000-4000-8000-0000000000ac"};
  std::set<Bytes> keys;
  for (const auto& id : ids)
    for (const std::int64_t owner : {1, 2, 256}) keys.insert(object_key(owner, id));
  EXPECT_EQ(keys.size(), ids.size() * 3);
  EXPECT_EQ(object_key(1, ids[0]).size(), 16 + 4 + 4U);
}

}  // namespace
}  // namespace comity::log
