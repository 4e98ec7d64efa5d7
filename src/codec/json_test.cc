#include "codec/json.h"

#include <chrono>

#include "base/limits.h"

namespace comity::codec {
namespace {

std::string code_of(std::string_view text) {
  JsonReader reader;
  const auto object = reader.read(as_bytes(text));
  return object ? "" : object.error().code();
}

TEST(Json, ReadsMembers) {
  JsonReader reader;
  const auto object = reader.read(as_bytes(R"( {"type":"note","a\u00e9\n":"\ud83d\ude00","n":-7,
    "big":18446744073709551615,"half":0.5,"yes":true,"none":null,
    "refs":["x","y"],"empty":[],"mixed":["x",1],"in":{"er":{"k":"v"}},
    "list":[{"k":"1"},{"k":"2"}]} )"));
  ASSERT_TRUE(object);
  EXPECT_EQ(object->text("type").value(), "note");
  EXPECT_EQ(object->text("a\u00e9\n").value(), "\U0001f600");
  EXPECT_EQ(object->text("missing").value(), std::nullopt);
  EXPECT_EQ(object->text("n").error().code(), "json-member-kind");
  EXPECT_EQ(object->integer("n").value(), -7);
  EXPECT_EQ(object->integer("big").error().code(), "json-member-kind");
  EXPECT_EQ(object->integer("half").error().code(), "json-member-kind");
  EXPECT_EQ(object->boolean("yes").value(), true);
  EXPECT_EQ(object->boolean("none").error().code(), "json-member-kind");
  EXPECT_EQ(object->texts("refs").value(), (std::vector<std::string_view>{"x", "y"}));
  EXPECT_TRUE(object->texts("empty")->empty());
  EXPECT_TRUE(object->texts("missing")->empty());
  EXPECT_EQ(object->texts("mixed").error().code(), "json-member-kind");
  EXPECT_EQ(object->texts("type").error().code(), "json-member-kind");
  EXPECT_EQ(object->object("in").value()->object("er").value()->text("k").value(), "v");
  EXPECT_FALSE(object->object("missing").value());
  EXPECT_EQ(object->object("refs").error().code(), "json-member-kind");
  const auto list = object->objects("list").value();
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[1].text("k").value(), "2");
  EXPECT_EQ(object->objects("refs").error().code(), "json-member-kind");
  EXPECT_EQ(object->kind("none"), JsonKind::kNull);
  EXPECT_EQ(object->kind("half"), JsonKind::kNumber);
  EXPECT_EQ(object->kind("missing"), std::nullopt);
  EXPECT_EQ(object->object("in").value()->keys(), (std::vector<std::string_view>{"er"}));
}

TEST(Json, RefusesWhatIsNotOneObject) {
  for (const char* text : {"[]", "1", "\"x\"", "null", "[{}]"})
    EXPECT_EQ(code_of(text), "json-not-object") << text;
  for (const char* text : {"",
                           " ",
                           "{",
                           "{}}",
                           "{} {}",
                           "{},",
                           "{}x",
                           "{\"a\":1,}",
                           "{\"a\"}",
                           "{a:1}",
                           "{'a':1}",
                           "{\"a\":01}",
                           "{\"a\":1.}",
                           "{\"a\":+1}",
                           "{\"a\":.5}",
                           "{\"a\":1e}",
                           "{\"a\":NaN}",
                           "{\"a\":\"\t\"}",
                           "{\"a\":\"\\x\"}",
                           "{\"a\":tru}",
                           "{\"a\":[1,]}",
                           "{\"a\":1 \"b\":2}",
                           "// c\n{}",
                           "\xef\xbb\xbf{}",
                           "{\"a\":\"\xff\"}",
                           "{\"a\":\"\xed\xa0\x80\"}",
                           "{\"a\":\"\xc0\x80\"}",
                           "{\"a\":\"\\ud800\"}",
                           "{\"a\":\"\\udc00\"}",
                           "{\"a\":\"\\ud800\\ud800\"}",
                           "{\"a\":\"\\ud800x\"}",
                           "{\"\\ud800\":1}"})
    EXPECT_EQ(code_of(text), "json-malformed") << text;
  EXPECT_EQ(code_of(std::string_view("{\"a\":\"\0\"}", 9)), "json-malformed");
  EXPECT_EQ(code_of(std::string_view("{}\0", 3)), "json-malformed");
}

TEST(Json, NumbersBeyondOurRangeAreMalformed) {
  EXPECT_EQ(code_of("{\"a\":18446744073709551615}"), "");
  EXPECT_EQ(code_of("{\"a\":18446744073709551616}"), "json-malformed");
  EXPECT_EQ(code_of("{\"a\":-9223372036854775808}"), "");
  EXPECT_EQ(code_of("{\"a\":-9223372036854775809}"), "json-malformed");
  EXPECT_EQ(code_of("{\"a\":1.7e308}"), "");
  EXPECT_EQ(code_of("{\"a\":1e400}"), "json-malformed");
}

TEST(Json, RefusesANameTwiceAtEveryLevel) {
  for (const char* text :
       {R"({"a":1,"a":1})", R"({"a":1,"b":2,"a":3})", R"({"x":{"a":1,"a":1}})",
        R"({"x":[[{"a":1,"a":1}]]})", R"({"a":1,"\u0061":1})", R"({"":1,"":1})",
        R"({"\u00e9":1,"é":1})", R"({"long enough":{},"b":{},"long enough":{}})"})
    EXPECT_EQ(code_of(text), "json-duplicate-key") << text;
  for (const char* text : {R"({"a":{"a":{"a":1}},"b":[{"a":1},{"a":1}]})", R"({"a":1,"A":1})",
                           R"({"\u0000":1,"":1,"\u0000\u0000":1})", R"({"a":"a","b":"a"})"})
    EXPECT_EQ(code_of(text), "") << text;
}

/// {"x0": 0, "x1": 0, ...} with `names` members, and then `last`.
std::string wide_object(std::size_t names, std::string_view last) {
  std::string text = "{";
  for (std::size_t i = 0; i < names; ++i) text += "\"x" + std::to_string(i) + "\":0,";
  return text + std::string(last) + "}";
}

TEST(Json, FindsDuplicatesInObjectsOfAnySize) {
  for (const std::size_t names : {1U, 2U, 20U, 62U, 63U, 64U, 65U, 66U, 200U, 5000U}) {
    EXPECT_EQ(code_of(wide_object(names, "\"y\":0")), "") << names;
    for (const std::size_t twice : {std::size_t{0}, names / 2, names - 1})
      EXPECT_EQ(code_of(wide_object(names, "\"x" + std::to_string(twice) + "\":0")),
                "json-duplicate-key")
          << names << " " << twice;
  }
}

TEST(Json, ManyNamesTakeNoSquareOfTheTime) {
  // 300,000 names: comparing each with each would take minutes.
  const std::string text = wide_object(300'000, "\"y\":0");
  ASSERT_LE(text.size(), limits::kObjectBytes);
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(code_of(text), "");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

std::string nested(std::size_t levels, std::string_view open, std::string_view close) {
  std::string text = "{\"a\":";
  for (std::size_t i = 1; i < levels; ++i) text += open;
  text += "1";
  for (std::size_t i = 1; i < levels; ++i) text += close;
  return text + "}";
}

/// `inner` in so many arrays.
std::string arrays(std::size_t levels, std::string_view inner) {
  return std::string(levels, '[') + std::string(inner) + std::string(levels, ']');
}

TEST(Json, DepthIsBounded) {
  constexpr std::size_t kDepth = limits::kDepth;
  EXPECT_EQ(code_of(nested(kDepth, "[", "]")), "");
  EXPECT_EQ(code_of(nested(kDepth + 1, "[", "]")), "json-too-deep");
  EXPECT_EQ(code_of(nested(kDepth, "{\"a\":", "}")), "");
  EXPECT_EQ(code_of(nested(kDepth + 1, "{\"a\":", "}")), "json-too-deep");
  EXPECT_EQ(code_of(nested(100'000, "[", "]")), "json-too-deep");
  for (const char* text : {"[]", "{}"}) {
    EXPECT_EQ(code_of("{\"a\":" + arrays(kDepth - 2, text) + "}"), "") << text;
    EXPECT_EQ(code_of("{\"a\":" + arrays(kDepth - 1, text) + "}"), "json-too-deep") << text;
  }
}

TEST(Json, SizeIsBounded) {
  std::string text = "{}" + std::string(limits::kObjectBytes - 2, ' ');
  EXPECT_EQ(code_of(text), "");
  text += ' ';
  EXPECT_EQ(code_of(text), "json-too-large");
}

TEST(Json, AReaderReadsOnAfterARefusal) {
  JsonReader reader;
  EXPECT_FALSE(reader.read(as_bytes("{\"a\":{\"b\":1,\"b\":1}}")));
  EXPECT_FALSE(reader.read(as_bytes("{")));
  EXPECT_FALSE(reader.read(as_bytes(nested(limits::kDepth + 1, "[", "]"))));
  const std::string large = wide_object(20'000, "\"y\":\"z\"");
  const auto object = reader.read(as_bytes(large));
  ASSERT_TRUE(object);
  EXPECT_EQ(object->text("y").value(), "z");
  EXPECT_EQ(reader.read(as_bytes("{\"a\":\"b\"}"))->text("a").value(), "b");
}

}  // namespace
}  // namespace comity::codec
