#include "tests/crash/memory_files.h"

#include <cerrno>
#include <set>

namespace comity::crash {
namespace {

constexpr std::uint64_t kSeeds = 400;

std::string text(const Files& files, std::string_view path) {
  const auto bytes = files.read(path, 1 << 20).value();
  return bytes ? std::string(as_text(*bytes)) : "(missing)";
}

/// All that a file may hold after a power cut.
std::set<std::string> fates(const MemoryFiles& files, std::string_view path) {
  std::set<std::string> seen;
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed)
    seen.insert(text(*files.after_power_cut(seed), path));
  return seen;
}

using Set = std::set<std::string>;

TEST(MemoryFiles, WhatWasSyncedStays) {
  MemoryFiles files;
  ASSERT_TRUE(files.write("a", as_bytes("kept")).has_value());
  ASSERT_TRUE(files.write("gone", as_bytes("x")).has_value());
  ASSERT_TRUE(files.remove("gone").has_value());
  ASSERT_TRUE(files.sync().has_value());
  EXPECT_EQ(fates(files, "a"), Set{"kept"});
  EXPECT_EQ(fates(files, "gone"), Set{"(missing)"});
}

TEST(MemoryFiles, WhatWasNotSyncedIsThereGoneOrTorn) {
  MemoryFiles files;
  ASSERT_TRUE(files.append("a", 0, as_bytes("old")).has_value());
  ASSERT_TRUE(files.sync().has_value());
  ASSERT_TRUE(files.append("a", 3, as_bytes("new")).has_value());
  EXPECT_EQ(text(files, "a"), "oldnew");
  const std::string hole("old\0\0\0", 6);
  EXPECT_EQ(fates(files, "a"), (Set{"old", "oldn", "oldne", "oldnew", hole}));

  ASSERT_TRUE(files.write("b", as_bytes("b")).has_value());
  const std::string zero("\0", 1);
  EXPECT_EQ(fates(files, "b"), (Set{"(missing)", "", "b", zero}));
}

TEST(MemoryFiles, SectorsAreLostOneByOne) {
  MemoryFiles files;
  ASSERT_TRUE(files.write("a", as_bytes(std::string(2048, 'o'))).has_value());
  ASSERT_TRUE(files.sync().has_value());
  ASSERT_TRUE(files.overwrite("a", 500, as_bytes(std::string(600, 'n'))).has_value());
  const auto seen = fates(files, "a");
  const auto expected = [](std::size_t from, std::size_t to) {
    std::string bytes(2048, 'o');
    return bytes.replace(from, to - from, to - from, 'n');
  };
  EXPECT_TRUE(seen.contains(expected(500, 512)));
  EXPECT_TRUE(seen.contains(expected(512, 1024)));
  EXPECT_TRUE(seen.contains(expected(1024, 1100)));
  EXPECT_TRUE(seen.contains(expected(500, 1100)));
  EXPECT_TRUE(seen.contains(expected(0, 0)));
}

TEST(MemoryFiles, AnUnsyncedRemovalMayComeBack) {
  MemoryFiles files;
  ASSERT_TRUE(files.write("a", as_bytes("a")).has_value());
  ASSERT_TRUE(files.sync().has_value());
  ASSERT_TRUE(files.remove("a").has_value());
  EXPECT_EQ(fates(files, "a"), (Set{"(missing)", "a"}));
}

TEST(MemoryFiles, ReplaceIsWholeAndDurableAndSyncsNothingElse) {
  MemoryFiles files;
  ASSERT_TRUE(files.replace("checkpoint", as_bytes("old")).has_value());
  ASSERT_TRUE(files.write("tile", as_bytes("t")).has_value());
  ASSERT_TRUE(files.replace("checkpoint", as_bytes("new")).has_value());
  EXPECT_EQ(fates(files, "checkpoint"), Set{"new"});
  EXPECT_TRUE(fates(files, "tile").contains("(missing)"));

  files.fail_at({.call = files.calls(), .kind = Failure::Kind::kPowerCut});
  EXPECT_FALSE(files.replace("checkpoint", as_bytes("newer")).has_value());
  EXPECT_EQ(fates(files, "checkpoint"), (Set{"new", "newer"}));
}

TEST(MemoryFiles, FailsAtTheScriptedCall) {
  MemoryFiles files;
  files.fail_at({.call = 1, .kind = Failure::Kind::kNothingDone, .error_number = ENOSPC});
  EXPECT_TRUE(files.append("a", 0, as_bytes("first")).has_value());
  const auto failed = files.append("a", 5, as_bytes("second"));
  ASSERT_NE(failed.error().fault(), nullptr);
  EXPECT_EQ(failed.error().fault()->error_number, ENOSPC);
  EXPECT_EQ(text(files, "a"), "first");

  files.fail_at({.call = 2, .kind = Failure::Kind::kHalfDone, .error_number = ENOSPC});
  EXPECT_FALSE(files.append("a", 5, as_bytes("second")).has_value());
  EXPECT_EQ(text(files, "a"), "firstsec");
  EXPECT_TRUE(files.append("a", 5, as_bytes("!")).has_value());
  EXPECT_EQ(text(files, "a"), "first!");
  EXPECT_EQ(files.calls(), 4U);
}

TEST(MemoryFiles, AFailedSyncStaysFailed) {
  MemoryFiles files;
  ASSERT_TRUE(files.write("a", as_bytes("a")).has_value());
  files.fail_at({.call = 1, .kind = Failure::Kind::kNothingDone});
  EXPECT_FALSE(files.sync().has_value());
  EXPECT_FALSE(files.sync().has_value());
  EXPECT_TRUE(fates(files, "a").contains("(missing)"));
}

TEST(MemoryFiles, NothingWorksWithoutPower) {
  MemoryFiles files;
  ASSERT_TRUE(files.write("a", as_bytes("a")).has_value());
  files.fail_at({.call = 1, .kind = Failure::Kind::kPowerCut});
  EXPECT_FALSE(files.sync().has_value());
  EXPECT_FALSE(files.has_power());
  EXPECT_FALSE(files.write("b", {}).has_value());
  EXPECT_FALSE(files.read("a", 9).has_value());
  EXPECT_FALSE(files.list("").has_value());
  EXPECT_TRUE(fates(files, "a").contains("(missing)"));
  EXPECT_TRUE(fates(files, "a").contains("a"));
}

TEST(MemoryFiles, ASeedIsADisk) {
  MemoryFiles files;
  for (int i = 0; i < 20; ++i)
    ASSERT_TRUE(files.write(std::to_string(i), as_bytes("content")).has_value());
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const auto once = files.after_power_cut(seed);
    const auto again = files.after_power_cut(seed);
    const std::vector<std::string> names = once->list("").value();
    ASSERT_EQ(names, again->list("").value());
    for (const std::string& name : names) EXPECT_EQ(text(*once, name), text(*again, name));
  }
}

TEST(MemoryFiles, ACopyStandsElsewhere) {
  MemoryFiles files;
  ASSERT_TRUE(files.write("a", as_bytes("a")).has_value());
  const auto lock = files.lock("lock");
  const auto copy = files.copied_to("elsewhere");
  EXPECT_EQ(text(*copy, "a"), "a");
  EXPECT_NE(copy->place().value(), files.place().value());
  EXPECT_TRUE(copy->lock("lock").has_value());
  EXPECT_EQ(files.after_power_cut(1)->place().value(), files.place().value());
}

}  // namespace
}  // namespace comity::crash
