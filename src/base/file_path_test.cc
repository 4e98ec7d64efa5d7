#include "base/file_path.h"

#include <gtest/gtest.h>

namespace comity {
namespace {

TEST(FilePath, SplitsWhatIsSafe) {
  using Parts = std::vector<std::string_view>;
  EXPECT_EQ(path_parts("checkpoint").value(), (Parts{"checkpoint"}));
  EXPECT_EQ(path_parts("tile/entries/x001/234.p/17").value(),
            (Parts{"tile", "entries", "x001", "234.p", "17"}));
}

TEST(FilePath, RefusesWhatCouldLeadOutside) {
  const std::string deep = [] {
    std::string path = "a";
    for (int i = 0; i < 32; ++i) path += "/a";
    return path;
  }();
  for (const std::string& path :
       {std::string(), std::string("/"), std::string("/etc/passwd"), std::string("a/"),
        std::string("a//b"), std::string("."), std::string(".."), std::string("a/../b"),
        std::string("a/./b"), std::string(".hidden"), std::string("a\\b"), std::string("a\nb"),
        std::string("a\0b", 3), std::string(256, 'a'), deep})
    EXPECT_EQ(path_parts(path).error().code(), "path-unsafe") << path;
  EXPECT_TRUE(path_parts(deep.substr(2)).has_value());
  EXPECT_TRUE(path_parts(std::string(255, 'a')).has_value());
}

}  // namespace
}  // namespace comity
