#include "codec/canonical_json.h"

#include <bit>
#include <charconv>
#include <fstream>

#include <nlohmann/json.hpp>

#include "base/limits.h"

namespace comity::codec {
namespace {

/// Empty where the text isn't one object.
std::string canonical(std::string_view text) {
  JsonReader reader;
  const auto object = reader.read(as_bytes(text));
  return object ? canonical_json(JsonValue(*object)) : "";
}

TEST(CanonicalJson, PublishedVectors) {
  std::ifstream in(COMITY_SOURCE_DIR "/tests/vectors/jcs/structures.json");
  const nlohmann::json rows = nlohmann::json::parse(in);
  ASSERT_EQ(rows.size(), 8U);
  for (const nlohmann::json& row : rows)
    EXPECT_EQ(canonical(row["input"].get<std::string>()), row["canonical"].get<std::string>());
}

double of_bits(std::string_view hex) {
  std::uint64_t bits = 0;
  std::from_chars(hex.data(), hex.data() + hex.size(), bits, 16);
  return std::bit_cast<double>(bits);
}

/// RFC 8785 appendix B.
TEST(CanonicalJson, NumbersOfTheRfc) {
  const std::map<std::string, std::string> numbers{
      {"0000000000000000", "0"},
      {"8000000000000000", "0"},
      {"0000000000000001", "5e-324"},
      {"8000000000000001", "-5e-324"},
      {"7fefffffffffffff", "1.7976931348623157e+308"},
      {"ffefffffffffffff", "-1.7976931348623157e+308"},
      {"4340000000000000", "9007199254740992"},
      {"c340000000000000", "-9007199254740992"},
      {"4430000000000000", "295147905179352830000"},
      {"44b52d02c7e14af5", "9.999999999999997e+22"},
      {"44b52d02c7e14af6", "1e+23"},
      {"44b52d02c7e14af7", "1.0000000000000001e+23"},
      {"444b1ae4d6e2ef4e", "999999999999999700000"},
      {"444b1ae4d6e2ef4f", "999999999999999900000"},
      {"444b1ae4d6e2ef50", "1e+21"},
      {"3eb0c6f7a0b5ed8c", "9.999999999999997e-7"},
      {"3eb0c6f7a0b5ed8d", "0.000001"},
      {"41b3de4355555553", "333333333.3333332"},
      {"41b3de4355555554", "333333333.33333325"},
      {"41b3de4355555555", "333333333.3333333"},
      {"41b3de4355555556", "333333333.3333334"},
      {"41b3de4355555557", "333333333.33333343"},
      {"becbf647612f3696", "-0.0000033333333333333333"},
      {"43143ff3c1cb0959", "1424953923781206.2"},
  };
  for (const auto& [bits, text] : numbers) EXPECT_EQ(canonical_number(of_bits(bits)), text) << bits;
}

TEST(CanonicalJson, NumbersOfNode) {
  std::ifstream in(COMITY_SOURCE_DIR "/tests/vectors/jcs/numbers.txt");
  std::size_t count = 0;
  for (std::string line; std::getline(in, line); ++count) {
    const std::size_t comma = line.find(',');
    ASSERT_NE(comma, std::string::npos) << line;
    ASSERT_EQ(canonical_number(of_bits(line.substr(0, comma))), line.substr(comma + 1)) << line;
  }
  EXPECT_GE(count, 2000U);
}

TEST(CanonicalJson, ObjectPutTogether) {
  EXPECT_EQ(canonical_object({}), "{}");
  EXPECT_EQ(canonical_object({{"b", "[1]"}, {"\n", "\"x\""}, {"a\"", "{}"}}),
            R"({"\n":"x","a\"":{},"b":[1]})");
}

TEST(CanonicalJson, AsDeepAsTheReaderGoes) {
  std::string text;
  for (int i = 0; i < limits::kDepth; ++i) text += "{\"a\":";
  text += '0';
  for (int i = 0; i < limits::kDepth; ++i) text += '}';
  EXPECT_EQ(canonical(text), text);
}

RC_GTEST_PROP(CanonicalJson, ANumberReadsBackAsTheSame, (std::uint64_t bits)) {
  const auto value = std::bit_cast<double>(bits);
  RC_PRE(std::isfinite(value));
  const std::string text = canonical_number(value);
  double read = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), read);
  RC_ASSERT(end.ec == std::errc() && end.ptr == text.data() + text.size());
  RC_ASSERT(read == value);
}

RC_GTEST_PROP(CanonicalJson, SortsByUnitsOfUtf16, ()) {
  const auto text = [] {
    return *rc::gen::container<std::u32string>(rc::gen::element<char32_t>(
        'a', 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xEFFF, 0xF000, 0xFFFF, 0x10000, 0x10FFFF));
  };
  const auto utf8 = [](const std::u32string& points) {
    std::string to;
    for (const char32_t c : points) {
      const auto tail = [&](unsigned shift) {
        to += static_cast<char>(0x80 | (c >> shift & 0x3FU));
      };
      if (c < 0x80) {
        to += static_cast<char>(c);
      } else if (c < 0x800) {
        to += static_cast<char>(0xC0 | c >> 6);
      } else if (c < 0x10000) {
        to += static_cast<char>(0xE0 | c >> 12);
        tail(6);
      } else {
        to += static_cast<char>(0xF0 | c >> 18);
        tail(12);
        tail(6);
      }
      if (c >= 0x80) tail(0);
    }
    return to;
  };
  const auto utf16 = [](const std::u32string& points) {
    std::u16string to;
    for (const char32_t c : points) {
      if (c >= 0x10000) to += static_cast<char16_t>(0xD800 + ((c - 0x10000) >> 10));
      to += static_cast<char16_t>(c >= 0x10000 ? 0xDC00 + (c & 0x3FFU) : c);
    }
    return to;
  };
  const std::u32string first = text();
  const std::u32string second = text();
  RC_ASSERT(sorts_before(utf8(first), utf8(second)) == (utf16(first) < utf16(second)));
}

}  // namespace
}  // namespace comity::codec
