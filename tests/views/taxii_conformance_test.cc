// TAXII 2.1, OASIS Standard of 10 June 2021, section by section: what holds whatever the
// collections hold. taxii_content_test.cc has the rest.

#include <gmock/gmock.h>

#include "crypto/uuid.h"

#include "tests/views/taxii_registry.h"

namespace comity::views {
namespace {

using samples::made_note;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class TaxiiConformance : public TaxiiRegistry {
 protected:
  /// A TAXII error message of that status: section 3.6.1.
  static void expect_error(const ReadAnswer& answer, unsigned status) {
    EXPECT_EQ(answer.status, status) << answer.text;
    EXPECT_EQ(answer.field("content-type"), kType);
    ASSERT_TRUE(answer.json.is_object()) << answer.text;
    EXPECT_TRUE(answer.json.at("title").is_string());
    EXPECT_EQ(answer.json.at("http_status"), std::to_string(status));
    EXPECT_TRUE(answer.json.at("description").is_string());
    EXPECT_TRUE(answer.json.at("error_code").is_string());
  }
  /// Every endpoint, of objects that are there.
  std::vector<std::string> endpoints() {
    sample_.file({made_note(1)});
    return {"/taxii2/",
            kRoot,
            std::string(kRoot) + "collections/",
            in("statements"),
            in("statements", "manifest/"),
            in("statements", "objects/"),
            in("statements", "objects/" + note(1) + "/"),
            in("statements", "objects/" + note(1) + "/versions/")};
  }
};

// 3.1 Endpoints: the types of requests and answers, in the words of 1.6.8, and their paths

TEST_F(TaxiiConformance, S3_1_EveryEndpointAnswersInTaxii) {
  for (const auto& endpoint : endpoints()) {
    const auto answer = get(endpoint);
    EXPECT_EQ(answer.status, 200U) << endpoint << answer.text;
    EXPECT_EQ(answer.field("content-type"), kType) << endpoint;
    EXPECT_TRUE(answer.json.is_object()) << endpoint;
  }
}

TEST_F(TaxiiConformance, EveryAnswerIsAskedForAgainBeforeACacheGivesIt) {
  for (const auto& endpoint : endpoints()) {
    const auto answer = get(endpoint);
    EXPECT_EQ(answer.status, 200U) << endpoint;
    EXPECT_EQ(answer.field("cache-control"), "no-cache") << endpoint;
    EXPECT_EQ(answer.field("vary"), "accept") << endpoint;
  }
}

TEST_F(TaxiiConformance, S3_1_WhatTakesTaxii21IsAnswered) {
  for (const auto& endpoint : endpoints())
    for (const char* accept :
         {"application/taxii+json;version=2.1", "application/taxii+json; version=2.1",
          "application/taxii+json", "Application/TAXII+JSON;Version=2.1",
          R"(application/taxii+json;version="2.1")", "*/*", "application/*",
          "application/json, text/plain, */*", "text/html,application/xml;q=0.9,*/*;q=0.8",
          "application/taxii+json;version=2.0, application/taxii+json;version=2.1;q=0.5",
          // What 5.3 prescribes for manifests.
          "application/taxii+json;version=2.1,application/stix+json;version=2.1",
          "application/vnd.oasis.stix+json;version=2.0 , application/taxii+json;q=0.001", ""}) {
      const auto answer = get(endpoint, accept);
      EXPECT_EQ(answer.status, 200U) << endpoint << " " << accept;
      EXPECT_EQ(answer.field("content-type"), kType) << accept;
    }
}

TEST_F(TaxiiConformance, S3_1_WhatTakesNoneIs406) {
  for (const auto& endpoint : endpoints())
    for (const char* accept :
         {"application/taxii+json;version=2.0", "application/taxii+json;version=9", "text/html",
          "application/json", "application/vnd.oasis.taxii+json; version=2.0",
          "application/stix+json;version=2.1", "application/taxii+json;q=0", "*/*;q=0",
          "application/taxii+json;version=2.1;q=0, */*", "nonsense"})
      expect_error(get(endpoint, accept), 406);
}

TEST_F(TaxiiConformance, S3_1_AMissingSlashIsRedirected) {
  for (auto endpoint : endpoints()) {
    const std::string whole = endpoint;
    endpoint.pop_back();
    const auto answer = get(endpoint + "?match[type]=note");
    EXPECT_EQ(answer.status, 308U) << endpoint;
    EXPECT_EQ(answer.field("location"), whole + "?match[type]=note");
  }
}

TEST_F(TaxiiConformance, S3_1_WhatIsNoEndpointIs404) {
  for (const char* path : {"/taxii2/private/", "/taxii2/public/collection/",
                           "/taxii2/public/collections/statements/x/",
                           "/taxii2/public/collections/statements/objects/a/b/",
                           "/taxii2/public/collections//", "/taxii2/public/status/"})
    expect_error(get(path), 404);
}

// Methods that TAXII doesn't name: RFC 9110, as 8.2.1 permits

TEST_F(TaxiiConformance, S8_2_1_OtherMethodsAre405) {
  for (const auto& endpoint : endpoints()) {
    const auto answer = send({.method = Method::other,
                              .target = endpoint,
                              .fields = fields_of({{"accept", kType}}),
                              .body = {}});
    expect_error(answer, 405);
    EXPECT_THAT(answer.field("allow"), HasSubstr("GET"));
  }
}

TEST_F(TaxiiConformance, S8_2_1_HeadIsAnsweredAsGet) {
  for (const auto& endpoint : endpoints()) {
    const auto answer = send({.method = Method::head,
                              .target = endpoint,
                              .fields = fields_of({{"accept", kType}}),
                              .body = {}});
    EXPECT_EQ(answer.status, 200U);
    EXPECT_EQ(answer.field("content-type"), kType);
  }
}

// 1.7.1 Changes from 2.0

TEST_F(TaxiiConformance, S1_7_1_ThereIsNoPagingByItems) {
  for (const auto& endpoint : endpoints()) {
    const auto answer = send({.method = Method::get,
                              .target = endpoint,
                              .fields = fields_of({{"accept", kType}, {"range", "items 0-0"}}),
                              .body = {}});
    EXPECT_EQ(answer.status, 200U) << endpoint;
    EXPECT_EQ(answer.field("content-range"), "") << endpoint;
    EXPECT_EQ(answer.text, get(endpoint).text) << endpoint;
  }
}

// 4.1 Server discovery

TEST_F(TaxiiConformance, S4_1_DiscoveryNamesTheRoots) {
  const auto json = get("/taxii2/").json;
  EXPECT_EQ(json.at("title"), "Test registry");
  EXPECT_EQ(json.at("contact"), "somebody@example.org");
  EXPECT_EQ(json.at("api_roots"), Json::array({kRoot}));
  // The default must be among them, and a relative URL begin with one slash.
  EXPECT_EQ(json.at("default"), kRoot);
  EXPECT_TRUE(json.at("description").is_string());
}

// 4.2 API root information

TEST_F(TaxiiConformance, S4_2_TheRootSaysItsVersions) {
  const auto json = get(kRoot).json;
  EXPECT_TRUE(json.at("title").is_string());
  EXPECT_EQ(json.at("versions"), Json::array({kType}));
  EXPECT_EQ(json.at("max_content_length"), 123'456);
}

// 4.3 Status

TEST_F(TaxiiConformance, S4_3_AnUnknownStatusIs404) {
  const std::string status = std::string(kRoot) + "status/" + samples::uuid(1) + "/";
  expect_error(get(status), 404);
  expect_error(get(status, "text/html"), 406);
}

// 5.1, 5.2 Collections

TEST_F(TaxiiConformance, S5_1_CollectionsAreForReading) {
  const auto json = get(std::string(kRoot) + "collections/").json;
  std::vector<std::string> aliases;
  for (const auto& it : json.at("collections")) {
    const std::string id = it.at("id");
    ASSERT_TRUE(crypto::parse_uuid(id).has_value()) << id;
    EXPECT_EQ(id[14], '4') << "section 2, `identifier`: a UUID of version 4";
    EXPECT_THAT(id[19], AnyOf('8', '9', 'a', 'b')) << "of RFC 4122's variant";
    EXPECT_TRUE(it.at("title").is_string());
    EXPECT_EQ(it.at("can_read"), true);
    EXPECT_EQ(it.at("can_write"), false);
    EXPECT_EQ(it.at("media_types"), Json::array({"application/stix+json;version=2.1"}));
    aliases.push_back(it.at("alias"));
    EXPECT_EQ(get(in(id)).json, it) << "section 5.2";
    EXPECT_EQ(get(in(aliases.back())).json, it);
  }
  EXPECT_THAT(aliases, ElementsAre("statements", "incidents", "norms", "cases"));
}

TEST_F(TaxiiConformance, S5_2_1_IdsAreTheSameForEver) {
  // The first 16 bytes of SHA-256 of https://example.org/comity/taxii2/public/collections/ALIAS/,
  // version and variant set, as Python's hashlib and uuid make them.
  const auto json = get(std::string(kRoot) + "collections/").json.at("collections");
  EXPECT_EQ(json[0].at("id"), "eb816137-fd89-41a6-a86f-7e2ab9d3d77c");
  EXPECT_EQ(json[1].at("id"), "a91ec09b-accb-49ad-a269-7014df5fb4da");
  EXPECT_EQ(json[2].at("id"), "08d45582-8bbc-4d8d-8f3c-e43663380bec");
  EXPECT_EQ(json[3].at("id"), "af19cf49-1ea1-4962-919c-aea7d0fd3138");
}

TEST_F(TaxiiConformance, S5_2_AnUnknownCollectionIs404) {
  sample_.file({made_note(1)});
  for (const std::string& name : {samples::uuid(9), std::string("Statements"), std::string("%20")})
    for (const std::string& rest :
         {std::string(), std::string("manifest/"), std::string("objects/"),
          "objects/" + note(1) + "/", "objects/" + note(1) + "/versions/"}) {
      expect_error(get(in(name, rest)), 404);
      expect_error(get(in(name, rest), "text/html"), 406);
    }
}

// 5.5, 5.7 Adding and deleting: can_write is false

TEST_F(TaxiiConformance, S5_5_NothingIsAdded) {
  const auto post = [&](const std::string& target, const std::string& type,
                        const std::string& accept = kType) {
    return send({.method = Method::post,
                 .target = target,
                 .fields = fields_of({{"accept", accept}, {"content-type", type}}),
                 .body = R"({"objects":[]})"});
  };
  const std::string objects = in("statements", "objects/");
  for (const char* type : {kType, "application/taxii+json", "application/taxii+json; version=2.1"})
    expect_error(post(objects, type), 403);
  for (const char* type :
       {"", "text/plain", "application/json", "application/taxii+json;version=2.0",
        "application/stix+json;version=2.1", "nonsense"})
    expect_error(post(objects, type), 415);
  expect_error(post(objects, kType, "text/html"), 406);
  expect_error(post(in(samples::uuid(9), "objects/"), kType), 404);
  const auto manifest = post(in("statements", "manifest/"), kType);
  expect_error(manifest, 405);
  EXPECT_EQ(manifest.field("allow"), "GET, HEAD");
}

TEST_F(TaxiiConformance, S5_7_NothingIsDeleted) {
  sample_.file({made_note(1)});
  const auto erase = [&](const std::string& target, const std::string& accept = kType) {
    return send({.method = Method::remove,
                 .target = target,
                 .fields = fields_of({{"accept", accept}}),
                 .body = {}});
  };
  expect_error(erase(in("statements", "objects/" + note(1) + "/")), 403);
  expect_error(erase(in("statements", "objects/" + note(1) + "/"), "text/html"), 406);
  expect_error(erase(in(samples::uuid(9), "objects/" + note(1) + "/")), 404);
  const auto all = erase(in("statements", "objects/"));
  expect_error(all, 405);
  EXPECT_EQ(all.field("allow"), "GET, HEAD, POST");
  EXPECT_EQ(get(in("statements", "objects/" + note(1) + "/")).status, 200U);
}

}  // namespace
}  // namespace comity::views
