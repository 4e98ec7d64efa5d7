#include "intake/table.h"

#include "intake/definitions.h"
#include "intake/fields.h"

#include "tests/golden.h"
#include "tests/intake/importer.h"

namespace comity::intake {
namespace {

constexpr std::string_view kMap = R"(source = "Our list"
dates = "day-first"
[incident]
id = "No"
name = "Title"
description = "Text"
start = "Begin"
end = "End"
countries = { column = "Where", split = ",", words = { "Utopia" = "" } }
sectors = { column = "Sector", words = { "Banking" = "finance" } }
techniques = { column = "How", split = "+" }
sources = { column = "Links", split = " " }
[attribution]
claimant = "Who"
date = "Said"
wording = "Words"
wording_form = "verbatim"
state = "Accused"
actor = { column = "Group", split = "/" }
)";

constexpr std::string_view kHeader =
    "No;Title;Text;Begin;End;Where;Sector;How;Links;Who;Said;Words;Accused;Group\n";

Result<TableImport> import_rows(const std::string& rows, std::string_view map = kMap) {
  COMITY_TRY(const TableMap read, read_table_map(as_bytes(map)));
  const std::string text = std::string(kHeader) + rows;
  return import_table(as_bytes(text), read, kImporter);
}

const std::string kGood =
    "1;First;What was seen;27.6.2017;2017-06;UA, Russia,Utopia;Banking;wiper+worm;"
    "https://example.org/a x;Ministry X;1.2.2018;\"They did; it.\";Italy;Group A/Group B\n";

TEST(Table, ARowBecomesAnIncidentAndItsClaim) {
  const auto made = import_rows(kGood);
  ASSERT_TRUE(made) << made.error().sentence();
  EXPECT_EQ(made->problem_count, 0U);
  std::string text;
  for (const std::string& object : made->imported.objects) text += object + "\n";
  testing::expect_golden("intake/table.ndjson", text);
  EXPECT_EQ(import_rows(kGood)->imported.objects, made->imported.objects);
}

TEST(Table, WhatIsNotSaidIsNotMade) {
  const auto made = import_rows("1;First;;;;;;;;;;;;\n");
  ASSERT_TRUE(made);
  ASSERT_EQ(made->imported.objects.size(), 1U);
  const Json object = Json::parse(made->imported.objects[0]);
  EXPECT_EQ(object["extensions"][kExtension],
            Json::parse(R"({"extension_type":"property-extension","kind":"incident",
              "response_search":"not_searched","coding":{"source":"Our list","record":"1"}})"));
}

TEST(Table, AllProblemsHaveTheirPlaceAndNothingIsMade) {
  const auto made = import_rows(kGood +
                                "1;Again;;;;;;;;;;;;\n"
                                "2;;;13.13.2018;;Atlantis;Baking;;;;;;;\n"
                                "3;Late;;2020;2019-12-31;;;;;Who;x;;;\n"
                                ";a;;;;;;;;;;;;;b\n");
  ASSERT_TRUE(made);
  EXPECT_TRUE(made->imported.objects.empty());
  EXPECT_EQ(made->problem_count, made->problems.size());
  std::vector<std::string> places;
  for (const TableProblem& problem : made->problems)
    places.push_back(std::to_string(problem.row) + problem.column);
  EXPECT_EQ(places, (std::vector<std::string>{"3No", "4Title", "4Begin", "4Where", "4Sector",
                                              "5Said", "6", "6No"}));
}

TEST(Table, ProblemsAreBounded) {
  std::string rows;
  for (int i = 0; i < 1500; ++i) rows += ";x;;;;;;;;;;;;\n";
  const auto made = import_rows(rows);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->problem_count, 1500U);
  EXPECT_EQ(made->problems.size(), TableImport::kProblems);
}

TEST(Table, DatesByTheMapping) {
  const auto start = [](const std::string& cell, std::string_view order) {
    std::string map(kMap);
    map.replace(map.find("day-first"), 9, order);
    const auto made = import_rows("1;a;;" + cell + ";;;;;;;;;;\n", map);
    if (made->problem_count > 0) return std::string("-");
    const Json object = Json::parse(made->imported.objects[0]);
    return object["extensions"][kExtension]["start"]["date"].get<std::string>();
  };
  EXPECT_EQ(start("3/12/2020", "day-first"), "2020-12-03");
  EXPECT_EQ(start("3/12/2020", "month-first"), "2020-03-12");
  EXPECT_EQ(start("3/12/2020", "iso"), "-");
  EXPECT_EQ(start("13/12/2020", "month-first"), "-");
  EXPECT_EQ(start("3.12.20", "day-first"), "-");
  EXPECT_EQ(start("2020-12", "day-first"), "2020-12");
  EXPECT_EQ(start("2020-12-03 10:00:00", "month-first"), "2020-12-03");
  EXPECT_EQ(start("2020", "iso"), "2020");
}

