#include "codec/cbor.h"

#include <algorithm>
#include <limits>

#include "base/limits.h"

#include "tests/codec/hex.h"
#include "tests/codec/recode.h"
#include "tests/random_bytes.h"

namespace comity::codec {
namespace {

std::string code_of(ByteView bytes) {
  const auto checked = check_deterministic(bytes);
  return checked ? "" : checked.error().code();
}

Bytes recoded(ByteView bytes) {
  CborReader reader(bytes);
  Bytes copy;
  CborWriter writer(copy);
  EXPECT_TRUE(recode(reader, writer));
  EXPECT_TRUE(reader.at_end());
  return copy;
}

struct Vector {
  const char* hex;
  const char* code = "";
};

constexpr auto kKind = "cbor-kind-refused";
constexpr auto kIndefinite = "cbor-not-deterministic";
constexpr auto kMalformed = "cbor-malformed";

// RFC 8949 appendix A, all examples in its order. What we don't use is refused by name.
constexpr Vector kAppendixA[] = {
    {"00"},
    {"01"},
    {"0a"},
    {"17"},
    {"1818"},
    {"1819"},
    {"1864"},
    {"1903e8"},
    {"1a000f4240"},
    {"1b000000e8d4a51000"},
    {"1bffffffffffffffff"},
    {"c249010000000000000000", kKind},
    {"3bffffffffffffffff"},
    {"c349010000000000000000", kKind},
    {"20"},
    {"29"},
    {"3863"},
    {"3903e7"},
    {"f90000", kKind},
    {"f98000", kKind},
    {"f93c00", kKind},
    {"fb3ff199999999999a", kKind},
    {"f93e00", kKind},
    {"f97bff", kKind},
    {"fa47c35000", kKind},
    {"fa7f7fffff", kKind},
    {"fb7e37e43c8800759c", kKind},
    {"f90001", kKind},
    {"f90400", kKind},
    {"f9c400", kKind},
    {"fbc010666666666666", kKind},
    {"f97c00", kKind},
    {"f97e00", kKind},
    {"f9fc00", kKind},
    {"fa7f800000", kKind},
    {"fa7fc00000", kKind},
    {"faff800000", kKind},
    {"fb7ff0000000000000", kKind},
    {"fb7ff8000000000000", kKind},
    {"fbfff0000000000000", kKind},
    {"f4"},
    {"f5"},
    {"f6"},
    {"f7", kKind},
    {"f0", kKind},
    {"f8ff", kKind},
    {"c074323031332d30332d32315432303a30343a30305a", kKind},
    {"c11a514b67b0", kKind},
    {"c1fb41d452d9ec200000", kKind},
    {"d74401020304", kKind},
    {"d818456449455446", kKind},
    {"d82076687474703a2f2f7777772e6578616d706c652e636f6d", kKind},
    {"40"},
    {"4401020304"},
    {"60"},
    {"6161"},
    {"6449455446"},
    {"62225c"},
    {"62c3bc"},
    {"63e6b0b4"},
    {"64f0908591"},
    {"80"},
    {"83010203"},
    {"8301820203820405"},
    {"98190102030405060708090a0b0c0d0e0f101112131415161718181819"},
    {"a0"},
    {"a201020304"},
    {"a26161016162820203"},
    {"826161a161626163"},
    {"a56161614161626142616361436164614461656145"},
    {"5f42010243030405ff", kIndefinite},
    {"7f657374726561646d696e67ff", kIndefinite},
    {"9fff", kIndefinite},
    {"9f018202039f0405ffff", kIndefinite},
    {"9f01820203820405ff", kIndefinite},
    {"83018202039f0405ff", kIndefinite},
    {"83019f0203ff820405", kIndefinite},
    {"9f0102030405060708090a0b0c0d0e0f101112131415161718181819ff", kIndefinite},
    {"bf61610161629f0203ffff", kIndefinite},
    {"826161bf61626163ff", kIndefinite},
    {"bf6346756ef563416d7421ff", kIndefinite},
};

// RFC 8949 appendix F: not well-formed, apart from indefinite lengths.
constexpr Vector kAppendixF[] = {
    {"18", kMalformed},
    {"19", kMalformed},
    {"1a", kMalformed},
    {"1b", kMalformed},
    {"1901", kMalformed},
    {"1a0102", kMalformed},
    {"1b01020304050607", kMalformed},
    {"38", kMalformed},
    {"58", kMalformed},
    {"78", kMalformed},
    {"98", kMalformed},
    {"9a01ff00", kMalformed},
    {"b8", kMalformed},
    {"d8", kMalformed},
    {"41", kMalformed},
    {"61", kMalformed},
    {"5affffffff00", kMalformed},
    {"5bffffffffffffffff010203", kMalformed},
    {"7affffffff00", kMalformed},
    {"7b7fffffffffffffff010203", kMalformed},
    {"81", kMalformed},
    {"818181818181818181", kMalformed},
    {"8200", kMalformed},
    {"a1", kMalformed},
    {"a20102", kMalformed},
    {"a100", kMalformed},
    {"a2000000", kMalformed},
    {"d2", kMalformed},
    {"1c", kMalformed},
    {"1d", kMalformed},
    {"1e", kMalformed},
    {"3c", kMalformed},
    {"5d", kMalformed},
    {"7e", kMalformed},
    {"9c", kMalformed},
    {"bd", kMalformed},
    {"de", kMalformed},
    {"fc", kMalformed},
    {"fd", kMalformed},
    {"fe", kMalformed},
    {"1f", kIndefinite},
    {"3f", kIndefinite},
    {"df00", kIndefinite},
    {"ff", kMalformed},
    {"81ff", kMalformed},
    {"8200ff", kMalformed},
    {"a1ff00", kMalformed},
    {"a100ff", kMalformed},
    {"", kMalformed},
};

// Well-formed, and against RFC 8949 section 4.2.1.
constexpr Vector kNotDeterministic[] = {
    {"1817", "cbor-not-deterministic"},                // 23 in two bytes
    {"1900ff", "cbor-not-deterministic"},              // 255 in three
    {"1a0000ffff", "cbor-not-deterministic"},          // 65535 in five
    {"1b00000000ffffffff", "cbor-not-deterministic"},  // 2^32 - 1 in nine
    {"3800", "cbor-not-deterministic"},                // -1 in two
    {"580100", "cbor-not-deterministic"},              // a length in two
    {"980101", "cbor-not-deterministic"},              //
    {"d81280", "cbor-not-deterministic"},              // tag 18 in two
    {"a203000100", "cbor-not-deterministic"},          // 3 before 1
    {"a220000100", "cbor-not-deterministic"},          // -1 before 1
    {"a2616200186400", "cbor-not-deterministic"},      // text before 100
    {"a201000100", "cbor-duplicate-key"},              // 1 twice
    {"a28101008101f6", "cbor-duplicate-key"},          // [1] twice
    {"a2a1010200a1010100", "cbor-not-deterministic"},  // {1: 2} before {1: 1}
    {"a1a20100010000", "cbor-duplicate-key"},          // inside of a key
    {"61ff", "cbor-malformed"},                        // no UTF-8
    {"63eda080", "cbor-malformed"},                    // a surrogate
    {"0000", "cbor-trailing-bytes"},
    {"d1f6", "cbor-kind-refused"},    // tag 17
    {"d2d280", "cbor-kind-refused"},  // tag 18 on tag 18
};

void expect_all(std::span<const Vector> vectors) {
  for (const Vector& vector : vectors) {
    const Bytes bytes = hex(vector.hex);
    EXPECT_EQ(code_of(bytes), vector.code) << vector.hex;
    if (std::string_view(vector.code).empty()) {
      EXPECT_EQ(to_hex(recoded(bytes)), vector.hex);
    }
  }
}

TEST(Cbor, AppendixA) { expect_all(kAppendixA); }
TEST(Cbor, AppendixF) { expect_all(kAppendixF); }
TEST(Cbor, NotDeterministic) { expect_all(kNotDeterministic); }

TEST(Cbor, DepthIsBounded) {
  Bytes bytes(limits::kDepth, std::byte{0x81});
  bytes.push_back(std::byte{0x00});
  EXPECT_EQ(code_of(bytes), "");
  bytes.insert(bytes.begin(), std::byte{0x81});
  EXPECT_EQ(code_of(bytes), "cbor-too-deep");
  bytes.assign(limits::kDepth, std::byte{0x81});
  bytes.push_back(std::byte{0xa0});  // An empty map is a level too.
  EXPECT_EQ(code_of(bytes), "cbor-too-deep");
  bytes.assign(std::size_t{1} << 20, std::byte{0xd2});  // Tags would nest without a level.
  bytes.push_back(std::byte{0x00});
  EXPECT_EQ(code_of(bytes), "cbor-kind-refused");
}

TEST(Cbor, ReadersRefuseOtherKinds) {
  const Bytes uint = hex("05");
  const Bytes text = hex("6161");
  const Bytes null = hex("f6");
  const Bytes yes = hex("f5");
  EXPECT_EQ(CborReader(text).read_uint().error().code(), "cbor-unexpected");
  EXPECT_EQ(CborReader(text).read_int().error().code(), "cbor-unexpected");
  EXPECT_EQ(CborReader(text).read_bytes().error().code(), "cbor-unexpected");
  EXPECT_EQ(CborReader(uint).read_text().error().code(), "cbor-unexpected");
  EXPECT_EQ(CborReader(uint).read_array().error().code(), "cbor-unexpected");
  EXPECT_EQ(CborReader(uint).read_map().error().code(), "cbor-unexpected");
  EXPECT_EQ(CborReader(uint).read_tag(kSign1Tag).error().code(), "cbor-unexpected");
  EXPECT_EQ(CborReader(uint).read_bool().error().code(), "cbor-unexpected");
  EXPECT_EQ(CborReader(null).read_bool().error().code(), "cbor-unexpected");
  EXPECT_EQ(CborReader(yes).read_null().error().code(), "cbor-unexpected");
  EXPECT_EQ(CborReader(yes).read_bool().value(), true);
  EXPECT_EQ(CborReader(null).peek().value(), CborKind::kNull);
  EXPECT_EQ(CborReader(yes).peek().value(), CborKind::kBool);
  EXPECT_EQ(CborReader(hex("4101")).read_bytes(2).error().code(), "cbor-unexpected");
  EXPECT_EQ(CborReader(hex("8101")).read_array(2).error().code(), "cbor-unexpected");
  EXPECT_EQ(CborReader(hex("d180")).read_tag(kSign1Tag).error().code(), "cbor-unexpected");
}

TEST(Cbor, Int64Borders) {
  constexpr auto kMin = std::numeric_limits<std::int64_t>::min();
  constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
  for (const std::int64_t value : {kMin, kMin + 1, std::int64_t{-1}, std::int64_t{0}, kMax}) {
    Bytes bytes;
    CborWriter(bytes).write_int(value);
    EXPECT_EQ(CborReader(bytes).read_int().value(), value);
  }
  EXPECT_EQ(CborReader(hex("3b8000000000000000")).read_int().error().code(), "cbor-unexpected");
  EXPECT_EQ(CborReader(hex("1b8000000000000000")).read_int().error().code(), "cbor-unexpected");
}

/// Reads a map of integer keys to null; the code of the refusal, if any.
std::string read_keys(std::string_view text, std::vector<std::int64_t>& keys) {
  const Bytes bytes = hex(text);
  CborReader reader(bytes);
  auto map = CborMap::open(reader);
  if (!map) return map.error().code();
  while (map->left() > 0) {
    const auto key = map->next_key();
    if (!key) return key.error().code();
    keys.push_back(*key);
    EXPECT_TRUE(reader.read_null());
  }
  return "";
}

TEST(CborMap, KeysComeInTheOrderOfTheirBytes) {
  std::vector<std::int64_t> keys;
  EXPECT_EQ(read_keys("a500f61864f620f63863f6390100f6", keys), "");
  EXPECT_EQ(keys, (std::vector<std::int64_t>{0, 100, -1, -100, -257}));
  EXPECT_EQ(read_keys("a220f600f6", keys), "cbor-not-deterministic");
  EXPECT_EQ(read_keys("a202f601f6", keys), "cbor-not-deterministic");
  EXPECT_EQ(read_keys("a221f620f6", keys), "cbor-not-deterministic");
  EXPECT_EQ(read_keys("a221f621f6", keys), "cbor-duplicate-key");
  EXPECT_EQ(read_keys("a16161f6", keys), "cbor-unexpected");
}

TEST(CborMap, ExpectedKeysOnly) {
  const Bytes bytes = hex("a201f603f6");
  CborReader reader(bytes);
  auto map = CborMap::open(reader).value();
  EXPECT_EQ(map.end().error().code(), "cbor-unexpected");
  EXPECT_TRUE(map.expect_key(1));
  EXPECT_TRUE(reader.read_null());
  EXPECT_EQ(map.expect_key(2).error().code(), "cbor-unexpected");
  EXPECT_TRUE(reader.read_null());
  EXPECT_TRUE(map.end());
  EXPECT_EQ(map.expect_key(4).error().code(), "cbor-unexpected");
}

/// A random item, nesting at most `depth` levels, in deterministic encoding.
Bytes random_item(int depth) {
  Bytes bytes;
  CborWriter writer(bytes);
  const auto below = [&] { return random_item(depth - 1); };
  switch (*rc::gen::inRange(0, depth > 0 ? 7 : 5)) {
    case 0:
      writer.write_uint(*rc::gen::arbitrary<std::uint64_t>());
      break;
    case 1:
      writer.write_int(*rc::gen::arbitrary<std::int64_t>());
      break;
    case 2:
      writer.write_text(*rc::gen::container<std::string>(rc::gen::inRange<char>(32, 127)));
      break;
    case 3:
      writer.write_bytes(as_bytes(*rc::gen::arbitrary<std::string>()));
      break;
    case 4:
      writer.write_bool(*rc::gen::arbitrary<bool>());
      break;
    case 5: {
      const auto items = *rc::gen::inRange<std::size_t>(0, 5);
      writer.write_array(items);
      for (std::size_t i = 0; i < items; ++i) writer.write_item(below());
      break;
    }
    default: {
      std::vector<Bytes> keys(*rc::gen::inRange<std::size_t>(0, 5));
      std::ranges::generate(keys, below);
      std::ranges::sort(keys);
      const auto twice = std::ranges::unique(keys);
      keys.erase(twice.begin(), twice.end());
      writer.write_map(keys.size());
      for (const Bytes& key : keys) {
        writer.write_item(key);
        writer.write_item(below());
      }
    }
  }
  return bytes;
}

RC_GTEST_PROP(Cbor, WrittenIsReadTheSame, ()) {
  const Bytes bytes = random_item(3);
  RC_ASSERT(code_of(bytes) == "");
  RC_ASSERT(recoded(bytes) == bytes);
}

RC_GTEST_PROP(Cbor, EveryPrefixIsRefused, ()) {
  const Bytes bytes = random_item(2);
  for (std::size_t size = 0; size < bytes.size(); ++size)
    RC_ASSERT(code_of(ByteView(bytes).first(size)) == "cbor-malformed");
}

RC_GTEST_PROP(Cbor, AFlippedBitIsRefusedOrGivesAnotherItem, ()) {
  const Bytes flipped = with_flipped_bit(random_item(3));
  if (code_of(flipped).empty()) RC_ASSERT(recoded(flipped) == flipped);
}

RC_GTEST_PROP(Cbor, WhatIsAcceptedHasOneEncoding, (const std::string& noise)) {
  const ByteView bytes = as_bytes(noise);
  if (code_of(bytes).empty()) RC_ASSERT(recoded(bytes) == to_bytes(bytes));
}

}  // namespace
}  // namespace comity::codec
