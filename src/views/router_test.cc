#include "views/router.h"

#include <gtest/gtest.h>

#include "views/problem.h"

namespace comity::views {
namespace {

Handler says(std::string name) {
  return [name = std::move(name)](const Call& call) -> Result<Response> {
    std::string text = name;
    for (const auto& capture : call.captures) text += " " + capture;
    return Response{.status = 200, .fields = {}, .body = text};
  };
}

class RouterTest : public testing::Test {
 protected:
  RouterTest() {
    router_.add(Method::get, "/", says("root"));
    router_.add(Method::get, "/taxii2/", says("discovery"));
    router_.add(Method::get, "/taxii2/{root}/collections/{id}/", says("collection"));
    router_.add(Method::get, "/taxii2/{root}/collections/all/", says("all"));
    router_.add(Method::get, "/tile/{path*}", says("tile"));
    router_.add(Method::get, "/tile/entries/{path*}", says("bundle"));
    router_.add(Method::get, "/entries/{id}", says("entry"));
    router_.add(Method::post, "/entries", says("posted"));
    router_.add(Method::get, "/objects/{+name}", says("object"));
    router_.add(Method::get, "/segments/public/{name}", says("segment"));
    router_.add(Method::get, "/both", says("got"));
    router_.add(Method::post, "/both", says("posted"));
    router_.add(Method::get, "/refused",
                [](const Call&) -> Result<Response> { return refuse("object-unknown", "None."); });
    router_.errors_under("/entries", concise_problem);
    router_.errors_under("/taxii2/", [](const Error& error) {
      return Response{.status = 418, .fields = {}, .body = error.code()};
    });
  }

  Response ask(std::string target, Method method = Method::get) {
    const Request request{.method = method, .target = std::move(target), .fields = {}, .body = {}};
    std::optional<Response> answer;
    router_.answer(request, [&](Response response) { answer = std::move(response); });
    EXPECT_TRUE(answer);
    return std::move(*answer);
  }
  std::string text(std::string target, Method method = Method::get) {
    const Response response = ask(std::move(target), method);
    return response.status == 200 ? std::get<std::string>(response.body)
                                  : std::to_string(response.status);
  }

