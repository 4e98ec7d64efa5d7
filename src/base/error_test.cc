#include "base/error.h"

#include <cerrno>

#include <gtest/gtest.h>

namespace comity {
namespace {

Result<int> half(int n) {
  if (n % 2 != 0) return refuse("test-odd", "The number is odd; give an even one.");
  return n / 2;
}

Result<int> quarter(int n) {
  COMITY_TRY(const int h, half(n));
  COMITY_CHECK(half(h));
  return half(h);
}

TEST(Error, TryPassesOnTheFirstError) {
  EXPECT_EQ(quarter(8).value(), 2);
  EXPECT_EQ(quarter(6).error().code(), "test-odd");
}

TEST(Error, AFaultSaysWhatTheSystemSaid) {
  const Result<int> result = fail("writing the checkpoint failed", ENOSPC);
  EXPECT_EQ(result.error().code(), "fault");
  EXPECT_EQ(result.error().sentence(), "writing the checkpoint failed: No space left on device");
  EXPECT_EQ(result.error().refusal(), nullptr);
}

TEST(Error, OfOurOwnFilesARefusalIsAFault) {
  const Result<int> damaged = as_fault(half(3).error());
  EXPECT_EQ(damaged.error(), Error(Fault{"The number is odd; give an even one.", 0}));
  const Result<int> failed = as_fault(Error(Fault{"reading failed", EIO}));
  EXPECT_EQ(failed.error(), Error(Fault{"reading failed", EIO}));
}

TEST(ErrorDeathTest, AnAssertionNamesItsPlace) {
  EXPECT_DEATH(COMITY_ASSERT(1 + 1 == 3), "a bug: 1 \\+ 1 == 3 does not hold at .*error_test.cc");
}

}  // namespace
}  // namespace comity
