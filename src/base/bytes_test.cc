#include "base/bytes.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace comity {
namespace {

RC_GTEST_PROP(Bytes, TextFormsAreInverse, (const std::vector<unsigned char>& raw)) {
  const ByteView bytes = std::as_bytes(std::span(raw));
  RC_ASSERT(equal(from_hex(to_hex(bytes)).value(), bytes));
  RC_ASSERT(equal(from_base64(to_base64(bytes)).value(), bytes));
  RC_ASSERT(equal(from_base64url(to_base64url(bytes)).value(), bytes));
}

// RFC 4648 section 10.
TEST(Bytes, PublishedBase64) {
  EXPECT_EQ(to_base64(as_bytes("foob")), "Zm9vYg==");
  EXPECT_EQ(to_base64(as_bytes("foobar")), "Zm9vYmFy");
  EXPECT_EQ(to_base64url(as_bytes("foob")), "Zm9vYg");
}

TEST(Bytes, RefusesSecondSpellings) {
  for (const char* text : {"Zm9vYg", "Zm9vYg=", "Zm9vYh==", "Zm9v Yg==", "Zm9vYg==\n", "Zm9v_g=="})
    EXPECT_EQ(from_base64(text).error().code(), "base64-malformed") << text;
  for (const char* text : {"Zm9vYg==", "Zm9vYh", "Zm9+Yg", "Z"})
    EXPECT_EQ(from_base64url(text).error().code(), "base64-malformed") << text;
  for (const char* text : {"0", "0g", "00 "})
    EXPECT_EQ(from_hex(text).error().code(), "hex-malformed") << text;
}

TEST(Bytes, RefusesCharactersBeyondAscii) {
  // Every character of each alphabet with its top bit set.
  for (const std::string good : {"Zm9vYmFyZm9v", "/+8/AAAA", "zzzz9999"})
    for (std::size_t i = 0; i < good.size(); ++i) {
      std::string bad = good;
      bad[i] = static_cast<char>(bad[i] | '\x80');
      EXPECT_EQ(from_base64(bad).error().code(), "base64-malformed") << i;
      EXPECT_EQ(from_base64url(bad).error().code(), "base64-malformed") << i;
      EXPECT_EQ(from_hex(bad).error().code(), "hex-malformed") << i;
    }
}

TEST(Bytes, BigEndian) {
  Bytes bytes;
  append_big_endian(bytes, std::uint16_t{0x0102});
  append_big_endian(bytes, std::uint64_t{0x0304050607080910});
  EXPECT_EQ(to_hex(bytes), "01020304050607080910");
  EXPECT_EQ(big_endian<std::uint16_t>(bytes), 0x0102);
  EXPECT_EQ(big_endian<std::uint64_t>(ByteView(bytes).subspan(2)), 0x0304050607080910U);
}

TEST(Bytes, Utf8) {
  for (const char* good :
       {"", "a", "\xc3\xa9", "\xe2\x80\x94", "\xf0\x9f\x98\x80", "\xf4\x8f\xbf\xbf"})
    EXPECT_TRUE(is_utf8(good)) << good;
  for (const char* bad : {"\x80", "\xc0\x80", "\xc3", "\xe0\x80\x80", "\xed\xa0\x80",
                          "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80", "\xe2\x80", "\xc3\x28"})
    EXPECT_FALSE(is_utf8(bad)) << bad;
}

}  // namespace
}  // namespace comity
