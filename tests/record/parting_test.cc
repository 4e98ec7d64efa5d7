// Two records of one log, one of them changed at a random entry: it is found exactly.

#include "record/parting.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "record/fold.h"
#include "record/follower.h"
#include "record/milestone.h"

#include "tests/registry/sample_registry.h"

namespace comity::record {
namespace {

/// A record of so many void entries, the one at `changed` with another code.
Fold void_record(const std::string& directory, std::uint64_t size,
                 std::optional<std::uint64_t> changed) {
  auto fold = Fold::open(directory + "/record.sqlite", {}).value();
  for (std::uint64_t i = 0; i < size; ++i) {
    const char* code = i == changed ? "key-unknown" : "signature-invalid";
    EXPECT_TRUE(fold.take_void({code, "It is not."}).has_value());
  }
  EXPECT_TRUE(fold.commit({}).has_value());
  return fold;
}

/// The chain from scratch.
RecordDigest naive_digest(const log::Database& record, std::uint64_t size) {
  RecordDigest digest = empty_record();
  for (std::uint64_t i = 0; i < size; ++i) digest = extend(digest, changes_at(record, i).value());
  return digest;
}

RC_GTEST_PROP(Parting, IsFoundExactly, ()) {
  const auto size = *rc::gen::inRange<std::uint64_t>(1, 1200);
  const auto other_size = *rc::gen::inRange<std::uint64_t>(1, 1200);
  const auto changed = *rc::gen::inRange<std::uint64_t>(0, 1200);
  const samples::TemporaryDirectory one_place;
  const samples::TemporaryDirectory other_place;
  const Fold one = void_record(one_place.path(), size, {});
  const Fold other = void_record(other_place.path(), other_size, changed);
  const auto& mine = one.store().database();
  const auto& theirs = other.store().database();
  const auto found = first_parting(mine, theirs).value();
  RC_ASSERT(found.has_value() == (changed < std::min(size, other_size)));
  if (!found) return;
  RC_ASSERT(found->entry == changed);
  RC_ASSERT(found->one == naive_digest(mine, changed + 1));
  RC_ASSERT(found->other == naive_digest(theirs, changed + 1));
  RC_ASSERT(found->one != found->other);
}

TEST(Milestones, EveryDigestIsTheOneFromScratch) {
  const samples::TemporaryDirectory place;
  const Fold fold = void_record(place.path(), 600, 300);
  for (const std::uint64_t size : {0, 1, 255, 256, 257, 511, 512, 600})
    EXPECT_EQ(digest_at(fold.store().database(), size).value(),
              naive_digest(fold.store().database(), size))
        << size;
  EXPECT_EQ(digest_at(fold.store().database(), 600).value(), fold.stamp().digest);
  EXPECT_FALSE(first_contradiction(fold.store().database()).value());
}

TEST(Milestones, ARecordThatContradictsItselfIsFoundOut) {
  for (const auto& [statement, at] :
       {std::pair{"UPDATE entry SET changes = zeroblob(32) WHERE id = 300", 512},
        std::pair{"UPDATE entry SET changes = zeroblob(32) WHERE id = 599", 600},
        std::pair{"UPDATE milestone SET digest = zeroblob(32) WHERE size = 256", 256},
        std::pair{"UPDATE stamp SET digest = zeroblob(32)", 600}}) {
    const samples::TemporaryDirectory place;
    const Fold fold = void_record(place.path(), 600, {});
    ASSERT_TRUE(fold.store().database().run(statement).has_value());
    EXPECT_EQ(first_contradiction(fold.store().database()).value(), at) << statement;
  }
}

/// One record stopped before an erasure, one after it.
class AroundAnErasure : public ::testing::Test {
 protected:
  AroundAnErasure() {
    EXPECT_TRUE(sample_.admit(10));
    for (int i = 0; i < 20; ++i) entries_.push_back(file(i));
    before_ = Follower::open({sample_.files(), before_place_.path()}).value();
    EXPECT_TRUE(before_->catch_up(head()));
    EXPECT_TRUE(sample_.control(filing::Erase{{entries_[5], 0}, "privacy", "registrar"}));
    EXPECT_TRUE(sample_.control(filing::Erase{{entries_[12], 0}, "privacy", "registrar"}));
    after_ = Follower::open({sample_.files(), after_place_.path()}).value();
    EXPECT_TRUE(after_->catch_up(head()));
  }
  std::uint64_t file(int number) {
    return sample_
        .file({samples::open_to_all(samples::note(number))}, samples::party(10), samples::key(10))
        ->index;
  }
  crypto::TreeHead head() { return sample_.head(); }
  const log::Database& before() { return before_->fold().store().database(); }
  const log::Database& after() { return after_->fold().store().database(); }

  samples::SampleRegistry sample_;
  samples::TemporaryDirectory before_place_;
  samples::TemporaryDirectory after_place_;
  std::unique_ptr<Follower> before_;
  std::unique_ptr<Follower> after_;
  std::vector<std::uint64_t> entries_;
};

TEST_F(AroundAnErasure, IsNoParting) {
  EXPECT_FALSE(first_parting(before(), after()).value());
  EXPECT_FALSE(first_parting(after(), before()).value());
}

TEST_F(AroundAnErasure, WhatWasChangedIsFoundBehindIt) {
  const std::string at = std::to_string(entries_[9]);
  ASSERT_TRUE(before().run("UPDATE entry SET changes = zeroblob(32) WHERE id = " + at).has_value());
  EXPECT_EQ(first_parting(before(), after()).value()->entry, entries_[9]);
  EXPECT_EQ(first_parting(after(), before()).value()->entry, entries_[9]);
}

TEST_F(AroundAnErasure, TheMilestonesAreChainedOnToo) {
  for (int i = 20; i < 280; ++i) file(i);
  ASSERT_TRUE(after_->catch_up(head()).has_value());
  const auto digest = digest_at(after(), 256).value();
  ASSERT_TRUE(sample_.control(filing::Erase{{entries_[7], 0}, "privacy", "registrar"}));
  ASSERT_TRUE(before_->catch_up(head()).has_value());
  ASSERT_TRUE(after_->catch_up(head()).has_value());
  EXPECT_NE(digest_at(after(), 256).value(), digest);
  EXPECT_FALSE(first_contradiction(after()).value());
  EXPECT_EQ(after_->stamp(), before_->stamp());
  EXPECT_FALSE(first_parting(before(), after()).value());
}

}  // namespace
}  // namespace comity::record
