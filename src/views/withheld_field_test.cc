#include "views/withheld_field.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace comity::views {
namespace {

TEST(WithheldField, IsReadAsItIsWritten) {
  const std::vector<ByteRange> ranges{{0, 1}, {100, 116}, {116, 117}, {200, ~std::uint64_t{0}}};
  const std::string field = print_withheld(ranges);
  EXPECT_EQ(field, "0-0, 100-115, 116-116, 200-18446744073709551614");
  EXPECT_EQ(parse_withheld(field), ranges);
  EXPECT_EQ(parse_withheld(print_withheld({})), std::vector<ByteRange>{});
}

TEST(WithheldField, NamesTheFirstOfVeryMany) {
  std::vector<ByteRange> ranges;
  for (std::uint64_t i = 0; i < 1000; ++i) ranges.push_back({i * 100, i * 100 + 50});
  const std::string field = print_withheld(ranges);
  EXPECT_LE(field.size(), kWithheldBytes);
  const auto named = parse_withheld(field);
  ASSERT_TRUE(named);
  EXPECT_GT(named->size(), 200U);
  EXPECT_TRUE(std::equal(named->begin(), named->end(), ranges.begin()));
  std::string more;
  for (const ByteRange& range : ranges)
    more += (more.empty() ? "" : ", ") + print_withheld({&range, 1});
  EXPECT_EQ(parse_withheld(more), std::nullopt) << "longer than a field may be";
}

TEST(WithheldField, IsMalformedInAnyOtherForm) {
  for (const std::string_view bad :
       {" ", "1", "-", "1-", "-1", "5-4", "1-2,", "1-2, ", ", 1-2", "1-2,3-4", "1-2,  3-4", "01-2",
        "+1-2", "0x1-2", "1-2-3", "3-4, 1-2", "1-5, 5-9", "1-2, x",
        // The byte behind it has no number.
        "100-18446744073709551615", "1-18446744073709551616"})
    EXPECT_EQ(parse_withheld(bad), std::nullopt) << bad;
}

}  // namespace
}  // namespace comity::views
