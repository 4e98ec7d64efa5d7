// Prints every result of src/measure on made-up facts, for same_trends.sh to compare between
// compilers. What is random comes from a generator of its own; a double is printed to the digits
// that a reader is shown.
#include <cstdint>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "measure/change_points.h"
#include "measure/fixed_log2.h"
#include "measure/interval_counts.h"
#include "measure/reporting_delay.h"
#include "measure/scores.h"
#include "measure/slope.h"
#include "measure/sophistication.h"

#include "tests/measure/draws.h"

namespace comity::measure {
namespace {

using samples::Draws;

DateInterval draw_date(Draws& draws) {
  // Three times as many from 2012 on.
  const int year =
      static_cast<int>(draws.below(4) == 0 ? 2000 + draws.below(12) : 2012 + draws.below(12));
  const unsigned month = 1 + draws.below(12);
  const unsigned day = 1 + draws.below(28);
  switch (draws.below(4)) {
    case 0:
      return DateInterval::of_year(year).value();
    case 1:
      return DateInterval::of_month(year, month).value();
    default:
      return DateInterval::of_day(year, month, day).value();
  }
}

std::string text(const Rational& value) {
  return fmt::format("{}/{}", value.numerator, value.denominator);
}

template <class Period>
void print_volume(const Volume<Period>& volume) {
  fmt::print("facts {} possible {} {}\n", volume.facts, to_text(*volume.first_possible),
             to_text(*volume.last_possible));
  std::int32_t period = number(volume.first);
  for (const PeriodVolume& row : volume.periods)
    fmt::print("{} {} {} {}\n", to_text(Period{period++}), row.placed, row.possible, row.spread);
}

void print_trend(const Series& series) {
  const auto test = mann_kendall(series);
  fmt::print("S {} 18Var {} direction {} p {:.3g}\n", test.s, test.variance18,
             static_cast<int>(direction(test)), two_sided_p(test));
  if (const auto slope = theil_sen(series)) {
    fmt::print("slope {}", text(slope->median));
    if (slope->interval)
      fmt::print(" in {} {}", text(slope->interval->low), text(slope->interval->high));
    fmt::print("\n");
  }
  const auto found = change_points(series);
  fmt::print("dispersion {}\n", found.dispersion);
  for (const Segment& segment : found.segments)
    fmt::print("segment {} {} {}\n", segment.begin, segment.end, segment.total);
}

void print_delays(Draws& draws) {
  std::vector<Disclosure> events;
  for (int i = 0; i < 500; ++i) events.push_back({draw_date(draws), draw_date(draws)});
  const Month as_of = DateInterval::of_month(2023, 12).value().first_month();
  for (const std::uint32_t percent : {10U, 50U, 90U, 100U}) {
    const auto delay = reporting_delay(events, {.as_of = as_of, .percent = percent}).value();
    fmt::print("delay {} {} {} {} {} {} grey from {}\n", percent, delay.least, delay.most,
               delay.settled, delay.too_recent, delay.negative, to_text(grey_from(delay, as_of)));
  }
}

Known draw_known(Draws& draws, std::uint32_t bound) {
  const std::uint32_t low = draws.below(bound);
  if (draws.below(2) == 0) return Known::at_least(low);
  return {.low = low, .high = draws.below(bound)};
}

void print_sophistication(Draws& draws) {
  for (int i = 0; i < 100; ++i) {
    SophisticationFacts facts;
    facts.techniques = draw_known(draws, 8);
    facts.zero_days = draw_known(draws, 4);
    facts.supply_chain = draw_known(draws, 2);
    facts.countries = draw_known(draws, 20);
    const auto entered = draw_date(draws);
    const auto discovered = draw_date(draws);
    if (i % 2 == 0)
      facts.dwell_days = dwell_days(entered, discovered);
    else
      facts.dwell_days =
          dwell_days(entered, {.discovered = discovered, .disclosed = draw_date(draws)});
    const auto found = sophistication(facts);
    fmt::print("sophistication {} {} {}\n", found.total.low, found.total.high, found.certain);
  }
}

void print_scores(Draws& draws) {
  for (std::uint32_t size = 1; size <= 50; ++size) {
    std::vector<std::int64_t> scores;
    for (std::uint32_t i = 0; i < size; ++i) scores.push_back(draws.below(100'000));
    const auto found = score_summary(scores, 10'000).value();
    fmt::print("scores {} {} {} {} {}\n", found.scored, text(found.lower_quartile),
               text(found.median), text(found.upper_quartile), text(found.mean));
  }
}

void print_all() {
  Draws draws(2017);
  std::vector<DateInterval> facts;
  for (int i = 0; i < 3000; ++i) facts.push_back(draw_date(draws));
  const auto months = monthly_volume(facts);
  const auto years = yearly_volume(facts);
  print_volume(months);
  print_volume(years);
  print_trend(spread_series(months.periods).value());
  print_trend(placed_series(months.periods).value());
  print_trend(spread_series(years.periods).value());
  for (std::uint64_t value = 1; value < (std::uint64_t{1} << 62); value = value * 3 + 1)
    fmt::print("log2 {} {}\n", value, fixed_log2(value));
  print_delays(draws);
  print_sophistication(draws);
  print_scores(draws);
}

}  // namespace
}  // namespace comity::measure

int main() { comity::measure::print_all(); }