  Router router_;
};

TEST_F(RouterTest, FindsHandlersAndCaptures) {
  EXPECT_EQ(text("/"), "root");
  EXPECT_EQ(text("/taxii2/?limit=1"), "discovery");
  EXPECT_EQ(text("/taxii2/api/collections/x%20y/"), "collection api x y");
  EXPECT_EQ(text("/taxii2/api/collections/all/"), "all api");
  EXPECT_EQ(text("/tile/0/x001/002"), "tile 0 x001 002");
  EXPECT_EQ(text("/tile/entries/002"), "bundle 002");
  EXPECT_EQ(text("/both", Method::head), "got");
  EXPECT_EQ(text("/both", Method::post), "posted");
  EXPECT_EQ(router_.pattern_of("/tile/entries/000?x"), "/tile/entries/{path*}");
  EXPECT_EQ(router_.pattern_of("/nothing"), "");
}

TEST_F(RouterTest, WhatIsNotThereIsNotFound) {
  for (const std::string_view target :
       {"/nothing", "/tile", "/tile/", "//", "/tile//", "/entries//", "/taxii2x/", "/entries/1/2"})
    EXPECT_EQ(ask(std::string(target)).status, 404U) << target;
  EXPECT_EQ(ask("/%").status, 400U);
}

TEST_F(RouterTest, AnEncodedSlashIsForThoseAloneWhoTakeIt) {
  EXPECT_EQ(text("/objects/A%2FB"), "object A/B");
  EXPECT_EQ(text("/objects/A%2fB%2F"), "object A/B/");
  EXPECT_EQ(ask("/objects/A%2FB/").fields.find("location"), "/objects/A%2FB");
  EXPECT_EQ(router_.pattern_of("/objects/A%2FB"), "/objects/{name}");
  for (const std::string_view target :
       {"/objects/A/B", "/objects%2FA", "/tile%2F0", "/tile/..%2fprivate", "/tile/0/x001%2F002",
        "/tile/%2e%2e%2Fnote.key", "/tile/%2F", "/segments/public/..%2Fhidden%2Findex",
        "/segments%2Fpublic/index", "/entries/1%2F2", "/taxii2%2F",
        "/taxii2/api/collections/a%2Fb/"}) {
    const auto status = ask(std::string(target)).status;
    EXPECT_TRUE(status == 404 || status == 418) << target;
  }
}

TEST_F(RouterTest, ASlashAloneIsRedirected) {
  const Response response = ask("/taxii2?a=/");
  EXPECT_EQ(response.status, 308U);
  EXPECT_EQ(response.fields.find("location"), "/taxii2/?a=/");
  EXPECT_EQ(ask("/entries/7/").fields.find("location"), "/entries/7");
}

TEST_F(RouterTest, OtherMethodsAreTold) {
  const Response response = ask("/both", Method::other);
  EXPECT_EQ(response.status, 405U);
  EXPECT_EQ(response.fields.find("allow"), "GET, HEAD, POST");
  EXPECT_EQ(ask("/entries").fields.find("allow"), "POST");
  EXPECT_EQ(ask("/tile/entries/0", Method::post).fields.find("allow"), "GET, HEAD");
}

TEST_F(RouterTest, ErrorsAreWrittenAsTheirPartOfTheTreeHasThem) {
  EXPECT_EQ(ask("/refused").status, 404U);
  EXPECT_EQ(ask("/refused").fields.find("content-type"), "application/problem+json");
  EXPECT_EQ(ask("/taxii2/x").status, 418U);
  EXPECT_EQ(ask("/taxii2/%").status, 418U);
  EXPECT_EQ(ask("/entries/1/2").fields.find("content-type"),
            "application/concise-problem-details+cbor");
  EXPECT_EQ(router_.error("/taxii2", Fault{"x"}).status, 418U);
}

TEST_F(RouterTest, FaultsAreToldOf) {
  std::vector<std::string> told;
  router_.faults_to([&](std::string_view target, const Error& error) {
    told.push_back(std::string(target) + ": " + error.sentence());
  });
  router_.add(Method::get, "/broken",
              [](const Call&) -> Result<Response> { return fail("The disk is gone"); });
  EXPECT_EQ(ask("/broken").status, 500U);
  EXPECT_EQ(ask("/refused").status, 404U);
  EXPECT_EQ(told, std::vector<std::string>{"/broken: The disk is gone"});
}

TEST_F(RouterTest, SomeAnswerAtOnce) {
  router_.add_at_once(Method::get, "/healthz", says("healthy"));
  EXPECT_EQ(text("/healthz"), "healthy");
  const auto at_once = [&](std::string target, Method method) {
    return router_.answers_at_once(
        {.method = method, .target = std::move(target), .fields = {}, .body = {}});
  };
  for (const Method method : {Method::get, Method::head}) {
    EXPECT_TRUE(at_once("/healthz", method));
    EXPECT_TRUE(at_once("/healthz?x=/", method));
  }
  EXPECT_FALSE(at_once("/healthz", Method::post));
  for (const char* target : {"/healthz/", "/health", "/both", "/tile/0", "/nothing", "", "%"})
    EXPECT_FALSE(at_once(target, Method::get)) << target;
}

TEST_F(RouterTest, AnswersMayComeLater) {
  Answer kept;
  router_.add_async(Method::get, "/later",
                    [&](const Call&, Answer answer) { kept = std::move(answer); });
  const Request request{.method = Method::get, .target = "/later", .fields = {}, .body = {}};
  std::optional<Response> answer;
  router_.answer(request, [&](Response response) { answer = std::move(response); });
  EXPECT_FALSE(answer);
  kept(refuse("object-unknown", "None."));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 404U);
}

}  // namespace
}  // namespace comity::views
