#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "views/router.h"
#include "views/taxii_routes.h"

#include "query/readers.h"
#include "tests/query/published_objects.h"
#include "tests/views/read_answer.h"

namespace comity::views {

/// A registry whose record is served by TAXII, asked without sockets.
class TaxiiRegistry : public ::testing::Test {
 protected:
  static constexpr const char* kRoot = "/taxii2/public/";
  static constexpr const char* kType = "application/taxii+json;version=2.1";

  explicit TaxiiRegistry(query::ReaderLimits limits = {})
      : readers_(sample_.follower().path(), sample_.registry().files(), limits) {
    add_taxii(router_, {.readers = readers_,
                        .origin = std::string(samples::kOrigin),
                        .registrar = sample_.registry().registrar(),
                        .title = "Test registry",
                        .contact = "somebody@example.org",
                        .max_content_length = 123'456});
  }

  ReadAnswer send(const Request& request) {
    sample_.follow();
    ReadAnswer answer;
    router_.answer(request, [&](Response response) {
      answer.status = response.status;
      answer.fields = std::move(response.fields);
      answer.text = std::get<std::string>(response.body);
    });
    answer.json = Json::parse(answer.text, nullptr, false);
    return answer;
  }
  ReadAnswer get(const std::string& target, const std::string& accept = kType) {
    return send({.method = Method::get,
                 .target = target,
                 .fields = fields_of({{"accept", accept}}),
                 .body = {}});
  }
  static Fields fields_of(const std::vector<std::pair<std::string, std::string>>& all) {
    Fields fields;
    for (const auto& [name, value] : all)
      if (!value.empty()) fields.add(name, value);
    return fields;
  }

  /// The URL of what is under a collection.
  static std::string in(std::string_view collection, std::string_view rest = "") {
    return std::string(kRoot) + "collections/" + std::string(collection) + "/" + std::string(rest);
  }
  /// The ids of an envelope's objects or a manifest's records.
  static std::vector<std::string> ids(const ReadAnswer& answer) {
    std::vector<std::string> all;
    EXPECT_EQ(answer.status, 200U) << answer.text;
    if (answer.json.contains("objects"))
      for (const auto& it : answer.json["objects"]) all.push_back(it["id"]);
    return all;
  }
  static std::string note(int number) { return "note--" + samples::uuid(number); }
  static std::string incident(int number) { return "incident--" + samples::uuid(number); }

  samples::SampleRecord sample_;
  query::Readers readers_;
  Router router_;
};

}  // namespace comity::views
