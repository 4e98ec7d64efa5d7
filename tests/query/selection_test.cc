// Which versions a selection means, and that choosing them needs no memory.

#include "query/selection.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/query/sample_record.h"

namespace comity::query {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> select(const Snapshot& snapshot, const Selection& selection,
                                std::uint64_t size) {
  std::vector<std::string> found;
  const auto done =
      for_each(snapshot, selection, size, [&](const Version& version) -> Result<void> {
        found.push_back(fmt::format("{}/{}", version.place.entry, version.place.ordinal));
        return {};
      });
  EXPECT_TRUE(done.has_value()) << (done ? "" : done.error().sentence());
  return found;
}

TEST(Selection, IsInTheOrderOfTheLogAndAsOfASize) {
  samples::SampleRecord sample;
  const auto first = sample.file({samples::note(1), samples::note(2)});
  const auto second =
      sample.file({samples::note(1, "", "2026-02-02T00:00:00.000Z"), samples::note(3)});
  sample.follow();
  const auto snapshot = sample.snapshot();
  const Selection shown{.kind = "objects",
                        .party = samples::party(samples::SampleRecord::kParty),
                        .source = {},
                        .country = {},
                        .from = {},
                        .to = {}};
  Selection all = shown;
  all.all_versions = true;
  const auto at = [](std::uint64_t entry, int ordinal) {
    return fmt::format("{}/{}", entry, ordinal);
  };
  const auto size = snapshot.stamp().size;
  EXPECT_THAT(select(snapshot, shown, size),
              ElementsAre(at(first, 1), at(second, 0), at(second, 1)));
  EXPECT_THAT(select(snapshot, shown, second), ElementsAre(at(first, 0), at(first, 1)));
  EXPECT_THAT(select(snapshot, shown, first), IsEmpty());
  EXPECT_EQ(select(snapshot, all, size).size(), 4U);
  for (const auto& kind : selection_kinds()) {
    Selection other = shown;
    other.kind = kind;
    EXPECT_EQ(select(snapshot, other, size).empty(), kind != "objects" && kind != "all") << kind;
  }
}

TEST(Selection, AnErrorOfTheVisitorEndsIt) {
  samples::SampleRecord sample;
  sample.file({samples::note(1), samples::note(2)});
  sample.follow();
  const auto snapshot = sample.snapshot();
  int visited = 0;
  const auto done = for_each(snapshot, {}, snapshot.stamp().size, [&](const Version&) {
    ++visited;
    return Result<void>(refuse("enough-seen", "It is enough."));
  });
  EXPECT_EQ(done.error().code(), "enough-seen");
  EXPECT_EQ(visited, 1);
}

TEST(Selection, DifferentOnesHaveDifferentTexts) {
  Selection one;
  one.party = "a\n1 b";
  Selection other;
  other.party = "a";
  other.source = "b";
  Selection dated;
  dated.from = 1;
  Selection until;
  until.to = 1;
  EXPECT_NE(canonical(one), canonical(other));
  EXPECT_NE(canonical(dated), canonical(until));
  EXPECT_EQ(canonical({}), canonical(Selection{}));
}

}  // namespace
}  // namespace comity::query
