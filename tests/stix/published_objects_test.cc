#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "codec/json.h"
#include "codec/json_slices.h"
#include "intake/definitions.h"
#include "intake/embedded.h"
#include "intake/landmarks.h"
#include "intake/rulebooks.h"
#include "stix/finding_code.h"
#include "stix/validator.h"

// What Comity and others publish passes.

namespace comity::stix {
namespace {

constexpr UnixMicros kCreated{1'750'000'000'000'000};

std::vector<Finding> findings_of(ByteView text) {
  codec::JsonReader reader;
  const auto object = reader.parse(text);
  if (!object) return {*as_finding(object.error())};
  return Validator().validate(*object);
}

/// Recommendations that the import does not follow: ids of version 4, the hash of a page that
/// nobody captured, relationships that STIX 2.1 has no name for (docs/mapping.md says why), and
/// `lang`, whose default is what the texts are in.
bool is_accepted(const Finding& finding) {
  return finding.level == Level::warning &&
         (finding.code == code::kUuidVersion || finding.code == code::kReferenceHash ||
          finding.code == code::kRelationshipTable ||
          (finding.code == code::kRecommended && finding.section == "3.2"));
}

TEST(PublishedObjectsTest, AllThatTheImportMakesIsValid) {
  const intake::Importer importer{"identity--0c5e3b8a-6d3f-4b52-9c1e-5d1f6a2b7c90", kCreated};
  const auto record = intake::landmarks(intake::landmarks_json(), importer);
  const auto books = intake::rulebooks(intake::norms_json(), importer);
  ASSERT_TRUE(record && books);
  std::vector<std::string> objects = intake::definitions();
  const auto add = [&](const std::vector<std::string>& more) {
    objects.insert(objects.end(), more.begin(), more.end());
  };
  add(record->common);
  for (const auto& made : record->cases) add(made.objects);
  for (const auto& made : *books) add(made.objects);
  EXPECT_GT(objects.size(), 500U);
  for (const auto& object : objects)
    for (const auto& finding : findings_of(as_bytes(object)))
      EXPECT_TRUE(is_accepted(finding))
          << finding.code << " " << finding.path << ": " << finding.sentence << "\n"
          << object;
}

/// The bundle as it is published, and nothing where it is not there.
std::string attack_for_ics() {
  const char* shared = std::getenv("COMITY_SHARED");
  const auto path = std::filesystem::path(shared ? shared : "") / "attack" / "ics-attack-18.1.json";
  if (!shared || !std::filesystem::exists(path)) return {};
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void expect_no_errors(ByteView text) {
  for (const auto& finding : findings_of(text))
    EXPECT_EQ(finding.level, Level::warning)
        << finding.code << " " << finding.path << ": " << finding.sentence << "\n"
        << as_text(text).substr(0, 2000);
}

TEST(PublishedObjectsTest, AttackForIcsHasNoErrors) {
  const std::string text = attack_for_ics();
  if (text.empty()) GTEST_SKIP() << "COMITY_SHARED names no folder with ics-attack-18.1.json";
  const auto objects = codec::json_elements(as_bytes(text), "objects");
  ASSERT_TRUE(objects);
  EXPECT_EQ(objects->size(), 1826U);
  for (const ByteView object : *objects) expect_no_errors(object);
}

/// With what its objects break together.
TEST(PublishedObjectsTest, AttackForIcsHasNoErrorsAsABundle) {
  const std::string text = attack_for_ics();
  if (text.empty()) GTEST_SKIP() << "COMITY_SHARED names no folder with ics-attack-18.1.json";
  expect_no_errors(as_bytes(text));
  codec::JsonReader reader;
  const auto bundle = reader.parse(as_bytes(text));
  ASSERT_TRUE(bundle);
  EXPECT_FALSE(Validator().first_error(*bundle));
}

/// The specification's own examples (tests/stix/README.md): 23 have an id that is not the computed
/// one, which is a warning.
TEST(PublishedObjectsTest, TheExamplesOfTheSpecificationHaveNoErrors) {
  std::size_t examples = 0;
  const std::filesystem::path directory = COMITY_SOURCE_DIR "/tests/stix/examples";
  for (const auto& place : std::filesystem::directory_iterator(directory)) {
    std::ifstream file(place.path(), std::ios::binary);
    for (const auto& example : nlohmann::json::parse(file)) {
      const std::string object = example["object"].dump();
      for (const auto& finding : findings_of(as_bytes(object)))
        EXPECT_EQ(finding.level, Level::warning) << place.path() << " " << finding.code << " "
                                                 << finding.path << ": " << finding.sentence << "\n"
                                                 << object;
      ++examples;
    }
  }
  EXPECT_EQ(examples, 167U);
}

}  // namespace
}  // namespace comity::stix
