#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <openssl/evp.h>

#include "base/limits.h"
#include "codec/json.h"
#include "stix/finding_code.h"
#include "stix/validator.h"

// Every rule of tests/stix/cases, written from the specification, against the validator: one test a
// rule, named by file, section and place.

namespace comity::stix {
namespace {

using Json = nlohmann::ordered_json;

const std::filesystem::path kFolder = std::filesystem::path(COMITY_SOURCE_DIR) / "tests" / "stix";

Json load(const std::filesystem::path& path) {
  std::ifstream file(path);
  return Json::parse(file);
}

struct Case {
  std::string name;
  std::vector<std::string> sections;  ///< any of them decides; none: any does
  std::string rule;
  std::string text;
  std::string expect;
  std::string path;
};

std::ostream& operator<<(std::ostream& out, const Case& one) { return out << one.rule; }

std::string decoded(const std::string& base64) {
  std::string bytes(base64.size(), 0);
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                   reinterpret_cast<const unsigned char*>(base64.data()),
                                   static_cast<int>(base64.size()));
  const auto padding = std::ranges::count(base64, '=');
  bytes.resize(static_cast<std::size_t>(size - padding));
  return bytes;
}

/// The text that a case gives, or makes of a valid object.
std::string text_of(const Json& rule, const Json& bases) {
  if (rule.contains("text")) return rule["text"];
  if (rule.contains("base64")) return decoded(rule["base64"]);
  if (rule.contains("object")) return rule["object"].dump();
  Json object = bases.at(rule["base"].get<std::string>());
  if (rule.contains("merge")) object.merge_patch(rule["merge"]);
  if (rule.contains("patch")) object = object.patch(rule["patch"]);
  return object.dump();
}

std::string as_name(const std::string& text) {
  std::string name;
  for (const char c : text) name += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
  return name;
}

std::vector<Case> load_cases() {
  std::vector<Case> cases;
  const Json bases = load(kFolder / "valid_objects.json");
  for (const auto& [name, object] : bases.items())
    cases.push_back({"valid_" + as_name(name), {}, name, object.dump(), "valid", ""});
  std::set<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder / "cases"))
    if (entry.path().extension() == ".json") files.insert(entry.path());
  for (const auto& file : files) {
    std::size_t number = 0;
    for (const Json& rule : load(file)) {
      const std::string section = rule["section"];
      std::vector<std::string> sections = rule.value("also", std::vector<std::string>());
      sections.push_back(section);
      if (section.empty()) sections.clear();
      cases.push_back(
          {as_name(file.stem().string()) + "_" + as_name(section) + "_n" + std::to_string(number++),
           std::move(sections), rule["rule"], text_of(rule, bases), rule["expect"],
           rule.value("path", "")});
    }
  }
  return cases;
}

const std::vector<Case>& all_cases() {
  static const std::vector<Case> all = load_cases();
  return all;
}

/// Whether `b` is `a` or goes on behind it with another part.
bool is_prefix(std::string_view a, std::string_view b, std::string_view parts) {
  return b.starts_with(a) && (b.size() == a.size() || parts.find(b[a.size()]) < parts.size());
}

/// Whether it is what the case expects. REQUIRES: it expects an error or a warning.
bool fits(const Finding& finding, const Case& one) {
  if (finding.level != (one.expect == "error" ? Level::error : Level::warning)) return false;
  const bool same =
      one.sections.empty() || std::ranges::any_of(one.sections, [&](auto& section) {
        return is_prefix(finding.section, section, ".") || is_prefix(section, finding.section, ".");
      });
  return same && (one.path.empty() || is_prefix(finding.path, one.path, ".["));
}

std::vector<Finding> findings_of(const std::string& text) {
  codec::JsonReader reader;
  const auto object = reader.parse(as_bytes(text));
  if (!object) return {*as_finding(object.error())};
  return Validator().validate(*object);
}

std::string spell(const std::vector<Finding>& findings) {
  std::ostringstream out;
  for (const auto& one : findings)
    out << (one.level == Level::error ? "error " : "warning ") << one.code << " at " << one.path
        << " (" << one.section << "): " << one.sentence << "\n";
  return out.str();
}

class CasesTest : public testing::TestWithParam<Case> {};

TEST_P(CasesTest, Agrees) {
  const Case& one = GetParam();
  const auto findings = findings_of(one.text);
  const auto said = one.text + "\n" + spell(findings);
  const bool error = std::ranges::any_of(findings, [](auto& f) { return f.level == Level::error; });
  if (one.expect == "valid") {
    EXPECT_TRUE(findings.empty()) << said;
    return;
  }
  if (one.expect == "warning") {
    EXPECT_FALSE(error) << said;
  }
  EXPECT_TRUE(std::ranges::any_of(findings, [&](const Finding& f) { return fits(f, one); }))
      << one.path << "\n"
      << said;
}

INSTANTIATE_TEST_SUITE_P(Specification, CasesTest, testing::ValuesIn(all_cases()),
                         [](const auto& test) { return test.param.name; });

TEST(AllCasesTest, NoneIsLost) { EXPECT_GE(all_cases().size(), 2781U); }

TEST(AllCasesTest, EveryCodeIsWhatOneExpects) {
  std::set<std::string_view> given;
  for (const Case& one : all_cases()) {
    if (one.expect == "valid") continue;
    for (const Finding& finding : findings_of(one.text))
      if (fits(finding, one)) given.insert(finding.code);
  }
  // Too large for a file of cases.
  for (const Finding& finding : findings_of(std::string(limits::kObjectBytes + 1, ' ')))
    given.insert(finding.code);
  EXPECT_EQ(given, std::set<std::string_view>(code::kAll.begin(), code::kAll.end()));
}

}  // namespace
}  // namespace comity::stix
