// Finding objects and what is said about them, on small records whose content is known.

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "query/content.h"
#include "query/entry.h"
#include "query/filed_by.h"
#include "query/find_object.h"
#include "query/mentions.h"
#include "query/names.h"
#include "query/party.h"
#include "query/statements.h"
#include "query/summary.h"
#include "tests/query/sample_record.h"

namespace comity::query {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr int kParty = samples::SampleRecord::kParty;

std::string id(const std::string& type, int number) { return type + "--" + samples::uuid(number); }

/// An object of that type with more members, the second as its version.
std::string object(const std::string& type, int number, json more, int second = 0,
                   int creator = kParty) {
  json made{{"type", type},
            {"spec_version", "2.1"},
            {"id", id(type, number)},
            {"created_by_ref", samples::party(creator)},
            {"created", "2026-01-02T00:00:00.000Z"},
            {"modified", "2026-01-02T00:00:0" + std::to_string(second) + ".000Z"}};
  made.update(more);
  return made.dump();
}

json extension(const std::string& kind, json members = json::object()) {
  members["extension_type"] = "property-extension";
  members["kind"] = kind;
  return {{"extensions", {{std::string(filing::kExtensionId), members}}}};
}

std::string incident(int number, const std::string& name, int second = 0) {
  json more = extension("incident", {{"effects", {"availability"}}});
  more["name"] = name;
  return object("incident", number, more, second);
}

std::string claim(int number, int on, const std::string& date, const std::string& kind) {
  json members{{"made_by", "X"}, {"wording", "w" + std::to_string(number)}};
  if (!date.empty()) members["date"] = {{"date", date}, {"precision", "day"}};
  json more = extension(kind, members);
  more["content"] = "c";
  more["object_refs"] = {id("incident", on)};
  return object("note", number, more);
}

class Objects : public ::testing::Test {
 protected:
  std::uint64_t file(const std::vector<std::string>& objects) {
    const auto entry = sample_.file(objects);
    sample_.follow();
    return entry;
  }
  void control(const filing::Control& what) {
    const auto done = sample_.registry().control(what);
    ASSERT_TRUE(done.has_value()) << done.error().sentence();
    sample_.follow();
  }
  void hold(std::uint64_t entry, bool on) {
    control(filing::Hold{.item = {entry, 0}, .on = on, .ground = "order", .authority = "court"});
  }
  void erase(std::uint64_t entry) {
    control(filing::Erase{.item = {entry, 0}, .ground = "a person", .authority = "court"});
  }
  static std::uint64_t size(const Snapshot& snapshot) { return snapshot.stamp().size; }
  static ObjectKey key(const Snapshot& snapshot, const std::string& object_id) {
    return object_of(snapshot, object_id).value().value();
  }
  std::vector<std::string> find(const std::string& what) {
    const auto snapshot = sample_.snapshot();
    std::vector<std::string> ids;
    const auto found = find_named(snapshot, what, size(snapshot), 20).value();
    for (const auto& it : found) ids.push_back(it.id);
    return ids;
  }
  std::vector<std::string> near(const std::string& what) {
    const auto snapshot = sample_.snapshot();
    return near_names(snapshot, what, size(snapshot), 5).value();
  }

