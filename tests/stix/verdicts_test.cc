#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "codec/json.h"
#include "stix/validator.h"

// The verdicts of OASIS's own validator on the objects of its tests. Where the specification says
// otherwise than that program, the specification decides, and the deviation stands here.

namespace comity::stix {
namespace {

using Json = nlohmann::ordered_json;

/// A verdict that ours differs from: the test of the official validator, on how many of its
/// objects, what ours says, and which sentence of the specification decides.
struct Deviation {
  std::string_view test;
  int objects;
  bool valid;
  std::string_view section;
  std::string_view reason;
};

constexpr std::string_view kIs20 =
    "An object without spec_version 2.1 is STIX 2.0, which this program reads by other schemas.";
constexpr std::string_view kShortUuid =
    "An identifier ends in a UUID of RFC 4122; the last group of src_ref has eleven digits.";

constexpr Deviation kDeviations[] = {
    {"test_all", 6, false, "3.2", kIs20},
    {"test_bundle", 2, false, "3.2", kIs20},
    {"test_bundle_and_object", 3, false, "3.2", kIs20},
    {"test_cmd", 2, false, "3.2", kIs20},
    {"test_cmd_and_bundle", 4, false, "3.2", kIs20},
    {"test_cmd_and_obj", 2, false, "3.2", kIs20},
    {"test_object", 1, false, "3.2", kIs20},
    {"test_invalid_start_end_time", 1, false, "2.9", kShortUuid},
    {"test_network_traffic_end_is_active", 1, false, "2.9", kShortUuid},
    {"test_network_traffic_http_request_header", 2, false, "2.9", kShortUuid},
    {"test_network_traffic_ipfix", 2, false, "2.9", kShortUuid},
    {"test_network_traffic_ports", 4, false, "2.9", kShortUuid},
    {"test_network_traffic_protocols", 3, false, "2.9", kShortUuid},
    {"test_network_traffic_socket_options", 2, false, "2.9", kShortUuid},
    {"test_wellformed_network_traffic", 1, false, "2.9", kShortUuid},
    {"test_parse_args_no_files", 1, false, "3.2",
     "created_by_ref is the id of an identity; the program takes any identifier."},
    {"test_artifact_mime_type", 1, true, "6.1.1",
     "A media type of the registry is recommended (SHOULD), not required."},
    {"test_software_language", 1, true, "6.14.1",
     "Languages are tags of RFC 5646; bbb is in its registry, the program has a shorter list."},
};

std::string first_error(const Json& object) {
  codec::JsonReader reader;
  const std::string text = object.dump();
  const auto read = reader.parse(as_bytes(text));
  if (!read) return as_finding(read.error())->sentence;
  const auto error = Validator().first_error(*read);
  if (!error) return "";
  return std::string(error->code) + " " + error->path + " (" + std::string(error->section) + ") " +
         error->sentence;
}

TEST(VerdictsTest, AgreeWithTheOfficialValidator) {
  const char* shared = std::getenv("COMITY_SHARED");
  const auto path =
      std::filesystem::path(shared ? shared : "") / "stix" / "validator-verdicts.json";
  if (!shared || !std::filesystem::exists(path))
    GTEST_SKIP() << "COMITY_SHARED names no folder with stix/validator-verdicts.json";
  std::ifstream file(path);
  const Json verdicts = Json::parse(file);
  std::map<std::string, int> used;
  int compared = 0;
  for (const Json& verdict : verdicts) {
    if (verdict["must_verdict"].is_null() || !verdict["object"].is_object()) continue;
    ++compared;
    const bool expected = verdict["must_verdict"];
    const std::string error = first_error(verdict["object"]);
    if (error.empty() == expected) continue;
    const std::string test = verdict["test"];
    const bool listed = std::ranges::any_of(kDeviations, [&](const Deviation& one) {
      return one.test == test && one.valid == error.empty();
    });
    ++used[test];
    EXPECT_TRUE(listed) << test << ": the official validator says " << expected
                        << ", ours: " << error << "\n"
                        << verdict["errors"] << "\n"
                        << verdict["object"].dump();
  }
  EXPECT_EQ(compared, 358);
  for (const auto& one : kDeviations)
    EXPECT_EQ(used[std::string(one.test)], one.objects) << one.test;
}

}  // namespace
}  // namespace comity::stix
