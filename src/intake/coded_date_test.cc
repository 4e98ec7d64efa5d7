#include "intake/coded_date.h"

#include "tests/precompiled.h"

namespace comity::intake {
namespace {

std::string read(std::string_view cell) {
  const CodedDate date = coded_date(cell);
  return (date.date ? date.date->text() : "-") + "|" + std::string(date.doubt);
}

TEST(CodedDate, CoarseDatesAreNotTakenForDays) {
  EXPECT_EQ(read("2022-09-14"), "2022-09-14|");
  EXPECT_EQ(read(" 2022-09-14 00:00:00 "), "2022-09-14|");
  EXPECT_EQ(read("2022-01-01 00:00:00"), "2022|first_of_january");
  EXPECT_EQ(read("2022-05-01"), "2022-05|first_of_month");
  EXPECT_EQ(read(""), "-|missing");
  for (const char* cell : {"NaT", "2022", "2022-05", "2022-13-01", "2022-02-30", "14.9.2022",
                           "2022-09-14x", "2022-09-144"})
    EXPECT_EQ(read(cell), "-|malformed") << cell;
}

bool swapped(std::string_view start, std::string_view end) {
  return swapped_days(*PartialDate::parse(start), *PartialDate::parse(end));
}

TEST(CodedDate, SwappedDaysAreSeen) {
  EXPECT_TRUE(swapped("2015-09-04", "2015-10-04"));  // 9 and 10 April
  EXPECT_TRUE(swapped("2015-10-07", "2015-07-10"));  // one of the two
  EXPECT_TRUE(swapped("2015-04-09", "2015-09-04"));
  EXPECT_FALSE(swapped("2015-09-04", "2015-09-06"));  // as short as it stands
  EXPECT_FALSE(swapped("2015-09-14", "2015-11-17"));  // no such months
  EXPECT_FALSE(swapped("2015-02-03", "2015-09-20"));
  EXPECT_FALSE(swapped("2015-09", "2015-10-04"));
  EXPECT_FALSE(swapped("2015-05-05", "2015-09-09"));
}

}  // namespace
}  // namespace comity::intake
