#include "crypto/secret.h"

#include <type_traits>
#include <utility>

#include "crypto/random.h"

namespace comity::crypto {
namespace {

static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
static_assert(std::is_nothrow_move_constructible_v<Secret>);

constexpr std::array<std::byte, 32> kZeros{};

TEST(Secret, MovingWipesTheSource) {
  Secret first = Secret::random();
  const Bytes bytes = to_bytes(first.reveal());
  Secret second = std::move(first);
  EXPECT_TRUE(equal(first.reveal(), kZeros));  // NOLINT(bugprone-use-after-move): what is tested
  EXPECT_TRUE(equal(second.reveal(), bytes));
  Secret third;
  third = std::move(second);
  EXPECT_TRUE(equal(second.reveal(), kZeros));  // NOLINT(bugprone-use-after-move): what is tested
  EXPECT_TRUE(equal(third.reveal(), bytes));
}

TEST(Secret, DestructionWipes) {
  alignas(Secret) std::array<std::byte, sizeof(Secret)> place;
  auto* secret = new (place.data()) Secret(Secret::random());
  EXPECT_FALSE(equal(place, kZeros));
  secret->~Secret();
  EXPECT_TRUE(equal(place, kZeros));
}

TEST(Secret, WipedTextIsEmpty) {
  std::string text = "swordfish";
  wipe(text);
  EXPECT_EQ(text, "");
}

TEST(Random, TwoDrawsDiffer) { EXPECT_NE(random_bytes<16>(), random_bytes<16>()); }

}  // namespace
}  // namespace comity::crypto
