// The document that describes all that a server has, against all that a server has.

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/bytes.h"
#include "codec/cose_key.h"
#include "crypto/tlog_proof.h"
#include "log/log_reader.h"
#include "views/api_search.h"
#include "views/embedded.h"
#include "views/resources.h"

#include "query/readers.h"
#include "tests/query/published_objects.h"

namespace comity::views {
namespace {

using Json = nlohmann::json;

struct Answer {
  unsigned status = 0;
  std::string type;
  std::string text;  ///< "" where the body is no text that is held whole
};

class OpenApi : public ::testing::Test {
 protected:
  OpenApi() {
    add_resources(router_,
                  {.publication = publication_,
                   .scrapi = {.registration = registration_,
                              .receipts = receipts_,
                              .checkpoint = checkpoint_,
                              .receipt_key = receipt_key_.public_key(),
                              .base_url = ""},
                   .filings = {.registration = registration_, .base_url = ""},
                   .taxii = {.readers = readers_,
                             .origin = origin_,
                             .registrar = {},
                             .title = "Test",
                             .contact = ""},
                   .api = {.readers = readers_,
                           .files = registry_.files(),
                           .origin = origin_,
                           .title = "Test",
                           .base_url = "",
                           .version = "1",
                           .head = [this] { return stored().head; }},
                   .health = {.ready = [] { return Result<void>{}; }, .metrics = metrics_}});
    sample_.file({samples::made_incident(1)});
    sample_.follow();
    checkpoint_.advance(stored());
  }

  /// The checkpoint in the directory.
  Published stored() {
    const auto found = log::read_checkpoint(registry_.files(), registry_.vkey()).value();
    return {.note = crypto::print(found.note), .head = found.checkpoint.head()};
  }

  Answer ask(Method method, const std::string& target, const std::string& content_type = "",
             const std::string& accept = "") {
    Request request{.method = method, .target = target, .fields = {}, .body = {}};
    if (!content_type.empty()) request.fields.add("content-type", content_type);
    if (!accept.empty()) request.fields.add("accept", accept);
    Answer answer;
    router_.answer(request, [&](const Response& response) {
      answer.status = response.status;
      answer.type = response.fields.find("content-type").value_or("");
      if (const auto* text = std::get_if<std::string>(&response.body)) answer.text = *text;
    });
    return answer;
  }

  /// What stands in the document at a place, be it there or referred to.
  static Json resolved(const Json& it) {
    if (!it.contains("$ref")) return it;
    return document().at(Json::json_pointer(it.at("$ref").get<std::string>().substr(1)));
  }
  static const Json& document() {
    static const Json json = Json::parse(as_text(openapi_json()));
    return json;
  }

  /// The path with values that the sample record has.
  [[nodiscard]] std::string target_of(std::string path) {
    const std::map<std::string, std::string> values{
        {"{object}", "incident--" + samples::uuid(1)},
        {"{entry}", "0"},
        {"{party}", registry_.registrar()},
        {"{format}", "csv"},
        {"{collection}", "statements"},
        {"{status}", "none"},
        {"{id}", "0"},
        {"{kid}", to_base64url(codec::key_id(receipt_key_.public_key()).view())},
        {"{level}", "0"},
        {"{index}", "000"},
        {"{width}", std::to_string(crypto::count(sample_.head().size))},
        {"{name}", "00000000.seg"}};
    for (const auto& [name, value] : values)
      if (const auto at = path.find(name); at != std::string::npos)
        path.replace(at, name.size(), value);
    EXPECT_EQ(path.find('{'), std::string::npos) << path;
    return path;
  }

