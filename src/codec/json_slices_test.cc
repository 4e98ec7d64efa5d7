#include "codec/json_slices.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck/gtest.h>

#include "base/limits.h"

namespace comity::codec {
namespace {

std::vector<std::string> texts(const Result<std::vector<ByteView>>& slices) {
  std::vector<std::string> made;
  if (!slices) return {slices.error().code()};
  for (const auto& it : *slices) made.emplace_back(as_text(it));
  return made;
}

std::vector<std::string> objects(std::string_view text) {
  return texts(json_objects(as_bytes(text)));
}
std::vector<std::string> elements(std::string_view text) {
  return texts(json_elements(as_bytes(text), "objects"));
}

using Texts = std::vector<std::string>;

TEST(JsonObjects, AreTakenByteForByte) {
  EXPECT_EQ(objects(R"({"a" : 1})"), Texts{R"({"a" : 1})"});
  EXPECT_EQ(objects("{\"a\":1}\n{ \"b\":\"}{\\\"\" }\r\n\n"),
            (Texts{R"({"a":1})", R"({ "b":"}{\"" })"}));
  EXPECT_EQ(objects(" \n"), Texts{});
}

TEST(JsonObjects, RefuseWhatIsNone) {
  EXPECT_EQ(objects("[1]"), Texts{"json-not-object"});
  EXPECT_EQ(objects("{} 17"), Texts{"json-not-object"});
  EXPECT_EQ(objects("{},{}"), Texts{"json-malformed"});
  EXPECT_EQ(objects("{\"a\":1"), Texts{"json-malformed"});
  EXPECT_EQ(objects("{\"a\":[1}]"), Texts{"json-malformed"});
  EXPECT_EQ(objects("{\"a\":\"\\"), Texts{"json-malformed"});
  EXPECT_EQ(objects("{\"a\":\"\xff\"}"), Texts{"json-malformed"});
  EXPECT_EQ(objects("}"), Texts{"json-malformed"});
}

TEST(JsonObjects, RefuseDepth) {
  const auto nested = [](std::size_t depth) {
    return "{\"a\":" + std::string(depth, '[') + std::string(depth, ']') + "}";
  };
  EXPECT_EQ(objects(nested(limits::kDepth - 1)).at(0), nested(limits::kDepth - 1));
  EXPECT_EQ(objects(nested(limits::kDepth + 10)), Texts{"json-too-deep"});
  EXPECT_EQ(objects(nested(1'000'000)), Texts{"json-too-deep"});
}

TEST(JsonElements, AreThoseOfTheNamedArrayAtTheTop) {
  EXPECT_EQ(elements(R"({"x":{"objects":[9]},"objects":[ {"a":1.50} ,"],", [2,3],true ]})"),
            (Texts{R"({"a":1.50})", R"("],")", "[2,3]", "true"}));
  EXPECT_EQ(elements(R"({"\u006fbjects":[{}]})"), Texts{"{}"});
  EXPECT_EQ(elements(R"({"objects":[]})"), Texts{});
  EXPECT_EQ(elements(R"({"objects":{"a":[1]}})"), Texts{});
  EXPECT_EQ(elements(R"({"type":"bundle"})"), Texts{});
}

TEST(JsonElements, RefuseTheNameTwice) {
  EXPECT_EQ(elements(R"({"objects":[1],"\u006fbjects":[2]})"), Texts{"json-duplicate-key"});
}

TEST(JsonElements, RefuseWhatIsNoJson) {
  EXPECT_EQ(elements({}), Texts{"json-malformed"});
  EXPECT_EQ(elements(R"({"objects":[{}{}]})"), Texts{"json-malformed"});
  EXPECT_EQ(elements(R"({"objects":[{},]})"), Texts{"json-malformed"});
  EXPECT_EQ(elements(R"({"objects":[{}]} x)"), Texts{"json-malformed"});
}

// Whatever strings stand in them, the elements come back as they were written.
RC_GTEST_PROP(JsonElements, AreTheElementsWritten, (const std::vector<std::string>& raw)) {
  nlohmann::json array = nlohmann::json::array();
  Texts expected;
  for (const auto& text : raw) {
    const nlohmann::json element{{"k", text}, {"objects", {text, 1, nullptr}}};
    const auto written = element.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    expected.push_back(written);
    array.push_back(nlohmann::json::parse(written));
  }
  const std::string bundle = nlohmann::json{{"id", "x"}, {"objects", array}}.dump();
  RC_ASSERT(elements(bundle) == expected);
  std::string lines;
  for (const auto& it : expected) lines += it + "\n";
  RC_ASSERT(objects(lines) == expected);
}

}  // namespace
}  // namespace comity::codec
