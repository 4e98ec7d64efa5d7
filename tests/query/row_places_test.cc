#include "query/row_places.h"

#include <map>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace comity::query {
namespace {

RC_GTEST_PROP(RowPlaces, FindsWhatStandsThereInWhateverOrderItIsAsked, ()) {
  RowPlaces places;
  std::map<std::pair<std::int64_t, std::int64_t>, std::uint32_t> rows;
  std::int64_t version = 0;
  std::uint32_t row = 0;
  const auto versions = *rc::gen::inRange(0, 40);
  for (int i = 0; i < versions; ++i) {
    version += *rc::gen::inRange(1, 4);
    const auto lines = *rc::gen::inRange<std::uint32_t>(0, 4);
    const auto first = *rc::gen::inRange<std::uint32_t>(0, 2);
    places.add(version, lines, first);
    for (std::uint32_t line = 0; line < lines; ++line) rows[{version, line + first}] = row++;
  }
  RC_ASSERT(places.size() == rows.size());
  RowPlaces::Finder finder(places);
  for (int i = 0; i < 100; ++i) {
    const std::int64_t asked = *rc::gen::inRange<std::int64_t>(-1, version + 3);
    const std::int64_t line = *rc::gen::inRange<std::int64_t>(-1, 6);
    const auto found = rows.find({asked, line});
    RC_ASSERT(finder.row(asked, line) ==
              (found == rows.end() ? std::optional<std::uint32_t>{} : found->second));
  }
  for (const auto& [place, expected] : rows)
    RC_ASSERT(finder.row(place.first, place.second) == expected);
}

}  // namespace
}  // namespace comity::query
