#include "base/partial_date.h"

namespace comity {
namespace {

struct Example {
  const char* text;
  const char* precision;
  const char* first;
  const char* last;
};

TEST(PartialDate, StandsForItsWholeInterval) {
  for (const Example& example : {
           Example{"2017", "year", "2017-01-01T00:00:00.000Z", "2017-12-31T23:59:59.999Z"},
           Example{"2017-06", "month", "2017-06-01T00:00:00.000Z", "2017-06-30T23:59:59.999Z"},
           Example{"2016-02", "month", "2016-02-01T00:00:00.000Z", "2016-02-29T23:59:59.999Z"},
           Example{"2017-12", "month", "2017-12-01T00:00:00.000Z", "2017-12-31T23:59:59.999Z"},
           Example{"2017-12-31", "day", "2017-12-31T00:00:00.000Z", "2017-12-31T23:59:59.999Z"},
           Example{"9998", "year", "9998-01-01T00:00:00.000Z", "9998-12-31T23:59:59.999Z"},
       }) {
    const auto date = PartialDate::parse(example.text);
    ASSERT_TRUE(date) << example.text;
    EXPECT_EQ(date->precision_name(), example.precision);
    EXPECT_EQ(to_rfc3339(date->first()), example.first);
    EXPECT_EQ(to_rfc3339(date->last()), example.last);
    EXPECT_EQ(date->text(), example.text);
  }
}

TEST(PartialDate, RefusesWhatIsNoDate) {
  for (const char* text :
       {"", "17", "2017-6", "2017-13", "2017-00", "2017-02-29", "2017-06-31", "2017/06",
        "2017-06/27", "1969", "9999", "2017-06-27T", "x017", "2017-"}) {
    const auto refused = PartialDate::parse(text);
    ASSERT_FALSE(refused) << text;
    EXPECT_EQ(refused.error().code(), "date-malformed");
  }
}

TEST(PartialDate, IsNoMoreExactThanAPrecisionStatedApart) {
  const auto at_most = [](const char* text, const char* precision) {
    return PartialDate::parse(text)->at_most(precision).text();
  };
  EXPECT_EQ(at_most("2017-06-27", "year"), "2017");
  EXPECT_EQ(at_most("2017-06-27", "month"), "2017-06");
  EXPECT_EQ(at_most("2017-06-27", "day"), "2017-06-27");
  EXPECT_EQ(at_most("2017-06", "year"), "2017");
  EXPECT_EQ(at_most("2017-06", "day"), "2017-06");
  EXPECT_EQ(at_most("2017", "month"), "2017");
  EXPECT_EQ(at_most("2017-06-27", "decade"), "2017-06-27");
  EXPECT_EQ(PartialDate::parse("2017-06-27")->at_most("year").last_day(),
            PartialDate::parse("2017-12-31")->last_day());
}

TEST(PartialDate, FirstAndLastDay) {
  EXPECT_EQ(PartialDate::parse("1970-01-02")->first_day(), 1);
  EXPECT_EQ(PartialDate::parse("1970-01-02")->last_day(), 1);
  EXPECT_EQ(PartialDate::parse("1971")->first_day(), 365);
  EXPECT_EQ(PartialDate::parse("1971")->last_day(), 729);
  EXPECT_EQ(PartialDate::parse("1972-02")->last_day(), 730 + 31 + 28);
}

}  // namespace
}  // namespace comity
