#include "views/byte_range.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace comity::views {
namespace {

TEST(ByteRanges, AreReadAsTheyAreAskedFor) {
  EXPECT_EQ(parse_range("bytes=0-0", 10), (ByteRange{0, 1}));
  EXPECT_EQ(parse_range("bytes=3-99", 10), (ByteRange{3, 10}));
  EXPECT_EQ(parse_range("bytes=9-", 10), (ByteRange{9, 10}));
  EXPECT_EQ(parse_range("bytes=-3", 10), (ByteRange{7, 10}));
  EXPECT_EQ(parse_range("bytes=-99999999999999999999", 10), (ByteRange{0, 10}));
  EXPECT_EQ(parse_range("bytes=0-99999999999999999999", 10), (ByteRange{0, 10}));
  EXPECT_EQ(content_range({3, 10}, 10), "bytes 3-9/10");
}

TEST(ByteRanges, WhatIsNoSingleRangeMeansAll) {
  for (const std::string_view all :
       {"", "bytes", "bytes=", "bytes=-", "bytes=5-4", "bytes=0-1,3-4", "bytes=+1-2", "bytes=0x1-2",
        "bytes= 0-1", "Bytes=0-1", "items=0-1", "bytes=1--2"}) {
    const auto range = parse_range(all, 10);
    ASSERT_TRUE(range) << all;
    EXPECT_EQ(*range, std::nullopt) << all;
  }
}

TEST(ByteRanges, BehindTheEndThereIsNothing) {
  for (const std::string_view bad : {"bytes=10-", "bytes=10-20", "bytes=-0"})
    EXPECT_EQ(parse_range(bad, 10).error().code(), "range-unsatisfiable") << bad;
  EXPECT_FALSE(parse_range("bytes=-5", 0));
  EXPECT_FALSE(parse_range("bytes=0-", 0));
}

RC_GTEST_PROP(ByteRanges, LieWithinTheFile, ()) {
  const auto size = *rc::gen::inRange<std::uint64_t>(1, 1000);
  const auto first = *rc::gen::inRange<std::uint64_t>(0, 1200);
  const auto last = *rc::gen::inRange<std::uint64_t>(0, 1200);
  const auto range =
      parse_range("bytes=" + std::to_string(first) + "-" + std::to_string(last), size);
  if (first > last) {
    RC_ASSERT(range && !*range);
  } else if (first >= size) {
    RC_ASSERT(!range);
  } else {
    RC_ASSERT(range->value().begin == first);
    RC_ASSERT(range->value().end == std::min(last + 1, size));
  }
}

}  // namespace
}  // namespace comity::views
