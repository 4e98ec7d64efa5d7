#include "views/health.h"

#include <gtest/gtest.h>

namespace comity::views {
namespace {

TEST(Health, SaysWhyItIsNotReady) {
  bool is_ready = false;
  const Metrics metrics;
  Router router;
  add_health(router, {.ready = [&is_ready]() -> Result<void> {
                        if (is_ready) return {};
                        return fail("the record is behind");
                      },
                      .metrics = metrics});
  const auto ask = [&router](std::string target) {
    const Request request{
        .method = Method::get, .target = std::move(target), .fields = {}, .body = {}};
    std::pair<unsigned, std::string> answer;
    router.answer(request, [&answer](const Response& response) {
      EXPECT_EQ(response.fields.find("cache-control"), "no-store");
      answer = {response.status, std::get<std::string>(response.body)};
    });
    return answer;
  };
  const auto [status, text] = ask("/readyz");
  EXPECT_EQ(status, 503U);
  EXPECT_NE(text.find("the record is behind"), std::string::npos) << text;
  EXPECT_EQ(ask("/healthz"), std::pair(200U, std::string("ok\n"))) << "the process answers still";
  is_ready = true;
  EXPECT_EQ(ask("/readyz"), std::pair(200U, std::string("ready\n")));
}

}  // namespace
}  // namespace comity::views
