#include "crypto/decimal.h"

namespace comity::crypto {
namespace {

RC_GTEST_PROP(Decimal, InverseOfPrinting, (std::uint64_t number)) {
  RC_ASSERT(parse_decimal(std::to_string(number)) == number);
}

TEST(Decimal, OnlyOneTextForEachNumber) {
  EXPECT_EQ(parse_decimal("0"), 0U);
  EXPECT_EQ(parse_decimal("18446744073709551615"), 18'446'744'073'709'551'615U);
  for (const char* text : {"", "00", "01", "+1", "-1", " 1", "1 ", "1a", "0x1", "1\n",
                           "18446744073709551616", "99999999999999999999999"})
    EXPECT_EQ(parse_decimal(text), std::nullopt) << text;
}

}  // namespace
}  // namespace comity::crypto
