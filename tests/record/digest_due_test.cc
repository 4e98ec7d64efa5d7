#include "record/digest_due.h"

#include <gtest/gtest.h>

#include "tests/registry/sample_registry.h"

namespace comity::record {
namespace {

UnixSeconds at(std::int64_t seconds) { return UnixSeconds{seconds}; }

TEST(DigestDue, AfterSoManyEntriesOrSoLong) {
  const DigestPace pace{.entries = 10, .seconds = 100};
  EXPECT_FALSE(is_digest_due({9, at(1000), at(1099)}, pace));
  EXPECT_TRUE(is_digest_due({10, at(1000), at(1000)}, pace));
  EXPECT_TRUE(is_digest_due({1, at(1000), at(1100)}, pace));
}

TEST(DigestDue, NeverWhereOnlyTicksAndDigestsCame) {
  EXPECT_FALSE(is_digest_due({0, at(0), at(1'000'000'000)}));
}

/// A log, and what it has since the last digest.
class SinceTheLastDigest : public ::testing::Test {
 protected:
  SinceTheLastDigest() { EXPECT_TRUE(sample_.admit(10).has_value()); }

  std::uint64_t file(int number) {
    return sample_
        .file({samples::open_to_all(samples::note(number))}, samples::party(10), samples::key(10))
        ->index;
  }
  std::uint64_t file_digest(std::uint64_t size) {
    return sample_.control(filing::FileDigest{.size = size, .digest = {}})->index;
  }
  SinceDigest since(const DigestPace& pace = {}) {
    return since_digest(log::LogReader::open(sample_.files(), sample_.vkey()).value(), pace)
        .value();
  }

  samples::SampleRegistry sample_;
};

TEST_F(SinceTheLastDigest, CountsFromTheFoundingWhereNoneWasFiled) {
  for (int i = 0; i < 5; ++i) file(i);
  const SinceDigest found = since();
  EXPECT_EQ(found.entries, 7U);  // founding, admission, five notes
  EXPECT_EQ(found.now, sample_.registry().state().standing()->time);
  EXPECT_LT(found.filed, found.now);
}

TEST_F(SinceTheLastDigest, CountsWhatTheDigestDoesNotCover) {
  const std::uint64_t first = file(1);
  file(2);
  file_digest(first + 1);  // the second note came while the first was folded
  const UnixSeconds then = sample_.registry().state().standing()->time;
  EXPECT_EQ(since().entries, 1U);
  EXPECT_EQ(since().filed, then);
  EXPECT_EQ(since().now, then);
  file(3);
  EXPECT_EQ(since().entries, 2U);
  EXPECT_EQ(since().filed, then);
  file_digest(sample_.registry().state().size().value());
  EXPECT_EQ(since().entries, 0U);
  file_digest(0);
  // The last one filed counts, though it covers nothing.
  EXPECT_EQ(since().entries, 5U);
}

TEST_F(SinceTheLastDigest, CountsNoFurtherThanThePaceNeeds) {
  for (int i = 0; i < 20; ++i) file(i);
  EXPECT_EQ(since({.entries = 4, .seconds = 100}).entries, 4U);
}

}  // namespace
}  // namespace comity::record
