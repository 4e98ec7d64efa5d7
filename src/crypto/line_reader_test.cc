#include "crypto/line_reader.h"

namespace comity::crypto {
namespace {

TEST(LineReader, GivesLinesAndTheRest) {
  LineReader lines("a\n\nb c\nend");
  EXPECT_EQ(lines.next(), "a");
  EXPECT_EQ(lines.next(), "");
  EXPECT_EQ(lines.next_after("c"), std::nullopt);
  EXPECT_EQ(lines.next_after("b"), "c");
  EXPECT_EQ(lines.next(), std::nullopt);
  EXPECT_EQ(lines.rest(), "end");
}

TEST(LineReader, TheWordMustBeFollowedByASpace) {
  LineReader lines("extra\nextract 1\nextra \n");
  EXPECT_EQ(lines.next_after("extra"), std::nullopt);
  EXPECT_EQ(lines.next(), "extra");
  EXPECT_EQ(lines.next_after("extra"), std::nullopt);
  EXPECT_EQ(lines.next(), "extract 1");
  EXPECT_EQ(lines.next_after("extra"), "");
}

}  // namespace
}  // namespace comity::crypto
