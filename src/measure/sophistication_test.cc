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

TEST(DwellDays, ADisclosureIsTheLatestDiscovery) {
  const auto entered = samples::month(2020, 3);
  const auto disclosed = samples::day(2020, 12, 13);
  EXPECT_EQ(dwell_days(entered, Discovery{}), Known{});
  EXPECT_EQ(dwell_days(entered, {.discovered = std::nullopt, .disclosed = disclosed}),
            (Known{.low = 0, .high = 287}));
  EXPECT_EQ(dwell_days(entered, {.discovered = samples::year(2020), .disclosed = disclosed}),
            (Known{.low = 0, .high = 287}));
  EXPECT_EQ(dwell_days(entered, {.discovered = samples::month(2020, 12), .disclosed = disclosed}),
            (Known{.low = 245, .high = 287}));
  EXPECT_EQ(dwell_days(entered, {.discovered = samples::month(2020, 6), .disclosed = disclosed}),
            dwell_days(entered, samples::month(2020, 6)));
}

TEST(DwellDays, DatesThatContradictOneAnotherAreUnknown) {
  const auto entered = samples::month(2020, 3);
  EXPECT_EQ(dwell_days(entered, {.discovered = std::nullopt, .disclosed = samples::year(2019)}),
            Known{});
  EXPECT_EQ(dwell_days(entered, {.discovered = samples::month(2020, 6),
                                 .disclosed = samples::day(2020, 5, 31)}),
            Known{});
}

std::optional<DateInterval> maybe_date() {
  if (*rc::gen::arbitrary<bool>()) return std::nullopt;
  return *samples::any_date();
}

/// Against every day of discovery that the dates allow.
RC_GTEST_PROP(DwellDaysProperty, IsWhatTheDaysAllow, ()) {
  const auto entered = *samples::any_date();
  const Discovery discovery{.discovered = maybe_date(), .disclosed = maybe_date()};
  const auto known = dwell_days(entered, discovery);
  if (!discovery.discovered && !discovery.disclosed) {
    RC_ASSERT(known == Known{});
    return;
  }
  constexpr std::int32_t kLong = 10'000;
  std::optional<std::int32_t> least;
  std::optional<std::int32_t> most;
  const std::int32_t begin = number(entered.first());
  for (std::int32_t day = begin - kLong; day < begin + kLong; ++day) {
    const auto& [discovered, disclosed] = discovery;
    if (day < begin || (disclosed && day > number(disclosed->last()))) continue;
    if (discovered && (day < number(discovered->first()) || day > number(discovered->last())))
      continue;
    const std::int32_t shortest = day - std::min(day, number(entered.last()));
    least = std::min(least.value_or(shortest), shortest);
    most = std::max(most.value_or(0), day - begin);
  }
  if (!least) {
    RC_ASSERT(known == Known{});
  } else {
    RC_ASSERT(known == (Known{.low = static_cast<std::uint32_t>(*least),
                              .high = static_cast<std::uint32_t>(*most)}));
  }
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