  samples::SampleRecord sample_;
  samples::SampleRegistry& registry_ = sample_.registry();
  std::string origin_{samples::kOrigin};
  crypto::SecretKey receipt_key_ = samples::key(9, crypto::Algorithm::es256);
  PublishedCheckpoint checkpoint_{stored()};
  Withheld withheld_{registry_.files(),
                     log::HeldItems::open(registry_.place().state_path()).value()};
  log::ReceiptIssuer receipts_{
      {.files = registry_.files(), .receipt_key = receipt_key_, .origin = origin_}};
  filing::VerifiedStatements verified_;
  Registration registration_{{.registry = registry_.registry(),
                              .receipts = receipts_,
                              .verified = verified_,
                              .post = [](const std::function<void()>& task) { task(); },
                              .withhold = [](std::uint64_t /*size*/) {}}};
  Publication publication_{{.files = registry_.files(),
                            .checkpoint = checkpoint_,
                            .withheld = withheld_,
                            .vkey = crypto::print(registry_.vkey())}};
  query::Readers readers_{sample_.follower().path(), registry_.files()};
  Metrics metrics_;
  Router router_;
};

std::string name_of(Method method) {
  switch (method) {
    case Method::get:
      return "get";
    case Method::post:
      return "post";
    case Method::remove:
      return "delete";
    case Method::head:
    case Method::other:
      break;
  }
  return "";
}

Method method_of(const std::string& name) {
  return name == "get" ? Method::get : name == "post" ? Method::post : Method::remove;
}

bool is_method(const std::string& name) {
  return name == "get" || name == "post" || name == "delete";
}

TEST_F(OpenApi, IsServed) {
  const auto answer = ask(Method::get, "/openapi.json");
  EXPECT_EQ(Json::parse(answer.text, nullptr, false), document());
}

TEST_F(OpenApi, NamesEveryRouteAndNoOther) {
  std::set<std::string> described;
  for (const auto& [path, item] : document().at("paths").items()) {
    // A pattern whose last segment stands for several is described by the paths that it has.
    std::string plain = path;
    std::erase_if(plain, [](char c) { return c == '{' || c == '}'; });
    const std::string_view pattern = router_.pattern_of(plain);
    const std::string route = pattern.ends_with("*}") ? std::string(pattern) : path;
    for (const auto& [method, operation] : item.items()) {
      EXPECT_TRUE(is_method(method)) << method << " " << path;
      described.insert(method + " " + route);
    }
  }
  std::set<std::string> served;
  for (const auto& [method, pattern] : router_.routes())
    served.insert(name_of(method) + " " + pattern);
  EXPECT_EQ(described, served);
}

TEST_F(OpenApi, EveryCapturedSegmentIsAParameter) {
  for (const auto& [path, item] : document().at("paths").items()) {
    for (const auto& [method, operation] : item.items()) {
      std::set<std::string> described;
      for (const auto& it : operation.value("parameters", Json::array()))
        if (const Json parameter = resolved(it); parameter.at("in") == "path")
          described.insert(parameter.at("name"));
      std::set<std::string> captured;
      for (std::size_t at = path.find('{'); at != std::string::npos; at = path.find('{', at + 1))
        captured.insert(path.substr(at + 1, path.find('}', at) - at - 1));
      EXPECT_EQ(described, captured) << method << " " << path;
    }
  }
}

TEST_F(OpenApi, AnswersHaveADescribedStatusAndType) {
  for (const auto& [path, item] : document().at("paths").items()) {
    for (const auto& [method, operation] : item.items()) {
      const Json body = operation.value("requestBody", Json::object());
      const std::string sent = body.empty() ? "" : body.at("content").begin().key();
      const auto answer = ask(method_of(method), target_of(path), sent);
      const std::string where = method + " " + path + ": " + std::to_string(answer.status);
      const Json& responses = operation.at("responses");
      ASSERT_TRUE(responses.contains(std::to_string(answer.status))) << where;
      const Json response = resolved(responses.at(std::to_string(answer.status)));
      const std::string plain = answer.type.substr(0, answer.type.find(';'));
      const Json& content = response.at("content");
      EXPECT_TRUE(content.contains(answer.type) || content.contains(plain))
          << where << " " << answer.type;
      ASSERT_TRUE(responses.contains("default")) << where;
    }
  }
}

TEST_F(OpenApi, BothFormsOfAReceiptAreGivenAndHold) {
  const std::string target = "/entries/1";
  const auto form_of = [&](const std::string& accept) {
    return ask(Method::get, target, "", accept);
  };
  for (const char* accept :
       {"", "*/*", "application/cose", "text/html", "text/plain;q=0.5, application/cose",
        "application/cose, text/plain", "application/*, text/plain;q=0.9"})
    EXPECT_EQ(form_of(accept).type, "application/cose") << accept;
  const auto content = document()["paths"]["/entries/{id}"]["get"]["responses"]["200"]["content"];
  EXPECT_TRUE(content.contains("application/cose") && content.contains("text/plain"));
  const crypto::TreeHead head = stored().head;
  const log::LogReader log(registry_.files(), head);
  const auto leaf = log.leaf(crypto::LeafIndex{1}).value();
  for (const char* accept :
       {"text/plain", "text/*", "text/plain; charset=utf-8, application/cose;q=0.1",
        "application/cose;q=0.5, text/plain"}) {
    const auto answer = form_of(accept);
    ASSERT_EQ(answer.type, "text/plain; charset=utf-8") << accept;
    const auto proof = crypto::parse_tlog_proof(answer.text);
    ASSERT_TRUE(proof.has_value()) << answer.text;
    EXPECT_TRUE(proof->index == crypto::LeafIndex{1});
    const auto checkpoint = crypto::verify_tlog_proof(*proof, registry_.vkey(), leaf);
    ASSERT_TRUE(checkpoint.has_value());
    EXPECT_EQ(checkpoint->checkpoint.head(), head);
    const auto other = log.leaf(crypto::LeafIndex{0}).value();
    EXPECT_FALSE(crypto::verify_tlog_proof(*proof, registry_.vkey(), other).has_value());
  }
}

TEST_F(OpenApi, NamesEveryParameterOfASearch) {
  for (const char* path : {"/api/v1/search", "/feed.atom"}) {
    std::map<std::string, bool> described;
    for (const auto& ref : document().at("paths").at(path).at("get").at("parameters")) {
      const Json it = resolved(ref);
      if (it.at("in") == "query") described[it.at("name")] = it.at("schema").at("type") == "array";
    }
    std::map<std::string, bool> known;
    for (const auto& it : search_parameters()) known[std::string(it.name)] = it.repeated;
    EXPECT_EQ(described, known) << path;
  }
}

/// The names in a handler's refusal of a parameter that it doesn't know.
std::set<std::string> names_in(std::string_view detail) {
  constexpr std::string_view kBefore = "This resource has the parameters ";
  constexpr std::string_view kBehind = " and no other.";
  std::set<std::string> names;
  EXPECT_TRUE(detail.starts_with(kBefore) && detail.ends_with(kBehind)) << detail;
  if (!detail.starts_with(kBefore) || !detail.ends_with(kBehind)) return names;
  detail.remove_prefix(kBefore.size());
  detail.remove_suffix(kBehind.size());
  while (!detail.empty()) {
    const std::size_t comma = std::min(detail.find(", "), detail.size());
    names.emplace(detail.substr(0, comma));
    detail.remove_prefix(std::min(comma + 2, detail.size()));
  }
  return names;
}

TEST_F(OpenApi, NamesTheParametersThatHandlersHave) {
  std::size_t asked = 0;
  for (const auto& [path, item] : document().at("paths").items()) {
    if ((!path.starts_with("/api/") && path != "/feed.atom") || !item.contains("get")) continue;
    std::set<std::string> described;
    for (const auto& ref : item.at("get").at("parameters"))
      if (const Json it = resolved(ref); it.at("in") == "query") described.insert(it.at("name"));
    const auto answer = ask(Method::get, target_of(path) + "?unheard=");
    ASSERT_EQ(answer.status, 400U) << path << answer.text;
    const Json json = Json::parse(answer.text, nullptr, false);
    EXPECT_EQ(json.at("code"), "parameter-unknown") << path;
    EXPECT_EQ(names_in(json.at("detail").get<std::string>()), described) << path;
    ++asked;
  }
  EXPECT_EQ(asked, 11U);
}

TEST_F(OpenApi, NamesTheFieldsThatTaxiiMatches) {
  std::size_t asked = 0;
  for (const auto& [path, item] : document().at("paths").items()) {
    if (!path.starts_with("/taxii2/") || !item.contains("get")) continue;
    std::set<std::string> described;
    for (const auto& ref : item.at("get").value("parameters", Json::array()))
      if (const Json it = resolved(ref); it.at("in") == "query") described.insert(it.at("name"));
    if (described.empty()) continue;
    for (const char* field : {"id", "spec_version", "type", "version"}) {
      const std::string name = std::string("match[") + field + "]";
      const auto answer = ask(Method::get, target_of(path) + "?" + name + "=");
      EXPECT_EQ(answer.status, 400U) << path << " " << name;
      const Json json = Json::parse(answer.text, nullptr, false);
      EXPECT_EQ(json.value("error_code", ""), "taxii-filter-malformed") << path << " " << name;
      const std::string detail = json.value("description", "");
      const bool is_there = detail.contains("has no value") || detail.contains("an empty value");
      EXPECT_EQ(is_there, described.contains(name)) << path << " " << detail;
      EXPECT_EQ(detail.contains("is none that this endpoint has"), !described.contains(name))
          << path << " " << detail;
    }
    ++asked;
  }
  EXPECT_EQ(asked, 4U);
}

TEST_F(OpenApi, EveryParameterIsTaken) {
  for (const auto& [path, item] : document().at("paths").items()) {
    if (!path.starts_with("/api/") || !item.contains("get")) continue;
    for (const auto& ref : item.at("get").at("parameters")) {
      const Json it = resolved(ref);
      if (it.at("in") != "query") continue;
      const std::string name = it.at("name");
      const auto answer = ask(Method::get, target_of(path) + "?" + name + "=");
      const Json json = Json::parse(answer.text, nullptr, false);
      EXPECT_NE(json.is_object() ? json.value("code", "") : "", "parameter-unknown")
          << path << " " << name;
    }
  }
}

}  // namespace
}  // namespace comity::views
