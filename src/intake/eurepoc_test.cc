#include "intake/eurepoc.h"

#include <algorithm>
#include <map>
#include <set>

#include "codec/csv.h"
#include "codec/json.h"
#include "filing/object.h"
#include "intake/bodies.h"
#include "intake/definitions.h"
#include "intake/fields.h"

#include "tests/golden.h"
#include "tests/intake/importer.h"

namespace comity::intake {
namespace {

// Everything here is made up; the words for codes are the data set's.

using Cells = std::map<std::string, std::string>;

/// A file with these columns first, and whatever others the rows have.
std::string file(std::vector<std::string> columns, const std::vector<Cells>& rows) {
  for (const Cells& row : rows)
    for (const auto& [column, cell] : row)
      if (std::ranges::find(columns, column) == columns.end()) columns.push_back(column);
  std::string text;
  std::vector<std::string_view> cells(columns.begin(), columns.end());
  codec::append_csv_row(text, cells, codec::CsvFormulas::kVerbatim);
  for (Cells row : rows) {
    for (std::size_t i = 0; i < columns.size(); ++i) cells[i] = row[columns[i]];
    codec::append_csv_row(text, cells, codec::CsvFormulas::kVerbatim);
  }
  return text;
}

struct Source {
  std::vector<Cells> incidents;
  std::vector<Cells> attributions;
  std::vector<Cells> receivers;
};

Result<Imported> import(Source source, const EurepocOptions& options = {}) {
  for (Cells& row : source.incidents)
    for (const char* count : {"number_of_political_responses", "number_of_legal_responses"})
      row.try_emplace(count, "0");
  const std::string global =
      file({"ID", "name", "description", "start_date", "end_date", "impact_indicator",
            "number_of_attributions", "number_of_political_responses", "number_of_legal_responses",
            "sources_url"},
           source.incidents);
  const std::string attribution =
      file({"incident_ID", "attribution_ID", "attribution_date", "attribution_type",
            "attribution_basis", "attributing_actor", "attributing_country", "attributed_initiator",
            "attributed_initiator_country", "attributed_initiator_category"},
           source.attributions);
  const std::string receiver =
      file({"ID", "receiver_country", "receiver_category", "receiver_category_subcode"},
           source.receivers);
  return eurepoc({as_bytes(global), as_bytes(attribution), as_bytes(receiver)}, kImporter, options);
}

/// The objects of an import, with what Comity's extension says of each.
struct Objects {
  explicit Objects(const Result<Imported>& imported) {
    EXPECT_TRUE(imported) << imported.error().sentence();
    for (const std::string& text : imported->objects) all.push_back(Json::parse(text));
  }
  [[nodiscard]] std::vector<Json> of_kind(std::string_view kind) const {
    std::vector<Json> found;
    for (const Json& object : all)
      if (object.contains("extensions") && object["extensions"].contains(kExtension) &&
          object["extensions"][kExtension]["kind"] == kind)
        found.push_back(object);
    return found;
  }
  /// What the only object of a kind says.
  [[nodiscard]] Json said(std::string_view kind) const {
    const auto found = of_kind(kind);
    EXPECT_EQ(found.size(), 1U) << kind;
    return found.empty() ? Json() : found.front()["extensions"][kExtension];
  }
  std::vector<Json> all;
};

Json incident(const Cells& row) { return Objects(import({{row}, {}, {}})).of_kind("incident")[0]; }
Json coded(const Cells& row) { return incident(row)["extensions"][kExtension]; }

TEST(Eurepoc, CodesStandAsTheyAre) {
  const Json values = coded({{"ID", "7"},
                             {"incident_type", "Disruption; ; Data theft"},
                             {"initiator_country", "['X', ['Not available', 'X'], '']"},
                             {"zero_days", " No "},
                             {"political_response_date", "2022-08-26 00:00:00; NaT"},
                             {"MITRE_impact", "Not available"},
                             {"has_disruption", "True"}})["coding"]["values"];
  EXPECT_EQ(values["incident_type"], Json::parse(R"(["Disruption","","Data theft"])"));
  EXPECT_EQ(values["initiator_country"], Json::parse(R"(["X","Not available","X",""])"));
  EXPECT_EQ(values["zero_days"], Json::parse(R"(["No"])"));
  EXPECT_EQ(values["political_response_date"], Json::parse(R"(["2022-08-26 00:00:00","NaT"])"));
  EXPECT_EQ(values["mitre_impact"], Json::parse(R"(["Not available"])"));
  EXPECT_EQ(values["has_disruption"], Json::parse(R"(["True"])"));
  EXPECT_FALSE(values.contains("start_date"));  // an empty cell has no member
}

TEST(Eurepoc, ColumnsWithNamesOfPersonsAreLeftOut) {
  const std::string text = incident({{"ID", "7"},
                                     {"receiver_name", "[['Jane Doe']]"},
                                     {"initiator_name", "['John Roe']"},
                                     {"attributed_initiator", "John Roe; John Roe"},
                                     {"legal_response_actor", "Jane Doe"}})
                               .dump();
  EXPECT_FALSE(text.contains("Doe")) << text;
  EXPECT_FALSE(text.contains("Roe")) << text;
}

TEST(Eurepoc, DatesKeepTheirDoubts) {
  const Json year =
      incident({{"ID", "1"}, {"start_date", "2017-01-01"}, {"end_date", "2017-05-01"}});
  const Json& said = year["extensions"][kExtension];
  EXPECT_EQ(said["start"], Json::parse(R"({"date":"2017","precision":"year"})"));
  EXPECT_EQ(said["end"], Json::parse(R"({"date":"2017-05","precision":"month"})"));
  EXPECT_EQ(said["coding"]["values"]["start_date"][0], "2017-01-01");
  EXPECT_EQ(said["doubtful"], Json::parse(R"(["start_first_of_january","end_first_of_month"])"));
  EXPECT_EQ(year["first_seen"], "2017-01-01T00:00:00.000Z");
  EXPECT_EQ(year["last_seen"], "2017-05-31T23:59:59.999Z");

  const Json before =
      incident({{"ID", "1"}, {"start_date", "2014-07-31"}, {"end_date", "2014-01-08"}});
  EXPECT_EQ(before["extensions"][kExtension]["doubtful"],
            Json::parse(R"(["day_month_swapped","end_before_start"])"));
  EXPECT_FALSE(before.contains("last_seen"));
  // The year of the end holds the start: no contradiction.
  EXPECT_EQ(
      coded({{"ID", "1"}, {"start_date", "2017-06-27"}, {"end_date", "2017-01-01"}})["doubtful"],
      Json::parse(R"(["end_first_of_january"])"));
  EXPECT_EQ(coded({{"ID", "1"}, {"start_date", "soon"}})["doubtful"],
            Json::parse(R"(["start_malformed","end_missing"])"));
}

TEST(Eurepoc, ResponsesAreSearchedForOrNot) {
  const auto search = [](const Cells& row) { return coded(row)["response_search"]; };
  EXPECT_EQ(search({{"ID", "1"}}), "not_searched");
  EXPECT_EQ(search({{"ID", "1"}, {"impact_indicator", "Not available"}}), "searched_none_found");
  EXPECT_EQ(search({{"ID", "1"}, {"number_of_legal_responses", "1"}}), "found");
  EXPECT_EQ(coded({{"ID", "1"},
                   {"start_date", "2020-02-03"},
                   {"end_date", "2020-02-03"},
                   {"legal_response_type", "x"}})["doubtful"],
            Json::parse(R"(["response_without_count"])"));
}

TEST(Eurepoc, ResponsesAreReadPlaceByPlace) {
  const Objects objects(
      import({{{{"ID", "7"},
                {"number_of_political_responses", "2"},
                {"political_response_date", "2022-08-26; NaT"},
                {"political_response_type", "a; State Actors: Preventive measures"},
                {"political_response_type_subcode", "Awareness raising; "},
                {"political_response_country", "France; EU (region)"},
                {"political_response_actor", "Jane Doe (Minister; FRA); Council of X"}}},
              {},
              {}}));
  const auto made = objects.of_kind("response");
  ASSERT_EQ(made.size(), 2U);
  const Json first = made[0]["extensions"][kExtension];
  EXPECT_EQ(first["response_type"], "advisory");
  EXPECT_EQ(first["made_by"], "[name withheld] (minister)");
  EXPECT_EQ(first["made_by_country"], "FR");
  EXPECT_EQ(first["taken_at"], Json::parse(R"({"date":"2022-08-26","precision":"day"})"));
  EXPECT_EQ(first["coding"]["place"], 1);
  const Json second = made[1]["extensions"][kExtension];
  EXPECT_FALSE(second.contains("response_type"));
  EXPECT_FALSE(second.contains("taken_at"));
  EXPECT_EQ(second["made_by"], "Council of X");
  EXPECT_EQ(second["made_by_place"], "EU");
  EXPECT_EQ(second["date_doubts"], Json::parse(R"(["malformed"])"));
  const auto relates = std::ranges::find_if(objects.all, [](const Json& object) {
    return object.value("relationship_type", "") == "related-to";
  });
  ASSERT_NE(relates, objects.all.end());
  EXPECT_EQ((*relates)["source_ref"], made[0]["id"]);
}

TEST(Eurepoc, UnequalListsPairNothing) {
  const auto imported = import({{{{"ID", "7"},
                                  {"number_of_legal_responses", "2"},
                                  {"legal_response_date", "2022-08-26; 2022-09-02; NaT"},
                                  {"legal_response_country", "France; Italy"}}},
                                {},
                                {}});
  const auto made = Objects(imported).of_kind("response");
  ASSERT_EQ(made.size(), 2U);
  EXPECT_FALSE(made[0]["extensions"][kExtension].contains("taken_at"));
  EXPECT_EQ(made[1]["extensions"][kExtension]["made_by_country"], "IT");
  EXPECT_EQ(imported->doubts.kinds().at("response_lists_unequal").examples,
            std::vector<std::string>{"7"});
  for (const char* count : {"", "x", "-1", "1.5", "100000000", "99999999999999999999"}) {
    const auto odd = import({{{{"ID", "7"}, {"number_of_legal_responses", count}}}, {}, {}});
    EXPECT_TRUE(Objects(odd).of_kind("response").empty()) << count;
    EXPECT_EQ(odd->doubts.kinds().at("count_malformed").count, 1U) << count;
  }
}

/// Two claimants by two names: the four rows of one attribution.
Source crossed() {
  Source source{{{{"ID", "7"}}}, {}, {}};
  for (const char* who : {"Agency A", "Agency B"})
    for (const char* whom : {"Fancy Bear/APT28 (GRU)", "Jane Doe"})
      source.attributions.push_back({{"incident_ID", "7"},
                                     {"attribution_ID", "42.0"},
                                     {"attribution_date", "2020-03-04"},
                                     {"attribution_basis", "Attribution by third-party"},
                                     {"attributing_actor", who},
                                     {"attributing_country", "France"},
                                     {"attributed_initiator", whom},
                                     {"attributed_initiator_country", "Russia"},
                                     {"attributed_initiator_category", "State"}});
  return source;
}

TEST(Eurepoc, AnAttributionIsOneClaimWhateverItsRows) {
  const Objects objects(import(crossed()));
  const Json said = objects.said("attribution");
  EXPECT_EQ(said["claimants"].size(), 2U);
  EXPECT_FALSE(said.contains("made_by"));
  EXPECT_EQ(said["actors"].size(), 2U);
  EXPECT_EQ(said["actors"][1]["name"], kWithheld);
  EXPECT_FALSE(said["actors"][1].contains("ref"));
  EXPECT_EQ(said["state"], "RU");
  EXPECT_EQ(said["strength"], 5);
  EXPECT_EQ(said["claimant_kind"], "third_party");
  EXPECT_EQ(said["rows"].size(), 4U);
  EXPECT_EQ(said["rows"][0]["attributed_initiator"], "Fancy Bear/APT28 (GRU)");
  EXPECT_EQ(said["rows"][1]["attributed_initiator"], kWithheld);
  EXPECT_EQ(said["coding"],
            Json::parse(R"({"source":"EuRepoC 1.1","record":"42","incident":"7"})"));
  EXPECT_EQ(objects.of_kind("claimant").size(), 2U);
  const Json note = objects.of_kind("attribution")[0];
  EXPECT_EQ(note["object_refs"].size(), 4U);  // the incident, two claimants, one actor
  EXPECT_FALSE(note.dump().contains("Doe"));
}

TEST(Eurepoc, NoStateWhereRowsDisagree) {
  Source source = crossed();
  source.attributions[3]["attributed_initiator_country"] = "China";
  const Json two = Objects(import(source)).said("attribution");
  EXPECT_FALSE(two.contains("state"));
  EXPECT_EQ(two["initiator_countries"], Json::parse(R"(["RU","CN"])"));
  source.attributions[3]["attributed_initiator_country"] = "Unknown";
  EXPECT_FALSE(Objects(import(source)).said("attribution").contains("state"));
  source = crossed();
  for (Cells& row : source.attributions) row["attributed_initiator_category"] = "Non-state-group";
  const Json group = Objects(import(source)).said("attribution");
  EXPECT_FALSE(group.contains("state"));  // where a group comes from says nothing of a state
  EXPECT_FALSE(group.contains("strength"));
}

TEST(Eurepoc, ActorsHaveTheirAliases) {
  const auto actors = Objects(import(crossed())).of_kind("actor");
  ASSERT_EQ(actors.size(), 1U);
  EXPECT_EQ(actors[0]["type"], "intrusion-set");
  EXPECT_EQ(actors[0]["name"], "Fancy Bear");
  EXPECT_EQ(actors[0]["aliases"], Json::parse(R"(["APT28"])"));
  Source source = crossed();
  for (Cells& row : source.attributions) row["attributed_initiator"] = "GRU";
  EXPECT_EQ(Objects(import(source)).of_kind("actor")[0]["type"], "identity");
  source.attributions[0]["attributed_initiator_category"] = "Non-state-group";
  EXPECT_EQ(Objects(import(source)).of_kind("actor")[0]["type"], "threat-actor");
}

TEST(Eurepoc, ANameAmongTheAliasesIsNone) {
  Source source = crossed();
  source.incidents[0]["description"] = "It was Jane Doe.";
  for (Cells& row : source.attributions)
    row["attributed_initiator"] = "Jane Doe/Fancy Bear/APT28 (GRU)";
  const auto imported = import(source);
  for (const std::string& object : imported->objects) EXPECT_FALSE(object.contains("Doe"));
  const auto actors = Objects(imported).of_kind("actor");
  ASSERT_EQ(actors.size(), 1U);
  EXPECT_EQ(actors[0]["name"], "Fancy Bear");
  EXPECT_EQ(actors[0]["aliases"], Json::parse(R"(["APT28"])"));
  EXPECT_EQ(Objects(imported).said("attribution")["actors"][0]["name"],
            "Fancy Bear/APT28/[name withheld] (GRU)");
}

TEST(Eurepoc, UnnamedClaimants) {
  Source source = crossed();
  for (Cells& row : source.attributions) {
    row["attributing_actor"] = "Not available";
    row["attribution_basis"] = "Attribution by receiver government / state entity";
  }
  const Objects state(import(source));
  EXPECT_EQ(state.said("attribution")["made_by"], "State entity (unnamed), France");
  EXPECT_EQ(state.said("claimant")["group"], "government");
  EXPECT_EQ(state.said("claimant")["country"], "FR");
  source.attributions[0]["attributing_country"] = "Italy";
  EXPECT_FALSE(Objects(import(source)).said("attribution").contains("claimants"));
}

TEST(Eurepoc, RowsWithoutANumberAttributeNothing) {
  Source source = crossed();
  for (Cells& row : source.attributions) row["attribution_ID"] = "";
  const Objects objects(import(source));
  EXPECT_TRUE(objects.of_kind("attribution").empty());
  EXPECT_TRUE(objects.of_kind("claimant").empty());
  EXPECT_EQ(objects.said("incident")["coding"]["rows"].size(), 4U);
  const Objects blank(import({{{{"ID", "7"}}}, {{{"incident_ID", "7"}}}, {{{"ID", "7"}}}}));
  EXPECT_EQ(blank.said("incident")["coding"]["rows"], Json::parse(R"([{"blank":true}])"));
  EXPECT_EQ(blank.said("incident")["coding"]["receivers"], Json::parse(R"([{"blank":true}])"));
  EXPECT_EQ(objects.said("incident")["doubtful"],
            Json::parse(R"(["start_missing","end_missing","attribution_blank"])"));
}

TEST(Eurepoc, VictimsOnceAndReceiversAll) {
  const auto imported = import(
      {{{{"ID", "7"}}},
       {},
       {{{"ID", "7"}, {"receiver_country", "Russia"}, {"receiver_category", "Media"}},
        {{"ID", "7"}, {"receiver_country", "Russian Federation"}, {"receiver_category", "Media"}},
        {{"ID", "7"}, {"receiver_country", "Asia (region)"}, {"receiver_category", "Unknown"}},
        {{"ID", "7"},
         {"receiver_country", "Not available"},
         {"receiver_category", "Critical infrastructure"},
         {"receiver_category_subcode", "Energy"}},
        {{"ID", "7"}, {"receiver_country", "Atlantis"}},
        {{"ID", "8"}, {"receiver_country", "Italy"}}}});
  const Objects objects(imported);
  const Json said = objects.said("incident");
  EXPECT_EQ(said["victims"], Json::parse(R"({"countries":["RU"],"regions":["Asia"],
                                             "sectors":["energy","media"]})"));
  EXPECT_EQ(said["coding"]["receivers"].size(), 5U);
  EXPECT_EQ(said["coding"]["receivers"][3]["receiver_country"], "Not available");
  EXPECT_EQ(
      std::ranges::count_if(objects.all, [](const Json& o) { return o["type"] == "location"; }), 2);
  EXPECT_EQ(imported->doubts.kinds().at("place_unknown").count, 1U);
  EXPECT_EQ(imported->doubts.kinds().at("receiver_without_incident").count, 1U);
}

TEST(Eurepoc, NamesAreMaskedInTexts) {
  Source source = crossed();
  source.incidents[0]["name"] = "Jane Doe hacks X";
  source.incidents[0]["description"] = "It was Jane Doe.";
  source.incidents.push_back({{"ID", "8"}, {"name", "Jane Doe again"}});
  const auto incidents = Objects(import(source)).of_kind("incident");
  EXPECT_EQ(incidents[0]["name"], "[name withheld] hacks X");
  EXPECT_EQ(incidents[0]["description"], "It was [name withheld].");
  EXPECT_EQ(incidents[1]["name"], "Jane Doe again");  // not named by its own rows
  EXPECT_FALSE(Objects(import(source, {.descriptions = false}))
                   .of_kind("incident")[0]
                   .contains("description"));
}

TEST(Eurepoc, NamesThatNoAttributionHasAreMaskedInTexts) {
  Source source = crossed();
  source.incidents[0]["description"] = "Jane Doe and Jack Roe.";
  source.incidents[0]["initiator_name"] = "['APT28', ['Jack Roe']]";
  for (Cells& row : source.attributions) row["attribution_ID"] = "";
  EXPECT_EQ(Objects(import(source)).of_kind("incident")[0]["description"],
            "[name withheld] and [name withheld].");
}

TEST(Eurepoc, NamesOfReceiversAreMaskedInTexts) {
  const auto text = [](const std::string& name, const std::string& category) {
    const Objects objects(import({{{{"ID", "7"}, {"description", name + " was hit."}}},
                                  {},
                                  {{{"ID", "7"},
                                    {"receiver_country", "Italy"},
                                    {"receiver_name", name},
                                    {"receiver_category", category}}}}));
    return objects.of_kind("incident")[0]["description"].get<std::string>();
  };
  EXPECT_EQ(text("Jane Doe", "Media"), "[name withheld] was hit.");
  EXPECT_EQ(text("Jane Doe", "State institutions / political system"), "[name withheld] was hit.");
  EXPECT_EQ(text("Ministry of Doe", "State institutions / political system"),
            "Ministry of Doe was hit.");
  EXPECT_EQ(text("Acme Pipes", "Critical infrastructure"), "Acme Pipes was hit.");
}

TEST(Eurepoc, IdsThatAreOddLoseNothing) {
  const auto imported = import(
      {{{{"ID", "7"}, {"name", "a"}}, {{"ID", "7"}, {"name", "b"}}, {{"name", "c"}}}, {}, {}});
  EXPECT_EQ(Objects(imported).of_kind("incident").size(), 3U);
  EXPECT_EQ(imported->doubts.kinds().at("id_repeated").count, 1U);
  EXPECT_EQ(imported->doubts.kinds().at("id_missing").count, 1U);
  Source source = crossed();
  source.incidents.push_back({{"ID", "8"}});
  source.attributions[3]["incident_ID"] = "8";
  const auto notes = Objects(import(source)).of_kind("attribution");
  ASSERT_EQ(notes.size(), 2U);
  EXPECT_NE(notes[0]["id"], notes[1]["id"]);
}

TEST(Eurepoc, EveryObjectIsAdmissibleAndRefersBackwards) {
  Source source = crossed();
  source.receivers = {{{"ID", "7"}, {"receiver_country", "Italy"}}};
  source.incidents[0]["number_of_legal_responses"] = "1";
  source.incidents[0]["sources_url"] = "['https://example.org/a', 'no address', '']";
  const auto imported = import(source);
  codec::JsonReader reader;
  std::set<std::string> known{kParty};
  for (const std::string& text : imported->objects) {
    const auto head = filing::read_object(as_bytes(text), reader);
    ASSERT_TRUE(head) << text;
    EXPECT_EQ(head->creator, kParty);
    const Json object = Json::parse(text);
    for (const char* ref : {"source_ref", "target_ref"})
      EXPECT_TRUE(!object.contains(ref) || known.contains(object[ref])) << text;
    for (const Json& ref : object.value("object_refs", Json::array()))
      EXPECT_TRUE(known.contains(ref)) << text;
    EXPECT_TRUE(known.insert(head->id).second) << text;
  }
  EXPECT_EQ(import(source)->objects, imported->objects);
  std::string text;
  for (const std::string& object : imported->objects) text += object + "\n";
  testing::expect_golden("intake/eurepoc.ndjson", text);
}

TEST(Eurepoc, AFileThatIsAnotherTableIsRefused) {
  const auto refused =
      eurepoc({as_bytes("a,b\r\n"), as_bytes("a\r\n"), as_bytes("a\r\n")}, kImporter);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code(), "table-columns");
  EXPECT_TRUE(refused.error().sentence().contains("Global_Database"));
  EXPECT_EQ(import({{{{"ID", "1"}, {"description", std::string((1 << 20) + 1, '"')}}}, {}, {}})
                .error()
                .code(),
            "csv-too-large");
}

}  // namespace
}  // namespace comity::intake
