#include "views/target.h"

#include <gtest/gtest.h>

namespace comity::views {
namespace {

using Segments = std::vector<std::string>;

TEST(Target, IsTakenApart) {
  const auto target = parse_target("/a/b%20c/?x=1&y=%C3%A4+b&y=2&z&=");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, (Segments{"a", "b c"}));
  EXPECT_TRUE(target->trailing_slash);
  ASSERT_EQ(target->query.size(), 5U);
  EXPECT_EQ(target->find("y"), "\u00e4 b");
  EXPECT_EQ(target->query[2].second, "2");
  EXPECT_EQ(target->find("z"), "");
  EXPECT_EQ(target->find("w"), std::nullopt);
}

TEST(Target, NothingBetweenSignsIsNoParameter) {
  EXPECT_TRUE(parse_target("/a?").value().query.empty());
  EXPECT_EQ(parse_target("/a?&b=1&").value().query.size(), 1U);
  EXPECT_EQ(parse_target("/a?=1").value().query.size(), 1U);
}

TEST(Target, PathsKeepEverySegment) {
  EXPECT_EQ(parse_target("/")->path, Segments{});
  EXPECT_TRUE(parse_target("/")->trailing_slash);
  EXPECT_EQ(parse_target("/a")->path, Segments{"a"});
  EXPECT_FALSE(parse_target("/a")->trailing_slash);
  EXPECT_EQ(parse_target("//a//b")->path, (Segments{"", "a", "", "b"}));
  EXPECT_EQ(parse_target("/a//")->path, (Segments{"a", ""}));
  EXPECT_EQ(parse_target("/tile/../private/")->path, (Segments{"tile", "..", "private"}));
  EXPECT_EQ(parse_target("/%2e%2E/x")->path, (Segments{"..", "x"}));
}

TEST(Target, AnEncodedSlashIsPartOfItsSegment) {
  EXPECT_EQ(parse_target("/a%2Fb")->path, Segments{"a/b"});
  EXPECT_EQ(parse_target("/a%2fb/c")->path, (Segments{"a/b", "c"}));
  EXPECT_EQ(parse_target("/tile/..%2F..%2fkey")->path, (Segments{"tile", "../../key"}));
  EXPECT_EQ(parse_target("/%2F")->path, Segments{"/"});
  EXPECT_FALSE(parse_target("/a%2F")->trailing_slash);
  EXPECT_EQ(parse_target("/a%252Fb")->path, Segments{"a%2Fb"}) << "decoded once";
}

TEST(Target, BracketsMayStandInTheQuery) {
  for (const std::string_view text : {"/a?match[type]=x[]", "/a?match%5Btype%5D=x%5b%5d"})
    EXPECT_EQ(parse_target(text)->find("match[type]"), "x[]") << text;
  EXPECT_EQ(parse_target("/a[b]?c").error().code(), "target-malformed");
}

TEST(Target, AbsoluteFormIsTakenForItsPath) {
  for (const auto& [absolute, origin] : std::vector<std::pair<std::string_view, std::string_view>>{
           {"http://registry.example/checkpoint", "/checkpoint"},
           {"HTTPS://Registry.Example:8443/a/b?c=d&match[type]=x", "/a/b?c=d&match[type]=x"},
           {"http://127.0.0.1:80/", "/"},
           {"http://[2001:db8::1]:80/a", "/a"},
           {"http://registry.example", "/"},
           {"http://registry.example?q=http://x/", "/?q=http://x/"},
           {"http://registry.example//a", "//a"},
           {"/a?b=http://x/y", "/a?b=http://x/y"}}) {
    EXPECT_EQ(origin_form(absolute), origin) << absolute;
    EXPECT_TRUE(parse_target(origin)) << origin;
  }
  for (const std::string_view other :
       {"", "*", "a", "registry.example:443", "ftp://registry.example/a", "http:/a", "http:///a",
        "http://", "http://:80/a", "http://user@registry.example/a", "http://a b/c",
        "http://registry.example#a"}) {
    EXPECT_FALSE(parse_target(origin_form(other))) << other;
  }
}

TEST(Target, RefusesWhatIsNoTarget) {
  for (const std::string_view bad :
       {"", "a", "*", "?x", "http://a/b", "/a b", "/%", "/%g0", "/a%00", "/a?x=%00", "/%ff",
        "/?x=%ff", "/a#b", "/a\r\nb", "/\xc3\xa4", "/{a}", "/a?x=\"", "/a\\b"}) {
    const auto target = parse_target(bad);
    ASSERT_FALSE(target) << bad;
    EXPECT_EQ(target.error().code(), "target-malformed") << bad;
  }
  const std::string longest = "/" + std::string(kTargetBytes - 1, 'a');
  EXPECT_TRUE(parse_target(longest));
  EXPECT_EQ(parse_target(longest + "a").error().code(), "target-too-long");
}

}  // namespace
}  // namespace comity::views
