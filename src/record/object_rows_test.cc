#include "record/object_rows.h"

#include <gtest/gtest.h>

#include "record/fold_name.h"

namespace comity::record {
namespace {

/// "table value value ..." for each row; words as 'word', ids as <id>.
std::vector<std::string> rows_of(std::string_view json, std::string* kind = nullptr) {
  codec::JsonReader reader;
  const auto object = reader.read(as_bytes(json));
  EXPECT_TRUE(object.has_value());
  const ObjectRows read(*object);
  if (kind != nullptr) *kind = read.kind();
  struct Print {
    std::string operator()(std::monostate /*nothing*/) const { return "-"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(std::string_view text) const { return "\"" + std::string(text) + "\""; }
    std::string operator()(Word word) const { return "'" + std::string(word.text) + "'"; }
    std::string operator()(Ref ref) const { return "<" + std::string(ref.id) + ">"; }
  };
  std::vector<std::string> rows;
  for (const Row& row : read.rows()) {
    std::string line(name_of(row.table));
    for (const Value& value : row.values) line += " " + std::visit(Print{}, value);
    rows.push_back(line);
  }
  return rows;
}

/// The first row of that table.
std::string row_of(std::string_view table, std::string_view json) {
  for (const std::string& row : rows_of(json))
    if (row.starts_with(std::string(table) + " ")) return row;
  return "no row";
}

std::string extended(std::string_view type, std::string_view members, std::string_view note) {
  return R"({"type":")" + std::string(type) + R"(",)" + std::string(members) +
         R"("extensions":{")" + std::string(filing::kExtensionId) + R"(":{)" + std::string(note) +
         "}}}";
}

using Lines = std::vector<std::string>;

TEST(ObjectRows, ActorsHaveNamesAndAliases) {
  std::string kind;
  EXPECT_EQ(rows_of(R"({"type":"intrusion-set","name":"APT 28","aliases":["Fancy Bear"],
                        "external_references":[{"source_name":"a","url":"https://b.example"}]})",
                    &kind),
            (Lines{R"(name 0 0 "APT 28" "apt28")", R"(name 1 1 "Fancy Bear" "fancybear")",
                   R"(source 0 "a" - "https://b.example")"}));
  EXPECT_EQ(kind, "intrusion-set");
}

TEST(ObjectRows, AliasesOfAnActorStandInTheExtensionToo) {
  const auto rows =
      rows_of(extended("identity", R"("name":"A","aliases":["B"],)",
                       R"("kind":"actor","aliases":["C d",7,"",{"e":"f"}],"scope":"reported")"));
  EXPECT_EQ(Lines(rows.begin(), rows.begin() + 3),
            (Lines{R"(name 0 0 "A" "a")", R"(name 1 1 "B" "b")", R"(name 2 1 "C d" "cd")"}));
  EXPECT_EQ(row_of("name", extended("identity", "", R"("kind":"actor","aliases":{"a":"b"})")),
            "no row");
  EXPECT_EQ(row_of("name", extended("identity", "", R"("kind":"claimant","aliases":["B"])")),
            "no row");
}

TEST(ObjectRows, AnIncidentHasDatesWithTheirPrecision) {
  std::string kind;
  const auto rows =
      rows_of(extended("incident", R"("name":"N",)",
                       R"("kind":"incident","start":{"date":"1970-02","precision":"month"},
                  "end":{"date":"never"},"response_search":"found","doubtful":["end_malformed"])"),
              &kind);
  ASSERT_GE(rows.size(), 2U);
  EXPECT_EQ(rows[1], R"(incident "N" 31 58 1 - - - - 'found' 1)");
  EXPECT_EQ(kind, "incident");
}

TEST(ObjectRows, ADateIsAsExactAsTheLessExactOfItsTextAndItsPrecision) {
  const auto date_of = [](const std::string& date, const std::string& precision) {
    return row_of("incident",
                  extended("incident", R"("name":"N",)",
                           R"("start":{"date":")" + date + R"(","precision":)" + precision + "}"));
  };
  const auto days = [](const std::string& start) {
    return R"(incident "N" )" + start + " - - - - - 0";
  };
  EXPECT_EQ(date_of("2017-01-01", R"("year")"), days("17167 17531 0"));
  EXPECT_EQ(date_of("2017-01-01", R"("month")"), days("17167 17197 1"));
  EXPECT_EQ(date_of("2017-01", R"("year")"), days("17167 17531 0"));
  EXPECT_EQ(date_of("2017", R"("day")"), days("17167 17531 0"));
  EXPECT_EQ(date_of("2017-01-01", R"("decade")"), days("17167 17167 2"));
  EXPECT_EQ(date_of("2017-01-01", "7"), days("17167 17167 2"));
}

TEST(ObjectRows, AClaimSaysWhatItsAuthorSaid) {
  const std::string id = "identity--6f0cf3d0-5a0b-4a4e-9d0f-5b1f1f4f3a11";
  const auto rows = rows_of(
      extended("note", R"("object_refs":[")" + id + R"(",7],)",
               R"("kind":"attribution","made_by":"X","made_by_ref":")" + id +
                   R"(","strength":4,"state":"AA","statement_type":"political","wording":"w")"));
  EXPECT_EQ(rows[0], "about 0 <" + id + ">");
  EXPECT_EQ(rows[1],
            "claim <" + id + R"(> "X" - - - - - 'political' - 'AA' - 4 - - - - "w" - - 0)");
}

/// The order of the columns stands in every digest: docs/formats/record-rows.md.
TEST(ObjectRows, EveryColumnHasItsPlace) {
  const std::string who = "identity--6f0cf3d0-5a0b-4a4e-9d0f-5b1f1f4f3a11";
  const std::string actor = "intrusion-set--6f0cf3d0-5a0b-4a4e-9d0f-5b1f1f4f3a12";
  const std::string made_by = R"("made_by_ref":")" + who + R"(","made_by":"EU")";
  const std::string month = R"({"date":"1970-02","precision":"month"})";
  const std::string wording = R"("wording":"w","wording_language":"en","wording_form":"verbatim")";
  EXPECT_EQ(row_of("incident",
                   R"({"type":"incident","name":"N","extensions":{
                      "extension-definition--ef765651-680c-498d-9894-99799f2fa126":
                        {"determination":"blocked"},
                      ")" +
                       std::string(filing::kExtensionId) + R"(":{"start":)" + month +
                       R"(,"end":{"date":"1971","precision":"year"},
                        "response_search":"found","doubtful":["end"]}}})"),
            R"(incident "N" 31 58 1 365 729 0 'blocked' 'found' 1)");
  EXPECT_EQ(
      row_of("claim",
             extended("note", "",
                      R"("kind":"attribution","scope":"filed","claimant_kind":"state",)" + made_by +
                          R"(,"date":)" + month +
                          R"(,"statement_type":"political","reply_type":"denial","cluster":")" +
                          actor + R"(","state":"AA","organ":"O","strength":4,
                                "likelihood":"likely","analytic_confidence":"high",
                                "evidence_disclosure":2,"basis":"technical","doubtful":["date"],)" +
                          wording)),
      "claim <" + who + R"(> "EU" 'filed' 'state' 31 58 1 'political' <)" + actor +
          R"(> 'AA' "O" 4 'likely' 'high' 2 'technical' "w" 'en' 'verbatim' 1)");
  EXPECT_EQ(row_of("claim", extended("note", "",
                                     R"("kind":"reply","statement_type":"political",
                                     "reply_type":"denial")")),
            "claim - - - - - - - 'denial' - - - - - - - - - - - 0");
  EXPECT_EQ(row_of("response",
                   extended("course-of-action", R"("description":"d",)",
                            R"("kind":"response","scope":"filed","response_type":"sanctions",)" +
                                made_by + R"(,"taken_at":)" + month +
                                R"(,"status":"in_force","legal_basis":"L","doubtful":["status"])")),
            "response <" + who + R"(> "EU" 'filed' 'sanctions' 31 58 1 'in_force' "L" "d" 1)");
  EXPECT_EQ(row_of("publication", extended("note", "",
                                           R"("kind":"publication",)" + made_by + R"(,"date":)" +
                                               month + "," + wording)),
            "publication <" + who + R"(> "EU" 31 58 1 "w" 'en' 'verbatim')");
  EXPECT_EQ(row_of("finding", extended("note", "",
                                       R"("kind":"finding","verdict":"breached",
                                       "reasons":"because")")),
            R"(finding 'breached' "because")");
  EXPECT_EQ(row_of("norm", extended("course-of-action", R"("description":"d",)",
                                    R"("kind":"norm","rulebook":"UN","ref":"13a",
                                    "status":"agreed")")),
            R"(norm 'UN' "13a" "d" 'agreed')");
  EXPECT_EQ(row_of("opinion", extended("opinion", R"("opinion":"disagree",)", R"("abstain":true)")),
            "opinion 'disagree' 1");
  EXPECT_EQ(
      row_of("relation", R"({"type":"relationship","source_ref":")" + actor +
                             R"(","target_ref":")" + who + R"(","relationship_type":"targets"})"),
      "relation <" + actor + "> 'targets' <" + who + ">");
}

