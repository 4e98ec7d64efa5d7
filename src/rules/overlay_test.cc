#include "rules/overlay.h"

#include "tests/rules/random_changes.h"

namespace comity::rules {
namespace {

RC_GTEST_PROP(OverlayProperty, AnswersAsIfAllHadBeenApplied, ()) {
  // Over a base, in two overlays on one another, the upper one folded into the lower half way.
  MemoryState base;
  MemoryState whole;
  const auto put_base = random_changes(3);
  base.apply(put_base, 3);
  whole.apply(put_base, 3);
  Overlay lower(base);
  Overlay upper(static_cast<const State&>(lower));
  for (std::uint64_t size = 4; size < 12; ++size) {
    const auto changes = random_changes(size);
    whole.apply(changes, size);
    upper.put(changes, size);
    if (size % 3 == 0) lower.put(upper.take(), size);
    expect_same(upper, whole);
  }
  lower.put(upper.take(), 11);
  expect_same(lower, whole);
  base.apply(lower.take(), 11);
  RC_ASSERT(base.all() == whole.all());
  expect_same(lower, whole);  // as new
}

TEST(Overlay, TakesEachKeyOnce) {
  MemoryState base;
  Overlay overlay(base);
  Changes changes;
  changes.parties.push_back({.id = "identity--a", .country = {}, .controller = {}});
  overlay.put(changes, 1);
  changes.parties[0].suspended = true;
  overlay.put(changes, 2);
  const Changes taken = overlay.take();
  ASSERT_EQ(taken.parties.size(), 1U);
  EXPECT_TRUE(taken.parties[0].suspended);
}

}  // namespace
}  // namespace comity::rules
