#include "token_file.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/limits.h"

namespace comity::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kPath = "private/tokens.json";

Token token(std::size_t number) {
  return {.hash = hash_of_token(std::to_string(number)),
          .party = "identity--0c5e3b8a-6d3f-4b52-9c1e-5d1f6a2b7c90",
          .label = "night shift",
          .created = UnixMicros{1'767'323'045'000'001},
          .requests_per_second = {},
          .burst = {}};
}

Result<std::vector<Token>> parse_token_text(const std::string& text) {
  return parse_tokens(as_bytes(text), kPath);
}

/// The code with which a file is refused that differs from a good one by that change.
template <class Change>
std::string refused(const Change& change) {
  Json json = Json::parse(print({token(1), token(2)}));
  change(json);
  const auto parsed = parse_token_text(json.dump());
  return parsed ? "" : parsed.error().code();
}

TEST(TokenFile, IsReadAsItIsWritten) {
  std::vector<Token> tokens{token(1), token(2), token(3)};
  tokens[1].label = "";
  tokens[1].requests_per_second = 0;
  tokens[2].label = "\"\\ \xc3\xa4";
  tokens[2].burst = kMostRequests;
  const auto parsed = parse_token_text(print(tokens));
  ASSERT_TRUE(parsed) << parsed.error().sentence();
  EXPECT_EQ(print(*parsed), print(tokens));
  EXPECT_EQ(parsed->at(1).requests_per_second, 0U);
  EXPECT_EQ(parsed->at(1).burst, std::nullopt);
  EXPECT_EQ(parsed->at(2).created, tokens[2].created);
  EXPECT_EQ(parsed->at(2).hash, tokens[2].hash);
  EXPECT_EQ(parse_token_text(print({})).value().size(), 0U);
}

TEST(TokenFile, HoldsSoManyAtMost) {
  std::vector<Token> tokens;
  for (std::size_t i = 0; i < kMostTokens; ++i) {
    tokens.push_back(token(i));
    tokens.back().label = std::string(kLabelBytes, '"');
    tokens.back().requests_per_second = tokens.back().burst = kMostRequests;
  }
  const std::string text = print(tokens);
  EXPECT_LT(text.size(), limits::kObjectBytes);
  EXPECT_EQ(parse_token_text(text).value().size(), kMostTokens);
  tokens.push_back(token(kMostTokens));
  EXPECT_EQ(parse_token_text(print(tokens)).error().code(), "tokens-malformed");
}

TEST(TokenFile, IsRefusedForWhatIsNoJson) {
  for (const char* bad :
       {"", "{", "[]", "null", "{}", R"({"version":1})", R"({"tokens":[]})",
        R"({"version":2,"tokens":[]})", R"({"version":"1","tokens":[]})",
        R"({"version":1,"tokens":{}})", R"({"version":1,"tokens":null})",
        R"({"version":1,"tokens":[1]})", R"({"version":1,"tokens":[],"more":1})",
        R"({"version":1,"version":1,"tokens":[]})", "{\"version\":1,\"tokens\":[]}\xff"}) {
    const auto parsed = parse_token_text(bad);
    ASSERT_FALSE(parsed) << bad;
    EXPECT_EQ(parsed.error().code(), "tokens-malformed") << bad;
    EXPECT_NE(parsed.error().sentence().find(kPath), std::string::npos);
  }
  EXPECT_EQ(parse_token_text(std::string(limits::kObjectBytes + 1, ' ')).error().code(),
            "tokens-malformed");
  EXPECT_EQ(parse_token_text(std::string(1'000'000, '[')).error().code(), "tokens-malformed");
}

TEST(TokenFile, IsRefusedForATokenThatIsNone) {
  EXPECT_EQ(refused([](Json&) {}), "");
  const auto with = [](const char* key, const Json& value) {
    return refused([&](Json& json) { json["tokens"][1][key] = value; });
  };
  const std::string hash = to_hex(hash_of_token("x").view());
  EXPECT_EQ(with("sha256", hash), "");
  for (const Json& bad : {Json("ab"), Json(hash.substr(2)), Json(hash + "00"), Json(""), Json(1),
                          Json(std::string(64, 'A')), Json(std::string(64, 'g'))})
    EXPECT_EQ(with("sha256", bad), "tokens-malformed") << bad;
  for (const Json& bad : {Json("alice"), Json(""), Json(nullptr)})
    EXPECT_EQ(with("party", bad), "tokens-malformed") << bad;
  EXPECT_EQ(with("label", std::string(kLabelBytes, 'x')), "");
  for (const Json& bad : {Json(std::string(kLabelBytes + 1, 'x')), Json("a\nb"), Json("\x7f"),
                          Json(std::string(1, '\0')), Json(false)})
    EXPECT_EQ(with("label", bad), "tokens-malformed") << bad;
  for (const Json& bad : {Json("yesterday"), Json(0)})
    EXPECT_EQ(with("created", bad), "tokens-malformed") << bad;
  EXPECT_EQ(with("burst", 1), "");
  for (const Json& bad : {Json(0), Json(-1), Json(1.5), Json("1"), Json(kMostRequests + 1),
                          Json(nullptr), Json(~std::uint64_t{0})})
    EXPECT_EQ(with("burst", bad), "tokens-malformed") << bad;
  EXPECT_EQ(with("requests_per_second", 0), "");
  EXPECT_EQ(with("requests_per_second", -1), "tokens-malformed");
  EXPECT_EQ(with("token", "comity_x"), "tokens-malformed");
  for (const char* needed : {"sha256", "party", "label", "created"})
    EXPECT_EQ(refused([&](Json& json) { json["tokens"][0].erase(needed); }), "tokens-malformed");
}

TEST(TokenFile, HasNoTokenTwice) {
  EXPECT_EQ(refused([](Json& json) { json["tokens"].push_back(json["tokens"][0]); }),
            "tokens-malformed");
  // People would call both by one id.
  EXPECT_EQ(refused([](Json& json) {
              std::string hash = json["tokens"][0]["sha256"];
              hash.back() = hash.back() == '0' ? '1' : '0';
              json["tokens"][1]["sha256"] = hash;
            }),
            "tokens-malformed");
}

TEST(TokenFile, MayBeMissing) {
  EXPECT_EQ(read_tokens("/nowhere/private/tokens.json").value().size(), 0U);
  EXPECT_EQ(read_tokens("/").error().code(), "file-missing");
}

}  // namespace
}  // namespace comity::cli