TEST(ObjectRows, WhatIsOfAnotherFormStatesNothing) {
  EXPECT_EQ(rows_of(R"({"type":"incident","name":7,"aliases":{},"external_references":"x",
                        "object_refs":[{}],"extensions":[]})"),
            (Lines{R"(incident "" - - - - - - - - 0)"}));
  EXPECT_EQ(rows_of(R"({"type":"relationship","source_ref":"x","target_ref":"y",
                        "relationship_type":"z"})"),
            Lines{});
  EXPECT_EQ(rows_of(extended("note", "", R"("kind":7)")), Lines{});
}

TEST(Facts, ArePathsWithTheirValuesInOrder) {
  EXPECT_EQ(rows_of(extended("x-thing", "", R"("effects":["b","a"],"victims":{"countries":["FR"]},
                     "count":3,"valid":true,"wording":"running text","rule":{"all":["x"]})")),
            (Lines{"fact 'effects' 0 0 'b'", "fact 'effects' 0 1 'a'",
                   "fact 'victims.countries' 0 0 'FR'", "fact 'count' 0 0 '3'",
                   "fact 'valid' 0 0 'true'"}));
}

TEST(Facts, LinesOfADataSetStayApart) {
  EXPECT_EQ(rows_of(extended("x-thing", "", R"("rows":[{"a":"1","b":["2","3"]},{}])")),
            (Lines{"fact 'rows' 1 0 ''", "fact 'rows.a' 1 0 '1'", "fact 'rows.b' 1 0 '2'",
                   "fact 'rows.b' 1 1 '3'", "fact 'rows' 2 0 ''"}));
}

TEST(Facts, APlaceIsTakenOnceWhereNamesHoldDots) {
  EXPECT_EQ(rows_of(extended("x-thing", "", R"("a":{"b":"1"},"a.b":"2","c.d":["3"],
                     "c":{"d":["4","5"]},"e":[{"f":"6"}],"e.f":"7")")),
            (Lines{"fact 'a.b' 0 0 '1'", "fact 'c.d' 0 0 '3'", "fact 'c.d' 0 1 '5'",
                   "fact 'e' 1 0 ''", "fact 'e.f' 1 0 '6'", "fact 'e.f' 0 0 '7'"}));
}

TEST(Facts, APlaceIsTakenOnceWhereANameIsEmpty) {
  EXPECT_EQ(
      rows_of(extended("x-thing", "", R"("a":"1","":{"a":"2","b":"3","":{"b":"4"}},"b":"5")")),
      (Lines{"fact 'a' 0 0 '1'", "fact 'b' 0 0 '3'"}));
}

TEST(Facts, DepthAndLengthAreBounded) {
  std::string deep = R"("a":)";
  for (int i = 0; i < 40; ++i) deep += R"({"a":)";
  deep += "1" + std::string(40, '}');
  EXPECT_EQ(rows_of(extended("x-thing", "", deep)), Lines{});
  EXPECT_EQ(rows_of(extended("x-thing", "", R"("a":")" + std::string(1025, 'x') + "\"")), Lines{});
}

TEST(FoldName, IsTolerant) {
  EXPECT_EQ(fold_name("Not-Petya"), fold_name("not petya"));
  EXPECT_EQ(fold_name("UNC 2452 (G0118)"), "unc2452g0118");
  EXPECT_EQ(fold_name("Étoile"), "Étoile");
  EXPECT_EQ(fold_name(" -"), "");
}

}  // namespace
}  // namespace comity::record