  samples::SampleRecord sample_;
};

TEST_F(Objects, AreFoundByListBeforeNameBeforeAlias) {
  json listed{{"name", "Something"},
              {"external_references", {{{"source_name", "list"}, {"external_id", "UN-13a"}}}}};
  file({object("course-of-action", 1, listed)});
  file({object("intrusion-set", 2, {{"name", "Fancy Bear"}, {"aliases", {"APT28", "un-13A"}}})});
  file({object("intrusion-set", 3, {{"name", "APT28"}})});
  file({object("note", 4,
               {{"content", "c"},
                {"object_refs", {samples::party(1)}},
                {"external_references", {{{"source_name", "list"}, {"external_id", "UN-13a"}}}}})});
  EXPECT_THAT(find("un-13a"), ElementsAre(id("course-of-action", 1)));
  EXPECT_THAT(find("apt 28"), ElementsAre(id("intrusion-set", 3)));
  EXPECT_THAT(find("FANCY-BEAR"), ElementsAre(id("intrusion-set", 2)));
  EXPECT_THAT(find("un13a"), ElementsAre(id("intrusion-set", 2)));
  EXPECT_THAT(find("' OR 1=1 --"), IsEmpty());
  EXPECT_THAT(find(""), IsEmpty());
  file({object("intrusion-set", 5, {{"name", "apt28"}})});
  EXPECT_EQ(find("APT28").size(), 2U);
}

TEST_F(Objects, NamesNearbyAreOffered) {
  file({incident(1, "NotPetya"), incident(2, "NotPetya Again"), incident(3, "Nothing")});
  EXPECT_THAT(near("notpetia"), ElementsAre("NotPetya"));
  EXPECT_THAT(near("nitpetya"), ElementsAre("NotPetya"));
  EXPECT_THAT(near("notpet"), ElementsAre("NotPetya", "NotPetya Again"));
  EXPECT_THAT(near("xyz"), IsEmpty());
  EXPECT_THAT(near(std::string(10'000, 'n')), IsEmpty());
}

TEST_F(Objects, WhatIsOnHoldIsNeitherFoundByNameNorRead) {
  const auto entry = file({incident(1, "Secret name")});
  hold(entry, true);
  EXPECT_THAT(find("secret name"), IsEmpty());
  EXPECT_THAT(near("secret nam"), IsEmpty());
  {
    const auto snapshot = sample_.snapshot();
    const auto shown =
        shown_version(snapshot, key(snapshot, id("incident", 1)), size(snapshot)).value().value();
    ASSERT_TRUE(shown.held.has_value());
    EXPECT_EQ(shown.held->ground, "order");
    const auto contents = Contents::open(sample_.registry().files(), snapshot).value();
    EXPECT_FALSE(contents.read(shown).value().has_value());
    auto names = Names::open(snapshot, size(snapshot)).value();
    EXPECT_EQ(names.of(id("incident", 1)).value(), "");
    // As of a time before the hold too: what is withheld is withheld.
    const auto before = shown_version(snapshot, shown.object, entry + 1).value().value();
    EXPECT_FALSE(contents.read(before).value().has_value());
  }
  hold(entry, false);
  EXPECT_THAT(find("secret name"), ElementsAre(id("incident", 1)));
}

TEST_F(Objects, VersionsAreThoseOfTheSizeAskedFor) {
  const auto first = file({incident(1, "A", 1)});
  const auto second = file({incident(1, "B", 2)});
  file({incident(1, "C", 3)});
  const auto gone = file({incident(1, "D", 4)});
  erase(gone);
  const auto snapshot = sample_.snapshot();
  const auto object = key(snapshot, id("incident", 1));
  EXPECT_EQ(versions_of(snapshot, object, size(snapshot)).value().size(), 3U);
  EXPECT_EQ(versions_of(snapshot, object, second + 1).value().size(), 2U);
  EXPECT_EQ(shown_version(snapshot, object, second + 1).value()->place.entry, second);
  EXPECT_EQ(shown_version(snapshot, object, second).value()->place.entry, first);
  EXPECT_FALSE(shown_version(snapshot, object, first).value().has_value());
  const auto erased = erased_of(snapshot, object, size(snapshot)).value();
  ASSERT_EQ(erased.size(), 1U);
  EXPECT_EQ(erased[0].place.entry, gone);
  EXPECT_EQ(erased[0].party, samples::party(kParty));
  EXPECT_EQ(erased[0].why.ground, "a person");
  auto names = Names::open(snapshot, second + 1).value();
  EXPECT_EQ(names.of(id("incident", 1)).value(), "B");
}

TEST_F(Objects, BytesAreReadAsTheyWereFiled) {
  const std::string open = "  " + incident(1, "Open") + "\n";
  const auto entry = file({incident(2, "Other"), open});
  const std::string secret = incident(3, "Hidden at first");
  const auto hidden =
      sample_.registry().file({samples::for_readers(secret, {samples::party(kParty)})},
                              samples::party(kParty), samples::key(kParty));
  ASSERT_TRUE(hidden.has_value());
  codec::JsonReader reader;
  const auto head = filing::read_object(as_bytes(secret), reader).value();
  control(filing::Disclose{
      .item = {hidden->index, 0}, .id = head.id, .version = head.version, .revoked = false});
  const auto snapshot = sample_.snapshot();
  const auto contents = Contents::open(sample_.registry().files(), snapshot).value();
  const auto read = [&](int number) {
    const auto version =
        shown_version(snapshot, key(snapshot, id("incident", number)), size(snapshot));
    return std::string(as_text(contents.read(**version).value().value()));
  };
  EXPECT_EQ(read(1), open);
  EXPECT_EQ(read(3), secret);
  const auto version =
      shown_version(snapshot, key(snapshot, id("incident", 3)), size(snapshot)).value().value();
  EXPECT_EQ(version.filed_at().entry, hidden->index);
  EXPECT_EQ(version.party, samples::party(kParty));
  const auto fates = entry_of(snapshot, hidden->index).value().value().fates;
  EXPECT_EQ(fates.at(0).disclosed_by, version.place.entry);
  EXPECT_THAT(entry_of(snapshot, entry).value().value().fates, IsEmpty());
  EXPECT_FALSE(entry_of(snapshot, size(snapshot)).value().has_value());
}

TEST_F(Objects, WhatIsSaidComesByDate) {
  file({incident(1, "I")});
  const auto early = file({claim(12, 1, "2018-02-15", "attribution"), claim(13, 1, "", "reply")});
  const auto late = file({claim(11, 1, "2017-07-01", "attribution"), claim(14, 2, "", "reply")});
  const auto snapshot = sample_.snapshot();
  const auto said = [&](std::uint64_t at) {
    std::vector<std::string> words;
    const auto claims = claims_about(snapshot, key(snapshot, id("incident", 1)), at, 100).value();
    for (const auto& it : claims) words.push_back(it.version.kind + " " + it.wording);
    return words;
  };
  EXPECT_THAT(said(size(snapshot)), ElementsAre("attribution w11", "attribution w12", "reply w13"));
  EXPECT_THAT(said(late), ElementsAre("attribution w12", "reply w13"));
  EXPECT_THAT(said(early), IsEmpty());
  EXPECT_EQ(claims_about(snapshot, key(snapshot, id("incident", 1)), size(snapshot), 1)->size(),
            1U);
}

TEST_F(Objects, ResponsesFindingsAndOpinionsAreWhosever) {
  json finding = extension("finding", {{"verdict", "breached"}, {"reasons", "because"}});
  finding["content"] = "c";
  finding["object_refs"] = {id("incident", 1), id("course-of-action", 2)};
  json response =
      extension("response", {{"made_by", "EU"},
                             {"response_type", "sanctions"},
                             {"taken_at", {{"date", "2020-07"}, {"precision", "month"}}}});
  response["name"] = "r";
  const json tie{{"relationship_type", "related-to"},
                 {"source_ref", id("course-of-action", 3)},
                 {"target_ref", id("incident", 1)}};
  const json opinion{{"opinion", "disagree"}, {"object_refs", {id("incident", 1)}}};
  file({incident(1, "I"), object("note", 10, finding), object("course-of-action", 3, response),
        object("relationship", 4, tie), object("relationship", 5, tie),
        object("opinion", 6, opinion)});
  const auto snapshot = sample_.snapshot();
  const auto object = key(snapshot, id("incident", 1));
  const auto all = size(snapshot);
  const auto findings = findings_about(snapshot, object, all, 9).value();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].verdict, "breached");
  EXPECT_EQ(findings[0].version.party, samples::party(kParty));
  EXPECT_THAT(subjects_of(snapshot, findings[0].version.key).value(),
              ElementsAre(id("incident", 1), id("course-of-action", 2)));
  const auto responses = responses_to(snapshot, object, all, 9).value();
  ASSERT_EQ(responses.size(), 1U);  // though two relationships tie it
  EXPECT_EQ(responses[0].maker.name, "EU");
  EXPECT_EQ(responses[0].date->precision, 1);
  const auto opinions = opinions_about(snapshot, object, all, 9).value();
  ASSERT_EQ(opinions.size(), 1U);
  EXPECT_EQ(opinions[0].opinion, "disagree");
  EXPECT_EQ(mentions_of(snapshot, object, all, 9).value().size(), 4U);
  EXPECT_EQ(mentions_of(snapshot, object, all, 2).value().size(), 2U);
  const auto relations = relations_of(snapshot, object, all, 9).value();
  ASSERT_EQ(relations.size(), 2U);
  EXPECT_EQ(relations[0].other, id("course-of-action", 3));
  EXPECT_FALSE(relations[0].outgoing);
}

TEST_F(Objects, NamesakesShareANameAndNothingIsInferred) {
  file({object("intrusion-set", 1, {{"name", "APT28"}, {"aliases", {"Fancy Bear"}}}),
        object("threat-actor", 2, {{"name", "fancy-bear"}}),
        object("threat-actor", 3, {{"name", "Cozy Bear"}}), incident(4, "Fancy Bear")});
  const auto snapshot = sample_.snapshot();
  const auto of =
      shown_version(snapshot, key(snapshot, id("intrusion-set", 1)), size(snapshot)).value();
  const auto found = namesakes_of(snapshot, *of, size(snapshot), 9).value();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].version.id, id("threat-actor", 2));
  EXPECT_EQ(found[0].shared, "fancy-bear");
  EXPECT_EQ(names_of(snapshot, of->key).value().size(), 2U);
}

