#include "base/time.h"

#include <gtest/gtest.h>

namespace comity {
namespace {

TEST(Time, WritesAndReads) {
  EXPECT_EQ(to_rfc3339(UnixSeconds{0}), "1970-01-01T00:00:00Z");
  EXPECT_EQ(to_rfc3339(UnixSeconds{1498557600}), "2017-06-27T10:00:00Z");
  EXPECT_EQ(to_rfc3339(UnixMicros{1498557600123000}), "2017-06-27T10:00:00.123Z");
  EXPECT_EQ(to_rfc3339(UnixMicros{1498557600123456}), "2017-06-27T10:00:00.123456Z");
  for (const auto micros : {0L, 1L, 951782400000000L, 1498557600123456L, 253402300799999999L})
    EXPECT_EQ(parse_timestamp(to_rfc3339(UnixMicros{micros})).value(), UnixMicros{micros});
  EXPECT_EQ(parse_timestamp("2017-06-27T10:00:00.5Z").value(), UnixMicros{1498557600500000});
  EXPECT_EQ(parse_timestamp("2017-06-27T10:00:00Z").value(), UnixMicros{1498557600000000});
}

TEST(Time, RefusesWhatIsNoTimestamp) {
  for (const char* text : {"", "2017-06-27", "2017-06-27t10:00:00Z", "2017-06-27T10:00:00",
                           "2017-06-27T10:00:00+00:00", "2017-02-29T10:00:00Z",
                           "2017-13-01T10:00:00Z", "2017-06-27T24:00:00Z", "2017-06-27T10:00:60Z",
                           "2017-06-27T10:00:00.Z", "2017-06-27T10:00:00.1234567Z",
                           "1969-12-31T23:59:59Z", "2017-06-27 10:00:00Z", "+017-06-27T10:00:00Z"})
    EXPECT_EQ(parse_timestamp(text).error().code(), "timestamp-malformed") << text;
}

}  // namespace
}  // namespace comity
