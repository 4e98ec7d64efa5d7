#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "stix/finding_code.h"

namespace comity::stix {
namespace {

TEST(FindingsPageTest, ListsEveryCodeAndNoOther) {
  std::ifstream page(std::filesystem::path(COMITY_SOURCE_DIR) / "docs/reference/findings.md");
  ASSERT_TRUE(page);
  std::set<std::string> listed;
  for (std::string line; std::getline(page, line);) {
    std::smatch row;
    if (!std::regex_search(line, row, std::regex(R"(^\| `(stix-[a-z0-9-]+)` \|)"))) continue;
    EXPECT_TRUE(listed.insert(row[1]).second) << line;
  }
  const std::set<std::string> codes(code::kAll.begin(), code::kAll.end());
  EXPECT_EQ(codes.size(), code::kAll.size());
  EXPECT_EQ(listed, codes);
}

}  // namespace
}  // namespace comity::stix
