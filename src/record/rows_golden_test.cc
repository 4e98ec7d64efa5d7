// tests/golden/record-rows: objects with their kind and rows. tests/golden/check.py makes the rows
// anew, by docs/formats/record-rows.md.

#include <array>
#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "record/object_rows.h"

#include "tests/golden.h"

namespace comity::record {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view kClaimant = "identity--6f0cf3d0-5a0b-4a4e-9d0f-5b1f1f4f3a11";
constexpr std::string_view kCluster = "intrusion-set--6f0cf3d0-5a0b-4a4e-9d0f-5b1f1f4f3a12";
constexpr std::string_view kSaid = R"("made_by_ref":"@who","made_by":"EU","scope":"filed",
    "wording":"w","wording_language":"en","wording_form":"verbatim",)";

/// `text` with short names in place of the long ids, and without the line ends of this file.
std::string spelled(std::string text) {
  const std::array<std::pair<std::string_view, std::string_view>, 6> names{
      {{"@said,", kSaid},
       {"@who", kClaimant},
       {"@what", kCluster},
       {"@ext", filing::kExtensionId},
       {"@core", "extension-definition--ef765651-680c-498d-9894-99799f2fa126"},
       {"\n    ", ""}}};
  for (const auto& [name, meaning] : names)
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at))
      text.replace(at, name.size(), meaning);
  return text;
}

ordered_json told(const Value& value) {
  struct Tell {
    ordered_json operator()(std::monostate /*nothing*/) const { return nullptr; }
    ordered_json operator()(std::int64_t integer) const { return integer; }
    ordered_json operator()(std::string_view text) const { return text; }
    ordered_json operator()(Word word) const { return word.text; }
    ordered_json operator()(Ref ref) const { return ref.id; }
  };
  return std::visit(Tell{}, value);
}

void expect_rows(const std::string& name, const std::string& text) {
  codec::JsonReader reader;
  const auto json = reader.read(as_bytes(text));
  ASSERT_TRUE(json) << name << ": " << json.error().sentence();
  const ObjectRows object(*json);
  Bytes bytes;
  codec::CborWriter writer(bytes);
  writer.write_array(2);
  writer.write_text(object.kind());
  writer.write_array(object.rows().size());
  std::string rows;
  for (const Row& row : object.rows()) {
    write_row(writer, row);
    auto values = ordered_json::array({static_cast<std::uint64_t>(row.table)});
    for (const Value& value : row.values) values.push_back(told(value));
    rows += (rows.empty() ? "\n    " : ",\n    ") + values.dump();
  }
  testing::expect_golden("record-rows/" + name + ".cbor", bytes);
  testing::expect_golden("record-rows/" + name + ".json",
                         "{\n  \"object\": " + ordered_json(text).dump() +
                             ",\n  \"kind\": " + ordered_json(object.kind()).dump() +
                             ",\n  \"rows\": [" + rows + "\n  ]\n}\n");
}

TEST(RowsGolden, EachTable) {
  const std::vector<std::pair<std::string, std::string>> objects{
      {"incident", R"({"type":"incident","name":"N\u00f6t-Petya 2","aliases":["a B","",7,"\u0416"],
    "external_references":[{"source_name":"a","external_id":"1","url":"https://b.example"},7,
    {"url":""}],"object_refs":["@who","who","@what"],"extensions":{
    "@core":{"determination":"blocked"},"@ext":{"kind":"incident","aliases":["no"],
    "start":{"date":"1970-02-03","precision":"month"},"end":{"date":"1972","precision":"day"},
    "response_search":"found","doubtful":["end"]}}})"},
      {"relation", R"({"type":"relationship","relationship_type":"targets","source_ref":"@what",
    "target_ref":"@who"})"},
      {"actor", R"({"type":"identity","name":"A","aliases":["B"],"extensions":{
    "@ext":{"kind":"actor","aliases":["C d","",{"e":"f"}]}}})"},
      {"attribution", R"({"type":"note","extensions":{"@ext":{"kind":"attribution",@said,
    "claimant_kind":"state","date":{"date":"2000-02-29"},"statement_type":"political",
    "reply_type":"denial","cluster":"@what","state":"AA","organ":"O","strength":4,
    "likelihood":"likely","analytic_confidence":"high","evidence_disclosure":2,
    "basis":"technical","doubtful":true}}})"},
      {"reply", R"({"type":"note","extensions":{"@ext":{"kind":"reply","reply_type":"denial",
    "statement_type":"political","date":{"date":"2020-12","precision":"day"}}}})"},
      {"response", R"({"type":"course-of-action","description":"d","extensions":{"@ext":{
    "kind":"response",@said,"response_type":"sanctions","legal_basis":"L","status":"in_force",
    "taken_at":{"date":"9998-12-31","precision":"year"},"doubtful":[]}}})"},
      {"finding", R"({"type":"note","extensions":{"@ext":{"kind":"finding","verdict":"breached",
    "reasons":""}}})"},
      {"norm", R"({"type":"course-of-action","description":"d","extensions":{"@ext":{
    "kind":"norm","rulebook":"UN","ref":"13a","status":"agreed","rule":{"all":["x"]}}}})"},
      {"opinion", R"({"type":"opinion","opinion":"disagree","object_refs":["@what"],"extensions":{
    "@ext":{"abstain":true}}})"},
      {"publication", R"({"type":"note","extensions":{"@ext":{"kind":"publication",@said,
    "date":{"date":"2017-06"}}}})"},
  };
  for (const auto& [name, text] : objects) expect_rows(name, spelled(text));
}