TEST_F(Objects, WhatAPartyHasFiledOfAnObject) {
  file({incident(1, "A", 3)});
  const auto late = file({incident(1, "B", 5), incident(2, "C")});
  file({incident(1, "older", 1)});
  const auto gone = file({incident(3, "gone")});
  erase(gone);
  json revoked{{"name", "D"}, {"revoked", true}};
  file({object("incident", 4, revoked)});
  const auto snapshot = sample_.snapshot();
  const auto filed = FiledBy::open(snapshot, samples::party(kParty)).value();
  EXPECT_EQ(filed.of(id("incident", 1)).value()->newest->place.entry, late);
  EXPECT_FALSE(filed.of(id("incident", 1)).value()->withdrawn);
  EXPECT_TRUE(filed.of(id("incident", 3)).value()->withdrawn);
  EXPECT_TRUE(filed.of(id("incident", 4)).value()->withdrawn);
  EXPECT_FALSE(filed.of(id("incident", 5)).value().has_value());
  EXPECT_FALSE(filed.of("no id").value().has_value());
  const auto other = FiledBy::open(snapshot, samples::party(1)).value();
  EXPECT_FALSE(other.of(id("incident", 1)).value().has_value());
  EXPECT_FALSE(FiledBy::open(snapshot, samples::party(999)).value().of(id("incident", 1)).value());
}

