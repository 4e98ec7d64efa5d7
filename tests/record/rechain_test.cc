// The digest chain made anew behind what was erased.

#include "record/follower.h"
#include "record/milestone.h"

#include "tests/registry/sample_registry.h"

namespace comity::record {
namespace {

constexpr int kFiler = 10;

class Rechain : public ::testing::Test {
 protected:
  Rechain() { EXPECT_TRUE(sample_.admit(kFiler).has_value()); }

  std::uint64_t file(int number) {
    const auto filed = sample_.file({samples::open_to_all(samples::note(number))},
                                    samples::party(kFiler), samples::key(kFiler));
    EXPECT_TRUE(filed.has_value());
    return filed->index;
  }
  void erase(std::uint64_t entry) {
    const filing::Erase erase{.item = {entry, 0}, .ground = "a person", .authority = "a court"};
    ASSERT_TRUE(sample_.control(erase).has_value());
  }
  std::unique_ptr<Follower> open(const samples::TemporaryDirectory& place) {
    return Follower::open({sample_.files(), place.path()}).value();
  }
  void follow(Follower& follower) {
    const auto head = sample_.head();
    ASSERT_TRUE(follower.catch_up(head).has_value());
  }

  samples::SampleRegistry sample_;
  samples::TemporaryDirectory place_;
  samples::TemporaryDirectory other_place_;
};

/// Before, between and behind milestones, in no order, with entries between them, in one commit.
TEST_F(Rechain, IsRightHoweverMuchIsErasedAtOnce) {
  const auto follower = open(place_);
  std::vector<std::uint64_t> entries;
  for (int i = 0; i < 400; ++i) entries.push_back(file(i));
  follow(*follower);
  const std::uint64_t before = follower->stamp().size;
  ASSERT_GT(entries[300], 2 * kMilestone);
  int number = 1000;
  for (const std::size_t i : {300U, 20U, 399U, 150U, 21U}) {
    erase(entries[i]);
    for (int more = 0; more < 40; ++more) file(number++);
  }
  follow(*follower);
  ASSERT_GT(follower->stamp().size / kMilestone, before / kMilestone);
  EXPECT_FALSE(first_contradiction(follower->fold().store().database()).value());
  const auto newcomer = open(other_place_);
  follow(*newcomer);
  EXPECT_EQ(newcomer->stamp(), follower->stamp());
  for (std::uint64_t size = 0; size <= newcomer->stamp().size; size += 50)
    EXPECT_EQ(digest_at(newcomer->fold().store().database(), size),
              digest_at(follower->fold().store().database(), size))
        << size;
}

}  // namespace
}  // namespace comity::record
