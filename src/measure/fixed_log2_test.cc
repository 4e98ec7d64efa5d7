#include "measure/fixed_log2.h"

#include <cmath>

namespace comity::measure {
namespace {

constexpr std::int64_t kOne = std::int64_t{1} << kLogDigits;

TEST(FixedLog2, IsExactForPowersOfTwo) {
  for (int power = 0; power < 64; ++power)
    EXPECT_EQ(fixed_log2(std::uint64_t{1} << power), power * kOne) << power;
}

RC_GTEST_PROP(FixedLog2Property, IsCloseToTheLibrarys, ()) {
  const auto value = *rc::gen::inRange<std::uint64_t>(1, std::uint64_t{1} << 50);
  const double expected = std::log2(static_cast<double>(value)) * static_cast<double>(kOne);
  RC_ASSERT(std::abs(static_cast<double>(fixed_log2(value)) - expected) < 2);
}

RC_GTEST_PROP(FixedLog2Property, GrowsWithItsArgument, ()) {
  const auto value = *rc::gen::inRange<std::uint64_t>(1, ~std::uint64_t{0});
  RC_ASSERT(fixed_log2(value) <= fixed_log2(value + 1));
}

RC_GTEST_PROP(FixedLog2Property, TurnsProductsIntoSums, ()) {
  const auto a = *rc::gen::inRange<std::uint64_t>(1, std::uint64_t{1} << 32);
  const auto b = *rc::gen::inRange<std::uint64_t>(1, std::uint64_t{1} << 32);
  const auto error = fixed_log2(a * b) - fixed_log2(a) - fixed_log2(b);
  RC_ASSERT(error >= -1 && error <= 2);
}

}  // namespace
}  // namespace comity::measure