TEST(Table, WhenItWasDiscoveredAndDisclosed) {
  const std::string map =
      "source = \"x\"\n[incident]\nid = \"No\"\nname = \"Title\"\nstart = \"Begin\"\n"
      "discovered = \"End\"\ndisclosed = \"Said\"\n";
  const auto said = [&](const std::string& start, const std::string& discovered,
                        const std::string& disclosed) {
    return import_rows("1;a;;" + start + ";" + discovered + ";;;;;;" + disclosed + ";;;\n", map);
  };
  const auto made = said("2020-03", "2020-12-13", "2021");
  ASSERT_TRUE(made) << made.error().sentence();
  ASSERT_EQ(made->problem_count, 0U);
  const Json meaning = Json::parse(made->imported.objects.at(0))["extensions"][kExtension];
  EXPECT_EQ(meaning["discovered"], Json::parse(R"({"date":"2020-12-13","precision":"day"})"));
  EXPECT_EQ(meaning["disclosed"], Json::parse(R"({"date":"2021","precision":"year"})"));
  EXPECT_FALSE(meaning.contains("end"));
  const auto doubts = [&](const std::string& start, const std::string& discovered,
                          const std::string& disclosed) {
    const auto doubted = said(start, discovered, disclosed);
    EXPECT_EQ(doubted->problem_count, 0U);
    const Json object = Json::parse(doubted->imported.objects.at(0));
    return object["extensions"][kExtension].value("doubtful", Json()).dump();
  };
  EXPECT_EQ(doubts("2020-03", "2020-02", ""), R"(["discovered_before_start"])");
  EXPECT_EQ(doubts("2020-03", "", "2020-02-29"), R"(["disclosed_before_start"])");
  EXPECT_EQ(doubts("", "2020-12-13", "2020-12-12"), R"(["disclosed_before_discovered"])");
  EXPECT_EQ(doubts("2020-03", "2020-03-01", "2020"), "null");
  EXPECT_EQ(said("2020-03", "soon", "")->problem_count, 1U);
}

TEST(Table, DatesThatContradictEachOtherAreKeptAsDoubt) {
  const auto made =
      import_rows("1;Late;;2020;2019-12-31;;;;;;;;;\n2;Good;;2020;2020-01;;;;;;;;;\n");
  ASSERT_TRUE(made) << made.error().sentence();
  EXPECT_EQ(made->problem_count, 0U);
  ASSERT_EQ(made->imported.objects.size(), 2U);
  const Json late = Json::parse(made->imported.objects[0]);
  const Json& meaning = late["extensions"][kExtension];
  EXPECT_EQ(meaning["start"]["date"], "2020");
  EXPECT_EQ(meaning["end"]["date"], "2019-12-31");
  EXPECT_EQ(meaning["doubtful"], Json::parse(R"(["end_before_start"])"));
  EXPECT_TRUE(late.contains("first_seen"));
  EXPECT_FALSE(late.contains("last_seen"));
  const Json good = Json::parse(made->imported.objects[1]);
  EXPECT_TRUE(good.contains("last_seen"));
  EXPECT_FALSE(good["extensions"][kExtension].contains("doubtful"));
  ASSERT_EQ(made->imported.doubts.kinds().size(), 1U);
  EXPECT_EQ(made->imported.doubts.kinds().at("end_before_start").examples,
            std::vector<std::string>{"1"});
}

/// Two columns and what a spreadsheet adds to them.
Result<TableImport> import_two_columns(std::string_view text) {
  COMITY_TRY(const TableMap map,
             read_table_map(as_bytes(
                 std::string_view("source = \"x\"\n[incident]\nid = \"No\"\nname = \"Title\"\n"))));
  return import_table(as_bytes(text), map, kImporter);
}

TEST(Table, ColumnsThatWereClearedAreNone) {
  for (const char* text : {"No;Title;;\n1;a;;\n", "No;Title; ;\n1;a\n", "No;Title;;\n1;a; \n"}) {
    const auto made = import_two_columns(text);
    ASSERT_TRUE(made) << made.error().sentence();
    EXPECT_EQ(made->problem_count, 0U) << text;
    EXPECT_EQ(made->imported.objects, import_two_columns("No;Title\n1;a\n")->imported.objects);
  }
  EXPECT_EQ(import_two_columns("No;Title;\n1;a;;x\n")->problem_count, 1U);
}

