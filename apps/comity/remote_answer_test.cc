#include "remote_answer.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/limits.h"

namespace comity::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kUrl = "https://example.org";

Result<FilingAnswer> parse_answer_text(const std::string& body) {
  return parse_filing_answer(as_bytes(body), kUrl);
}

Error error(unsigned status, const std::string& body) {
  return error_of({.status = status, .fields = {}, .body = to_bytes(body)}, kUrl);
}

TEST(FilingAnswer, HasBothProofs) {
  const Json good{
      {"index", 3}, {"already_filed", true}, {"receipt", "AAE="}, {"tlog_proof", "eA=="}};
  const auto answer = parse_answer_text(good.dump());
  ASSERT_TRUE(answer) << answer.error().sentence();
  EXPECT_EQ(to_hex(answer->receipt), "0001");
  EXPECT_EQ(answer->tlog_proof, "x");
  EXPECT_TRUE(answer->already_filed);
  for (const char* name : {"receipt", "tlog_proof"})
    for (const Json& bad : {Json(), Json(1), Json(""), Json("AAE"), Json("????"), Json::array()}) {
      Json changed = good;
      changed[name] = bad;
      EXPECT_TRUE(parse_answer_text(changed.dump()).error().fault()) << changed;
    }
  Json fresh = good;
  fresh.erase("already_filed");
  EXPECT_FALSE(parse_answer_text(fresh.dump()).value().already_filed);
}

TEST(FilingAnswer, IsAFaultOfTheServerWhereItIsNone) {
  for (const std::string& bad :
       {std::string(), std::string("[]"), std::string("null"), std::string("{"),
        std::string(R"({"receipt":"AAE=","receipt":"AAE=","tlog_proof":"eA=="})"),
        std::string(1'000'000, '['), std::string(limits::kObjectBytes + 1, ' ')}) {
    const auto answer = parse_answer_text(bad);
    ASSERT_FALSE(answer);
    ASSERT_TRUE(answer.error().fault());
    EXPECT_TRUE(answer.error().sentence().starts_with(kUrl));
  }
}

/// A parser that looks for each name among those before it takes minutes.
TEST(FilingAnswer, OfVeryManyMembersIsReadAtOnce) {
  std::string body = "{";
  for (int i = 0; i < 90'000; ++i) body += "\"" + std::to_string(i) + "\":0,";
  EXPECT_TRUE(parse_answer_text(body + R"("receipt":"AAE=","tlog_proof":"eA=="})"));
}

TEST(ErrorOfAnAnswer, IsARefusalOfTheServersOwn) {
  const std::string body = R"({"code":"key-unknown","detail":"No party has that key."})";
  const Error refused = error(422, body);
  ASSERT_TRUE(refused.refusal());
  EXPECT_EQ(refused.code(), "key-unknown");
  EXPECT_EQ(refused.sentence(), "No party has that key.");
  for (const unsigned status : {200U, 302U, 500U, 503U}) {
    const Error failed = error(status, body);
    ASSERT_TRUE(failed.fault()) << status;
    EXPECT_TRUE(failed.sentence().ends_with(std::to_string(status) + ": No party has that key."));
  }
}

TEST(ErrorOfAnAnswer, IsAFaultWhereNoRegistrySpeaks) {
  for (const std::string& other :
       {std::string(), std::string("<html>"), std::string(R"({"code":"a"})"),
        std::string(R"({"detail":"b"})"), std::string(R"({"code":1,"detail":"b"})"),
        std::string(R"({"code":"","detail":"b"})"), std::string(R"({"code":"a","detail":""})"),
        // It would move the cursor of whoever reads it.
        std::string(R"({"code":"\u001b[2J","detail":"b"})"),
        R"({"detail":"b","code":")" + std::string(65, 'a') + R"("})"}) {
    const Error failed = error(404, other);
    ASSERT_TRUE(failed.fault()) << other;
    EXPECT_EQ(failed.sentence(), std::string(kUrl) + " answers with status 404");
  }
}

}  // namespace
}  // namespace comity::cli
