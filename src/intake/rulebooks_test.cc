#include "intake/rulebooks.h"

#include <set>

#include <nlohmann/json.hpp>

#include "codec/json.h"
#include "filing/object.h"
#include "intake/definitions.h"
#include "intake/embedded.h"

#include "tests/golden.h"
#include "tests/intake/importer.h"

namespace comity::intake {
namespace {

using Json = nlohmann::ordered_json;

Result<std::vector<Case>> import_rulebooks(const Json& file) {
  const std::string text = file.dump();
  return rulebooks(as_bytes(text), kImporter);
}

TEST(Rulebooks, CountsAndForm) {
  const auto books = rulebooks(norms_json(), kImporter);
  ASSERT_TRUE(books);
  EXPECT_EQ(books->size(), 9U);
  codec::JsonReader reader;
  std::size_t norms = 0;
  for (const Case& book : *books) {
    std::set<std::string> ids;
    for (const std::string& text : book.objects) {
      const auto head = filing::read_object(as_bytes(text), reader);
      ASSERT_TRUE(head) << head.error().sentence();
      ids.insert(head->id);
    }
    EXPECT_EQ(ids.size(), book.objects.size());
    const Json grouping = Json::parse(book.objects.back());
    EXPECT_EQ(grouping["type"], "grouping");
    EXPECT_EQ(grouping["object_refs"].size(), book.objects.size() - 1);
    for (const Json& ref : grouping["object_refs"]) EXPECT_TRUE(ids.contains(ref));
    norms += book.objects.size() - 1;
  }
  EXPECT_EQ(norms, 84U);
}

TEST(Rulebooks, TheRuleIsCarriedAsItStands) {
  const Json file = Json::parse(as_text(norms_json()));
  const auto books = rulebooks(norms_json(), kImporter);
  ASSERT_TRUE(books);
  std::map<std::string, Json> meanings;
  for (const Case& book : *books)
    for (const std::string& text : book.objects) {
      const Json object = Json::parse(text);
      meanings[object["name"]] = object["extensions"][kExtension];
    }
  for (const Json& norm : file["norms"]) {
    const Json& meaning = meanings.at(norm["id"]);
    EXPECT_EQ(meaning.value("rule", Json()), norm["rule"]) << norm["id"];
    EXPECT_EQ(meaning["binds"], norm["binds"]);
    EXPECT_EQ(meaning["ref"], norm["ref"]);
  }
}

TEST(Rulebooks, WhatWasCheckedAndWhatIsUnsureIsCarried) {
  Json file = Json::parse(as_text(norms_json()));
  file["rulebooks"] = Json::array({file["rulebooks"][0]});
  file["norms"] = Json::array({file["norms"][0], file["norms"][1]});
  file["norms"][1]["unsure"] = "the number";
  const auto books = import_rulebooks(file);
  ASSERT_TRUE(books) << books.error().sentence();
  std::vector<Json> meanings;
  for (const std::string& object : books->front().objects)
    meanings.push_back(Json::parse(object)["extensions"][kExtension]);
  EXPECT_FALSE(meanings[0].contains("unsure"));
  EXPECT_EQ(meanings[1]["unsure"], "the number");
  EXPECT_EQ(meanings[2]["document"], file["rulebooks"][0]["document"]);
  EXPECT_EQ(meanings[2]["checked"], file["rulebooks"][0]["checked"]);

  file["rulebooks"][0]["checked"]["against"] = Json::array();
  const auto unfound = import_rulebooks(file);
  ASSERT_TRUE(unfound) << unfound.error().sentence();
  const Json book = Json::parse(unfound->front().objects.back());
  EXPECT_EQ(book["extensions"][kExtension]["checked"],
            (Json{{"on", file["rulebooks"][0]["checked"]["on"]}}));
}

TEST(Rulebooks, Golden) {
  const auto books = rulebooks(norms_json(), kImporter);
  ASSERT_TRUE(books);
  std::string text;
  for (const std::string& object : books->front().objects) text += object + "\n";
  testing::expect_golden("intake/un-gge-2015.ndjson", text);
}

Json small_rulebooks() {
  Json file = Json::parse(as_text(norms_json()));
  file["rulebooks"] = Json::array({file["rulebooks"][0]});
  file["norms"] = Json::array({file["norms"][1]});
  return file;
}

void expect_rulebooks_refused(const Json& file, std::string_view place) {
  const auto refused = import_rulebooks(file);
  ASSERT_FALSE(refused) << place;
  EXPECT_EQ(refused.error().code(), "intake-malformed");
  EXPECT_TRUE(refused.error().sentence().contains(place)) << refused.error().sentence();
}

TEST(Rulebooks, EachMissingFieldIsNamed) {
  const Json whole = small_rulebooks();
  ASSERT_TRUE(import_rulebooks(whole));
  for (const auto& [at, place] :
       {std::pair{"/norms/0", "norms[0]."}, std::pair{"/rulebooks/0", "rulebooks[0]."}}) {
    const Json::json_pointer pointer(at);
    for (const auto& item : whole[pointer].items()) {
      Json broken = whole;
      broken[pointer][item.key()] = 7;
      expect_rulebooks_refused(broken, place + item.key());
      broken[pointer].erase(item.key());
      if (item.key() != "status") expect_rulebooks_refused(broken, place + item.key());
    }
  }
  for (const char* list : {"norms", "rulebooks"}) {
    Json broken = whole;
    broken.erase(list);
    expect_rulebooks_refused(broken, list);
    broken = whole;
    broken[list].push_back(broken[list][0]);
    expect_rulebooks_refused(broken, std::string(list) + "[1].id");
  }
}

TEST(Rulebooks, BadValuesAreNamed) {
  Json file = small_rulebooks();
  file["norms"][0]["rulebook"] = "None";
  expect_rulebooks_refused(file, "norms[0].rulebook");
  file = small_rulebooks();
  file["norms"][0]["binds"] = Json::array();
  expect_rulebooks_refused(file, "norms[0].binds");
  file = small_rulebooks();
  file["rulebooks"][0]["status"] = "binding";
  expect_rulebooks_refused(file, "rulebooks[0].status");
  file = small_rulebooks();
  file["rulebooks"][0]["checked"]["on"] = "yesterday";
  expect_rulebooks_refused(file, "rulebooks[0].checked.on");
  file = small_rulebooks();
  file["rulebooks"][0]["checked"]["against"] = Json::array({""});
  expect_rulebooks_refused(file, "rulebooks[0].checked.against[0]");
  file = small_rulebooks();
  file["rulebooks"][0]["checked"]["by"] = "us";
  expect_rulebooks_refused(file, "rulebooks[0].checked");
  file = small_rulebooks();
  file["norms"][0]["unsure"] = "";
  expect_rulebooks_refused(file, "norms[0].unsure");
  file = small_rulebooks();
  file["norms"] = Json::array();
  expect_rulebooks_refused(file, "rulebooks");
  file = small_rulebooks();
  file["version_of"] = 2;
  expect_rulebooks_refused(file, "version_of");
}

}  // namespace
}  // namespace comity::intake
