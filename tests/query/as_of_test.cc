#include "query/as_of.h"

#include <string>

namespace comity::query {
namespace {

TEST(AsOf, IsASizeADayAMonthOrATime) {
  const std::int64_t day = 1'774'915'200;  // 2026-03-31T00:00:00Z
  EXPECT_EQ(parse_as_of("0").value(), AsOf(AtSize{0}));
  EXPECT_EQ(parse_as_of("2017").value(), AsOf(AtSize{2017}));
  EXPECT_EQ(parse_as_of("18446744073709551615").value(), AsOf(AtSize{~std::uint64_t{0}}));
  EXPECT_EQ(parse_as_of("2026-03-31").value(), AsOf(AtTime{UnixSeconds{day + 86'399}}));
  EXPECT_EQ(parse_as_of("2026-03").value(), AsOf(AtTime{UnixSeconds{day + 86'399}}));
  EXPECT_EQ(parse_as_of("2026-03-31T00:00:01.999Z").value(), AsOf(AtTime{UnixSeconds{day + 1}}));
}

TEST(AsOf, AnythingElseIsRefused) {
  for (const std::string text :
       {"", "-1", "+1", " 1", "1 ", "0x10", "18446744073709551616", "2026-02-30", "2026-3-1",
        "yesterday", "2026-03-31T00:00:00", "2026-03-31T00:00:00+01:00", "1969-12-31"}) {
    const auto parsed = parse_as_of(text);
    ASSERT_FALSE(parsed.has_value()) << text;
    EXPECT_EQ(parsed.error().code(), "as-of-malformed");
  }
}

}  // namespace
}  // namespace comity::query