TEST_F(Objects, PartiesAndNumbersAreThoseOfTheSize) {
  file({incident(1, "A", 1)});
  file({incident(1, "B", 2), incident(2, "C")});
  const auto snapshot = sample_.snapshot();
  const auto all = parties(snapshot, size(snapshot)).value();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[1].id, samples::party(kParty));
  EXPECT_EQ(filings_of(snapshot, all[1].object, size(snapshot)).value(), 2U);
  const auto keys = keys_of(snapshot, all[1].object, size(snapshot)).value();
  ASSERT_EQ(keys.size(), 1U);
  EXPECT_EQ(party_with_key(snapshot, keys[0].kid, size(snapshot)).value()->id, all[1].id);
  EXPECT_FALSE(party_of(snapshot, all[1].id, all[1].admitted).value().has_value());
  EXPECT_EQ(notes_about(snapshot, all[1].object, "admission", size(snapshot)).value().size(), 1U);

  const auto now = summarize(snapshot, size(snapshot)).value();
  EXPECT_EQ(now.filings + now.controls, size(snapshot));
  EXPECT_EQ(now.filing_parties, 2U);
  EXPECT_EQ(now.parties, 2U);
  const auto incidents = [](const Summary& summary) {
    for (const auto& it : summary.kinds)
      if (it.what == "incident") return it.count;
    return std::uint64_t{0};
  };
  EXPECT_EQ(incidents(now), 2U);
  const auto before = summarize(snapshot, size(snapshot) - 1).value();
  EXPECT_EQ(incidents(before), 1U);
  EXPECT_EQ(now.versions - before.versions, 2U);
}

}  // namespace
}  // namespace comity::query
