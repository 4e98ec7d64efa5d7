#include "views/problem.h"

#include <cerrno>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "codec/cbor.h"
#include "views/status.h"

namespace comity::views {
namespace {

TEST(Problems, AreJson) {
  const Response response = problem(Refusal{"version-taken", "It is."});
  EXPECT_EQ(response.status, 409U);
  EXPECT_EQ(response.fields.find("content-type"), "application/problem+json");
  EXPECT_EQ(response.fields.find("retry-after"), std::nullopt);
  const auto json = nlohmann::json::parse(std::get<std::string>(response.body));
  EXPECT_EQ(json, nlohmann::json::parse(R"({"type":"about:blank","title":"Conflict","status":409,
                                            "detail":"It is.","code":"version-taken"})"));
}

TEST(Problems, AreConciseForScrapi) {
  const Response response = concise_problem(Refusal{"no-such", "\xff"});
  EXPECT_EQ(response.status, 400U);
  EXPECT_EQ(response.fields.find("content-type"), "application/concise-problem-details+cbor");
  codec::CborReader cbor(as_bytes(std::get<std::string>(response.body)));
  const auto map = codec::CborMap::open(cbor);
  ASSERT_TRUE(map);
  EXPECT_EQ(map->left(), 3U);
  EXPECT_EQ(cbor.read_int(), -1);
  EXPECT_EQ(cbor.read_text(), "no-such");
  EXPECT_EQ(cbor.read_int(), -2);
  EXPECT_EQ(cbor.read_text(), "(not UTF-8)");
  EXPECT_EQ(cbor.read_int(), -4);
  EXPECT_EQ(cbor.read_uint(), 400U);
  EXPECT_TRUE(cbor.end());
}

TEST(Problems, KeepFaultsToThemselves) {
  const Response failed = problem(Fault{"Reading /secret/place", EIO});
  EXPECT_EQ(failed.status, 500U);
  EXPECT_EQ(std::get<std::string>(failed.body).find("secret"), std::string::npos);
  EXPECT_TRUE(failed.fields.find("retry-after"));
  EXPECT_EQ(problem(Fault{"full", EAGAIN}).status, 503U);
  EXPECT_EQ(problem(Fault{"full", EAGAIN}).fields.find("retry-after"), "1");
}

TEST(Statuses, HavePhrases) {
  EXPECT_EQ(phrase_of(404), "Not Found");
  EXPECT_EQ(phrase_of(799), "");
  EXPECT_EQ(status_of(Refusal{"anything-else", ""}), 400U);
  // Damage that a reader comes upon is ours, whatever an audit calls it.
  EXPECT_EQ(status_of(Refusal{"tile-damaged", ""}), 500U);
}

}  // namespace
}  // namespace comity::views
