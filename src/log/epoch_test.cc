#include "log/epoch.h"

#include "crypto/sha256.h"

#include "tests/crash/memory_files.h"
#include "tests/golden.h"

namespace comity::log {
namespace {

RC_GTEST_PROP(EpochProperty, ParsingIsTheInverseOfWriting, (std::array<std::uint8_t, 32> place)) {
  Epoch epoch;
  epoch.number = *rc::gen::inRange<std::uint64_t>(1, ~std::uint64_t{0});
  std::memcpy(epoch.place.bytes.data(), place.data(), place.size());
  RC_ASSERT(parse_epoch(print(epoch)).value() == epoch);
}

TEST(Epoch, Golden) {
  const auto place = crypto::digest_of<PlaceTag>(as_bytes("a place"));
  for (const auto& [name, number] :
       {std::pair("first", std::uint64_t{1}), std::pair("last", ~std::uint64_t{0})}) {
    const std::string file = std::string("epoch/") + name;
    testing::expect_golden(file + ".txt", print({.number = number, .place = place}));
    testing::expect_golden(file + ".json", "{\"epoch\": " + std::to_string(number) +
                                               ", \"place\": \"" + to_hex(place.view()) + "\"}\n");
  }
}

TEST(Epoch, RefusesEveryOtherForm) {
  const std::string place(64, 'a');
  ASSERT_TRUE(parse_epoch("comity-epoch@v1\n1\n" + place + "\n"));
  for (const std::string& text :
       {std::string(), "comity-epoch@v1\n1\n" + place, "comity-epoch@v1\n0\n" + place + "\n",
        "comity-epoch@v1\n01\n" + place + "\n", "comity-epoch@v2\n1\n" + place + "\n",
        "comity-epoch@v1\n1\n" + std::string(64, 'A') + "\n",
        "comity-epoch@v1\n1\n" + place + "\n\n", "comity-epoch@v1\n1\n" + place + "0\n",
        "comity-epoch@v1\n18446744073709551616\n" + place + "\n"}) {
    const auto parsed = parse_epoch(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().code(), "epoch-malformed");
  }
}

TEST(Epoch, TellsADirectoryFromItsCopy) {
  crash::MemoryFiles files;
  EXPECT_EQ(check_epoch(files).error().code(), "epoch-missing");
  ASSERT_EQ(adopt(files)->number, 1U);
  EXPECT_EQ(check_epoch(files)->number, 1U);

  const auto copy = files.copied_to("elsewhere");
  EXPECT_EQ(check_epoch(*copy).error().code(), "store-moved");
  ASSERT_EQ(adopt(*copy)->number, 2U);
  EXPECT_EQ(check_epoch(*copy)->number, 2U);
  // The one that was copied back over the original is noticed there.
  EXPECT_EQ(check_epoch(*copy->copied_to("memory")).error().code(), "store-moved");

  ASSERT_TRUE(files.write("epoch", as_bytes("rubbish")));
  EXPECT_EQ(check_epoch(files).error().code(), "epoch-malformed");
  EXPECT_EQ(adopt(files)->number, 1U);
}

}  // namespace
}  // namespace comity::log
