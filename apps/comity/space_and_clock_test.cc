#include "space_and_clock.h"

#include <gtest/gtest.h>

namespace comity::cli {
namespace {

constexpr std::uint64_t kMebibyte = std::uint64_t{1} << 20;

/// "RESULT: TODO" of the one thing that was looked at.
std::string verdict(const Diagnosis& diagnosis) {
  EXPECT_EQ(diagnosis.checks().size(), 1U);
  const Json& check = diagnosis.checks().at(0);
  return check["result"].get<std::string>() + ": " + check["todo"].get<std::string>();
}

std::string space(std::uint64_t free) {
  Diagnosis diagnosis;
  look_at_space(free, diagnosis);
  return verdict(diagnosis);
}

/// With the log's time at 1,000,000,000.
std::string clock(std::int64_t now_micros) {
  Diagnosis diagnosis;
  look_at_clock(UnixSeconds{1'000'000'000}, UnixMicros{now_micros}, diagnosis);
  return verdict(diagnosis);
}

TEST(Space, AProblemLongBeforeTheLastFilingIsRefused) {
  EXPECT_EQ(space(1024 * kMebibyte), "ok: ");
  EXPECT_EQ(space(1024 * kMebibyte - 1), "problem: Make room: below 64 MiB no filing is taken.");
  EXPECT_EQ(space(64 * kMebibyte), "problem: Make room: below 64 MiB no filing is taken.");
  const char* full = "problem: Make room: until 64 MiB are free no filing is taken.";
  EXPECT_EQ(space(64 * kMebibyte - 1), full);
  EXPECT_EQ(space(0), full);
}

TEST(Clock, AProblemWhereItIsBehindTheLogByMoreThanACorrection) {
  EXPECT_EQ(clock(1'000'000'000'000'000), "ok: ");
  EXPECT_EQ(clock(999'999'995'000'000), "ok: ");
  const char* behind = "problem: Set the clock (NTP); the log's time stands still until then.";
  EXPECT_EQ(clock(999'999'994'999'999), behind);
  EXPECT_EQ(clock(0), behind);
  EXPECT_EQ(clock(2'000'000'000'000'000), "ok: ");
}

TEST(SpaceAndClock, WhatCanNotBeFoundOutIsAProblem) {
  Diagnosis diagnosis;
  look_at_space(fail("No answer", 5), diagnosis);
  look_at_clock(refuse("log-damaged", "No tick."), UnixMicros{0}, diagnosis);
  for (const Json& check : diagnosis.checks()) EXPECT_EQ(check["result"], "problem");
  EXPECT_EQ(diagnosis.checks().at(1)["detail"], "No tick. (log-damaged)");
}

}  // namespace
}  // namespace comity::cli
