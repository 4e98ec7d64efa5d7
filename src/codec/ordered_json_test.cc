#include "codec/ordered_json.h"

#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace comity::codec {
namespace {

using Json = nlohmann::ordered_json;

TEST(ParseOrdered, ReadsWhatNlohmannReads) {
  for (const char* text :
       {"null", "true", "-1", "18446744073709551615", "1e3", "0.1", R"("\u00e4\n")", "[]", "{}",
        R"({"b":1,"a":[{"c":{}},[],[[2]]],"":{"x":null,"y":[true,false]}})", R"([{"a":{"b":[]}}])"})
    EXPECT_EQ(parse_ordered(text).dump(), Json::parse(text).dump()) << text;
  EXPECT_EQ(parse_ordered(R"({"z":1,"a":2})").dump(), R"({"z":1,"a":2})");
}

TEST(ParseOrdered, DiscardsWhatIsNoJson) {
  for (const char* text : {"", " ", "{", "[1,]", "{\"a\"}", "tru", "{} {}", "\"\xff\"", "01"})
    EXPECT_TRUE(parse_ordered(text).is_discarded()) << text;
}

TEST(ParseOrdered, FindsTheFirstOfOneName) {
  EXPECT_EQ(parse_ordered(R"({"a":1,"a":2})").at("a"), 1);
}

TEST(ParseOrdered, TakesLinearTime) {
  // Quadratic, this takes minutes.
  std::string text = "{";
  for (int i = 0; i < 400'000; ++i)
    text.append(i > 0 ? "," : "").append("\"").append(std::to_string(i)).append("\":0");
  EXPECT_EQ(parse_ordered(text + "}").size(), 400'000U);
}

TEST(ParseOrdered, GoesAsDeepAsTheText) {
  const std::size_t depth = 100'000;
  const auto deep = parse_ordered(std::string(depth, '[') + std::string(depth, ']'));
  EXPECT_TRUE(deep.is_array());
}

Json any_json(int depth) {
  switch (*rc::gen::inRange(0, depth > 0 ? 7 : 5)) {
    case 0:
      return nullptr;
    case 1:
      return *rc::gen::arbitrary<bool>();
    case 2:
      return *rc::gen::arbitrary<std::int64_t>();
    case 3:
      return *rc::gen::map(rc::gen::arbitrary<int>(), [](int i) { return i / 8.0; });
    case 4:
      return *rc::gen::container<std::string>(rc::gen::inRange('\1', '\x7f'));
    case 5: {
      Json array = Json::array();
      for (int i = *rc::gen::inRange(0, 4); i > 0; --i) array.push_back(any_json(depth - 1));
      return array;
    }
    default: {
      Json object = Json::object();
      for (int i = *rc::gen::inRange(0, 4); i > 0; --i)
        object[*rc::gen::container<std::string>(rc::gen::inRange('a', 'e'))] = any_json(depth - 1);
      return object;
    }
  }
}

RC_GTEST_PROP(ParseOrderedProperty, IsTheInverseOfDump, ()) {
  const Json json = any_json(4);
  RC_ASSERT(parse_ordered(json.dump()).dump() == json.dump());
}

}  // namespace
}  // namespace comity::codec
