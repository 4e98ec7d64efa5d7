#include "views/accept.h"

#include <array>

#include <gtest/gtest.h>

namespace comity::views {
namespace {

constexpr std::array<std::string_view, 3> kOffered{"application/taxii+json;version=2.1",
                                                   "application/json", "text/html"};

std::string_view chosen(std::optional<std::string_view> field) {
  const auto place = choose(field, kOffered);
  return place ? kOffered.at(*place) : "nothing";
}

TEST(Accept, ChoosesWhatIsLikedBest) {
  EXPECT_EQ(chosen(std::nullopt), kOffered[0]);
  EXPECT_EQ(chosen("*/*"), kOffered[0]);
  EXPECT_EQ(chosen("application/json"), "application/json");
  EXPECT_EQ(chosen("APPLICATION/JSON ; charset=\"utf-8\""), "nothing");
  EXPECT_EQ(chosen("text/*, application/json;q=0.5"), "text/html");
  EXPECT_EQ(chosen("text/html;q=0.2, application/json;q=0.25"), "application/json");
  EXPECT_EQ(chosen("*/*;q=0.1, application/*;q=0"), "text/html");
  EXPECT_EQ(chosen("application/json;q=0, */*"), kOffered[0]);
  EXPECT_EQ(chosen("image/png"), "nothing");
  EXPECT_EQ(chosen("*/*;q=0"), "nothing");
  EXPECT_EQ(chosen(""), "nothing");
}

TEST(Accept, ParametersOfARangeMustBeTheTypes) {
  EXPECT_EQ(chosen("application/taxii+json"), kOffered[0]);
  EXPECT_EQ(chosen("application/taxii+json;version=2.1"), kOffered[0]);
  EXPECT_EQ(chosen("application/taxii+json; Version=\"2.1\" ;q=0.3"), kOffered[0]);
  EXPECT_EQ(chosen("application/taxii+json;version=2.0"), "nothing");
  // The closer range decides, though the other weighs more.
  EXPECT_EQ(chosen("application/taxii+json;version=2.1;q=0, application/taxii+json"), "nothing");
}

TEST(Accept, LeavesOutWhatIsMalformed) {
  for (const std::string_view bad :
       {"json", "a/", "/b", "a/b/c", "text/html;q=2", "text/html;q=x", "text/html;q=0.1234",
        "text/html;q=", "text/html;=", "{}", "text/html;x=\"open", "*/json"})
    EXPECT_EQ(chosen(bad), "nothing") << bad;
  EXPECT_EQ(chosen("a/b;x=\"1,2\\\"\" c, text/html"), "text/html");
  EXPECT_EQ(chosen(", ,text/html;;"), "text/html");
}

TEST(MediaTypes, AreReadWhole) {
  const auto media = parse_media_type("Application/TAXII+json; Version=2.1 ; x=\"a\\\"b\"");
  ASSERT_TRUE(media);
  EXPECT_TRUE(media->is("application/taxii+json"));
  EXPECT_FALSE(media->is("application/taxii"));
  EXPECT_EQ(media->parameter("version"), "2.1");
  EXPECT_EQ(media->parameter("x"), "a\"b");
  for (const std::string_view bad : {"", "text", "text/html,", "text/html x", "text/html;a"})
    EXPECT_FALSE(parse_media_type(bad)) << bad;
}

TEST(Codings, AreTakenWhereTheyAreNamed) {
  EXPECT_FALSE(accepts_coding(std::nullopt, "gzip"));
  EXPECT_TRUE(accepts_coding("br, GZIP", "gzip"));
  EXPECT_TRUE(accepts_coding("*", "gzip"));
  EXPECT_FALSE(accepts_coding("*;q=0", "gzip"));
  EXPECT_FALSE(accepts_coding("gzip;q=0, *", "gzip"));
  EXPECT_TRUE(accepts_coding("*;q=0, gzip ; q=0.1", "gzip"));
  EXPECT_FALSE(accepts_coding("identity", "gzip"));
  EXPECT_FALSE(accepts_coding("gzip;q=x", "gzip"));
}

}  // namespace
}  // namespace comity::views
