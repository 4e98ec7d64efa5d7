#include "measure/sophistication.h"

#include "tests/measure/dates.h"

namespace comity::measure {
namespace {

constexpr std::array kFields{&SophisticationFacts::techniques, &SophisticationFacts::zero_days,
                             &SophisticationFacts::supply_chain, &SophisticationFacts::countries,
                             &SophisticationFacts::dwell_days};

TEST(Sophistication, UnknownIsNotZero) {
  const auto nothing = sophistication({});
  EXPECT_EQ(nothing.total, (Points{.low = 0, .high = 10}));
  EXPECT_EQ(nothing.certain, 0U);
  EXPECT_EQ(nothing.dimensions[0], (Points{.low = 0, .high = 2}));
}

TEST(Sophistication, ZeroIsKnown) {
  SophisticationFacts facts;
  for (const auto field : kFields) facts.*field = Known::exactly(0);
  EXPECT_EQ(sophistication(facts).total, Points{});
  EXPECT_EQ(sophistication(facts).certain, 5U);
}

/// The table of docs/method/trends.md, both sides of each threshold.
TEST(Sophistication, HasTheDocumentedThresholds) {
  constexpr std::array<Threshold, kDimensions> kDocumented{{
      {.one = 2, .two = 5},
      {.one = 1, .two = 2},
      {.one = 1, .two = 1},
      {.one = 2, .two = 10},
      {.one = 30, .two = 180},
  }};
  for (std::size_t i = 0; i < kDimensions; ++i) {
    const auto points = [&](std::uint32_t count) {
      SophisticationFacts facts;
      facts.*kFields[i] = Known::exactly(count);
      return sophistication(facts).dimensions[i].low;
    };
    const auto& [one, two] = kDocumented[i];
    EXPECT_EQ(points(one - 1), 0U) << i;
    EXPECT_EQ(points(one), one == two ? 2U : 1U) << i;
    EXPECT_EQ(points(two - 1), one == two ? 0U : 1U) << i;
    EXPECT_EQ(points(two), 2U) << i;
  }
}

TEST(Sophistication, AListIsOnlyALeastNumber) {
  SophisticationFacts facts;
  facts.countries = Known::at_least(3);
  facts.zero_days = Known::at_least(2);
  const auto found = sophistication(facts);
  EXPECT_EQ(found.dimensions[3], (Points{.low = 1, .high = 2}));
  EXPECT_EQ(found.dimensions[1], (Points{.low = 2, .high = 2}));
  EXPECT_EQ(found.total, (Points{.low = 3, .high = 10}));
  EXPECT_EQ(found.certain, 1U);
}

TEST(Sophistication, AContradictionIsUnknown) {
  SophisticationFacts facts;
  facts.techniques = {.low = 5, .high = 1};
  EXPECT_EQ(sophistication(facts), sophistication({}));
}

TEST(DwellDays, RespectPrecision) {
  const auto entered = samples::month(2020, 3);
  EXPECT_EQ(dwell_days(entered, samples::day(2020, 12, 13)), (Known{.low = 257, .high = 287}));
  EXPECT_EQ(dwell_days(entered, entered), (Known{.low = 0, .high = 30}));
  EXPECT_EQ(dwell_days(entered, samples::day(2020, 3, 1)), (Known{.low = 0, .high = 0}));
  EXPECT_EQ(dwell_days(entered, samples::day(2020, 2, 29)), Known{});
}

RC_GTEST_PROP(SophisticationProperty, KnowingMoreOnlyNarrows, ()) {
  const auto any_known = rc::gen::apply(
      [](std::uint32_t low, std::uint32_t width, bool open) {
        return open ? Known::at_least(low) : Known{.low = low, .high = low + width};
      },
      rc::gen::inRange(0U, 250U), rc::gen::inRange(0U, 250U), rc::gen::arbitrary<bool>());
  SophisticationFacts facts;
  for (const auto field : kFields) facts.*field = *any_known;
  SophisticationFacts more = facts;
  Known& narrowed = more.*kFields[*rc::gen::inRange<std::size_t>(0, kDimensions)];
  const std::uint32_t top = narrowed.high.value_or(narrowed.low + 400);
  narrowed.low = *rc::gen::inRange(narrowed.low, top + 1);
  narrowed.high = *rc::gen::inRange(narrowed.low, top + 1);
  const auto wide = sophistication(facts);
  const auto narrow = sophistication(more);
  RC_ASSERT(wide.total.low <= narrow.total.low && narrow.total.high <= wide.total.high);
  RC_ASSERT(narrow.total.low <= narrow.total.high);
  RC_ASSERT(narrow.certain >= wide.certain);
}

}  // namespace
}  // namespace comity::measure