TEST(Table, AValueInAColumnWithoutANameIsAProblem) {
  const auto refused = import_two_columns("No;Title;;\n1;a;;\n2;b;;x\n");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code(), "table-columns");
  EXPECT_TRUE(refused.error().sentence().contains("row 3 has a value in column 4"))
      << refused.error().sentence();
  for (const char* text : {"No;;Title\n1;;a\n", ";;\n1;a;\n", ";\n"}) {
    const auto unnamed = import_two_columns(text);
    ASSERT_FALSE(unnamed) << text;
    EXPECT_EQ(unnamed.error().code(), "table-columns") << text;
  }
}

TEST(Table, RowsThatWereClearedAreNone) {
  const auto made = import_two_columns("No;Title\n1;a\n;\n ; \n2;b\n;;;\n");
  ASSERT_TRUE(made) << made.error().sentence();
  EXPECT_EQ(made->problem_count, 0U);
  EXPECT_EQ(made->imported.counts.at("incidents"), 2U);
  EXPECT_EQ(made->imported.objects.size(), 2U);
  const auto later = import_two_columns("No;Title\n;\n;a\n");
  ASSERT_EQ(later->problems.size(), 1U);
  EXPECT_EQ(later->problems[0].row, 3U);
}

TEST(Table, AColumnThatIsMissingIsNamed) {
  const auto refused =
      import_table(as_bytes("No,Title\n1,a\n"), *read_table_map(as_bytes(kMap)), kImporter);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code(), "table-columns");
  EXPECT_TRUE(refused.error().sentence().contains("No, Title")) << refused.error().sentence();
}

void expect_map_refused(std::string_view map, std::string_view words) {
  const auto refused = read_table_map(as_bytes(map));
  ASSERT_FALSE(refused) << map;
  EXPECT_EQ(refused.error().code(), "table-map");
  EXPECT_TRUE(refused.error().sentence().contains(words)) << refused.error().sentence();
}

TEST(TableMap, RefusalsNameThePlace) {
  expect_map_refused("source = ", "line 1");
  expect_map_refused("source = 7", "line 1, column 10");
  expect_map_refused("source = \"\"", "not empty");
  expect_map_refused("sauce = \"x\"", "\"sauce\" is unknown");
  expect_map_refused("source = \"x\"", "[incident]");
  expect_map_refused("[incident]\nid = \"a\"\nname = \"b\"", "\"source\"");
  expect_map_refused("source = \"x\"\n[incident]\nname = \"a\"", "\"id\"");
  expect_map_refused("source = \"x\"\n[incident]\nid = \"a\"", "\"name\"");
  expect_map_refused("[incident]\nid = \"a\"\nnome = \"b\"", "line 3");
  expect_map_refused("[incident]\nid = {split=\",\"}", "\"column\"");
  expect_map_refused("[incident]\nid = {column=\"a\",split=\",,\"}", "one character");
  expect_map_refused("[incident]\nid = {column=\"a\",spilt=\",\"}", "\"spilt\" is unknown");
  expect_map_refused("[incident]\nid = {column=\"a\",words={b=1}}", "\"b\"");
  expect_map_refused("incident = 7", "must be a table");
  expect_map_refused("[attribution]\ndate = \"a\"", "\"claimant\"");
  expect_map_refused("[attribution]\nclaimant = \"a\"\nwording_form = \"x\"", "wording_form");
  expect_map_refused("separator = \";;\"", "one character");
  expect_map_refused("encoding = \"latin\"", "utf-8");
  expect_map_refused("dates = \"us\"", "day-first");
  expect_map_refused(std::string((1 << 20) + 1, '#'), "1 MiB");
}

TEST(TableMap, Options) {
  const auto map =
      read_table_map(as_bytes("source=\"x\"\nseparator=\"|\"\nencoding=\"windows-1252\"\n[incident]"
                              "\nid=\"a\"\nname=\"b\""));
  ASSERT_TRUE(map) << map.error().sentence();
  EXPECT_EQ(map->options.separator, '|');
  EXPECT_EQ(map->options.encoding, codec::TextEncoding::kWindows1252);
  EXPECT_TRUE(map->attribution.empty());
}

}  // namespace
}  // namespace comity::intake
