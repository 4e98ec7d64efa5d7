#include "stix/timestamp.h"

#include <gtest/gtest.h>

namespace comity::stix {
namespace {

bool is_time(std::string_view text) { return static_cast<bool>(parse_time(text)); }

TEST(Timestamp, IsRfc3339InUtc) {
  EXPECT_TRUE(is_time("2016-01-20T12:31:12Z"));
  EXPECT_TRUE(is_time("2016-01-20T12:31:12.1234567890123Z"));
  EXPECT_TRUE(is_time("2016-02-29T23:59:60Z"));
  for (const auto* text :
       {"", "Z", "2016-01-20", "2016-01-20T12:31:12", "2016-01-20T12:31:12.Z",
        "2016-01-20t12:31:12Z", "2016-01-20T12:31:12z", "2016-01-20T12:31:12+00:00",
        "2016-01-20 12:31:12Z", "2016-1-20T12:31:12Z", "2016-01-20T12:31:12.1a3Z",
        "2016-01-20T12:31:12,123Z"})
    EXPECT_FALSE(is_time(text)) << text;
}

TEST(Timestamp, Exists) {
  for (const auto* text : {"2017-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2016-04-31T00:00:00Z",
                           "2016-13-01T00:00:00Z", "2016-00-01T00:00:00Z", "2016-01-00T00:00:00Z",
                           "2016-01-01T24:00:00Z", "2016-01-01T00:60:00Z", "2016-01-01T00:00:60Z",
                           "2016-01-01T00:00:61Z"})
    EXPECT_FALSE(is_time(text)) << text;
  EXPECT_TRUE(is_time("2000-02-29T00:00:00Z"));
}

TEST(Timestamp, OrdersAsTimeDoes) {
  const auto order = [](std::string_view a, std::string_view b) {
    return compare(parse_time(a), parse_time(b));
  };
  EXPECT_TRUE(order("2016-01-20T12:31:12Z", "2016-01-20T12:31:12.000Z") == 0);
  EXPECT_TRUE(order("2016-01-20T12:31:12.1Z", "2016-01-20T12:31:12.100Z") == 0);
  EXPECT_TRUE(order("2016-01-20T12:31:12.09Z", "2016-01-20T12:31:12.1Z") < 0);
  EXPECT_TRUE(order("2016-01-20T12:31:13Z", "2016-01-20T12:31:12.999999999Z") > 0);
  EXPECT_TRUE(order("2015-12-31T23:59:59Z", "2016-01-01T00:00:00Z") < 0);
}

}  // namespace
}  // namespace comity::stix
