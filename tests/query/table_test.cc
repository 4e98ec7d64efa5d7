#include "query/table.h"

#include <map>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "query/decimals.h"
#include "query/earliest.h"
#include "query/tally.h"

namespace comity::query {
namespace {

/// A table as it is written down: for each row its incident and its values.
struct Written {
  std::size_t incidents = 1;
  std::vector<std::pair<std::uint32_t, std::vector<std::string>>> rows;

  [[nodiscard]] Table table() const {
    std::vector<std::uint32_t> incident_of;
    std::vector<std::string> texts;
    std::vector<Column::Cell> cells;
    for (std::uint32_t row = 0; row < rows.size(); ++row) {
      incident_of.push_back(rows[row].first);
      for (std::uint32_t i = 0; i < rows[row].second.size(); ++i) {
        const auto found = std::ranges::find(texts, rows[row].second[i]);
        const auto code = static_cast<Column::Code>(found - texts.begin());
        if (found == texts.end()) texts.push_back(rows[row].second[i]);
        cells.push_back({.row = row, .ordinal = i, .code = code});
      }
    }
    std::ranges::reverse(cells);  // they may come in any order
    Table made(incidents, incident_of);
    made.put("a", Column(rows.size(), std::move(texts), std::move(cells)));
    return made;
  }
};

Written draw_table() {
  Written written;
  written.incidents = *rc::gen::inRange<std::size_t>(1, 6);
  const auto rows = *rc::gen::inRange(0, 12);
  for (int i = 0; i < rows; ++i) {
    const auto incident =
        *rc::gen::inRange<std::uint32_t>(0, static_cast<std::uint32_t>(written.incidents));
    written.rows.emplace_back(incident,
                              *rc::gen::container<std::vector<std::string>>(
                                  rc::gen::element<std::string>("x", "y", "z", "Unknown", "")));
  }
  return written;
}

bool is_x_or_y(std::string_view text) { return text == "x" || text == "y"; }

Tally<1> ranked(const std::map<std::string, std::uint64_t>& counts) {
  Tally<1> tally;
  for (const auto& [text, count] : counts) tally.push_back({.texts = {text}, .count = count});
  sort(tally);
  return tally;
}

RC_GTEST_PROP(Table, CountsAsOneWhoCountsByHand, ()) {
  const Written written = draw_table();
  const Table table = written.table();
  std::map<std::string, std::set<std::uint32_t>> by_value;
  std::map<std::string, std::uint64_t> times;
  std::set<std::uint32_t> with;
  std::map<std::array<std::string, 2>, std::set<std::uint32_t>> combined;
  for (const auto& [incident, values] : written.rows) {
    for (const auto& value : values) {
      if (!is_x_or_y(value)) continue;
      by_value[value].insert(incident);
      ++times[value];
      with.insert(incident);
    }
  }
  std::map<std::string, std::uint64_t> incidents;
  for (const auto& [value, found] : by_value) incidents[value] = found.size();
  for (const auto& [a, of_a] : by_value)
    for (const auto& [b, of_b] : by_value)
      for (const auto incident : of_a)
        if (of_b.contains(incident)) combined[{a, b}].insert(incident);
  RC_ASSERT(incidents_by(table, "a", is_x_or_y) == ranked(incidents));
  RC_ASSERT(occurrences_of(table, "a", is_x_or_y) == ranked(times));
  RC_ASSERT(table.incidents_where("a", is_x_or_y).count() == with.size());
  const auto combinations = incidents_by_combination({table, "a"}, {table, "a"}, is_x_or_y);
  RC_ASSERT(combinations.size() == combined.size());
  for (const auto& it : combinations) RC_ASSERT(it.count == combined.at(it.texts).size());
}

TEST(Table, PairsOfOneRowOnceForEachIncident) {
  Table table(2, {0, 0, 0, 1});
  table.put("a", Column(4, {"s", "t"}, {{0, 0, 0}, {1, 0, 0}, {2, 0, 1}, {3, 0, 0}}));
  table.put("b", Column(4, {"u"}, {{0, 0, 0}, {1, 0, 0}, {3, 0, 0}}));
  const Tally<2> expected{{.texts = {"s", "u"}, .count = 2}, {.texts = {"t", ""}, .count = 1}};
  EXPECT_EQ(incidents_by_pair(table, "a", "b"), expected);
}

TEST(Table, AColumnThatIsNotThereHasNoValues) {
  const Table table = Written{.incidents = 2, .rows = {{0, {"x"}}}}.table();
  EXPECT_EQ(table.where("b", is("x")).count(), 0);
  EXPECT_TRUE(incidents_by(table, "b", is("x")).empty());
}

TEST(Earliest, OfSeveralDatesInACellAndSeveralRows) {
  const Table table = Written{.incidents = 3,
                              .rows = {{0, {"2022-08-26 00:00:00"}},
                                       {0, {"NaT", "2022-08-25; 2021-01-01"}},
                                       {1, {"2022; NaT", "2022-13-01"}}}}
                          .table();
  const Days days = earliest(table, "a");
  EXPECT_EQ(days, (Days{18628, std::nullopt, std::nullopt}));
  EXPECT_EQ(days_between({0, 5, std::nullopt}, {18628, std::nullopt, 3}),
            std::vector<std::int64_t>{18628});
  EXPECT_EQ(earlier({3, std::nullopt, std::nullopt}, {1, 2, std::nullopt}),
            (Days{1, 2, std::nullopt}));
}

TEST(Decimals, ExactAndOnlyWhatIsANumber) {
  const Table table =
      Written{.incidents = 1,
              .rows = {{0, {"1.0", "2", "-0.25", "", "1e3", "5.", ".5", "123456", "1.00001"}}}}
          .table();
  const Decimals decimals(table.column("a"));
  EXPECT_EQ(decimals.count(), 4);  // "5." too
  EXPECT_EQ(decimals.sum(), (measure::Rational{31, 4}));
  EXPECT_EQ(decimals.mean(), (measure::Rational{31, 16}));
  EXPECT_EQ(decimals.median(), (measure::Rational{3, 2}));
  EXPECT_EQ(decimals.count_from(2), 2);
}

}  // namespace
}  // namespace comity::query