TEST(RowsGolden, Forms) {
  const std::string word(1024, 'w');
  const std::string type(218, 't');
  const std::string uuid = "--6f0cf3d0-5a0b-4a4e-9d0f-5b1f1f4f3a11";
  // Of other forms than the columns want: nothing, or what stands in place of nothing.
  expect_rows("other-forms", spelled(R"({"type":"incident","name":7,"aliases":{},
    "external_references":"x","object_refs":[{},"@who2"],"extensions":{"@core":7,"@ext":{
    "kind":"attribution","made_by_ref":"who","made_by":"","scope":"","claimant_kind":7,
    "date":{"date":"1969-12-31"},"start":{"date":"2017-02-29","precision":"year"},
    "end":{"date":"9999"},"strength":1.5,"evidence_disclosure":-0,"doubtful":"yes"}}})"));
  expect_rows("no-relation", spelled(R"({"type":"relationship","relationship_type":"",
    "source_ref":"@what","target_ref":"@who"})"));
  expect_rows("no-extension", spelled(R"({"type":"opinion","extensions":{"@ext":["kind"]}})"));
  expect_rows("lengths", spelled(R"({"type":"note","object_refs":[")" + type + uuid + R"(",")" +
                                 type + "t" + uuid + R"(","no)" + uuid +
                                 R"("],"extensions":{"@ext":{"kind":"attribution","state":")" +
                                 word + R"(","basis":")" + word + R"(w","organ":")" + word +
                                 R"(w","strength":9007199254740992.0,
    "evidence_disclosure":9007199254740994.0}}})"));
  expect_rows("numbers", spelled(R"({"type":"note","extensions":{"@ext":{"kind":"attribution",
    "strength":-9223372036854775808,"evidence_disclosure":9223372036854775808,
    "n":[1e3,-2.0,0.5,18446744073709551615,-0.0,9223372036854775807,-9.007199254740992e15]}}})"));
  // Without a kind the type is it, but what a reply says stands in another member.
  expect_rows("kind-by-type", spelled(R"({"type":"reply","extensions":{"@ext":{
    "reply_type":"denial","statement_type":"political"}}})"));
}

TEST(RowsGolden, Facts) {
  expect_rows("facts", spelled(R"({"type":"x-thing","extensions":{"@ext":{"kind":"thing",
    "effects":["b","a",null,["c"],""],"wording":"passed over","victims":{"wording":"w",
    "countries":["FR"]},"valid":true,"not":false,"text":"","none":null,
    "rows":[{"a":"1","b":["2",{"c":"3"},"4"],"d":{"e":["5"]}},"x",{}],
    "l":{"l":{"l":{"l":{"v":"level 4","l":{"v":"5"},"m":[{"v":"5"},"w"]}}}}}}})"));
  expect_rows("places", spelled(R"({"type":"x-thing","extensions":{"@ext":{"a":{"b":"1"},
    "a.b":"2","c.d":["3"],"c":{"d":["4","5"]},"e":[{"f":"6"}],"e.f":"7",
    "":{"e.f":"8","":{"g":"9"},"wording":"w"},"g":"10"}}})"));
  expect_rows("empty-names", spelled(R"({"type":"x-thing","extensions":{"@ext":{"a":"1",
    "":{"a":"2","":{"a":"3","b":"4"}},"b":"5"}}})"));
}

}  // namespace
}  // namespace comity::record
