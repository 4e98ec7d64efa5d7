// Whatever is said as of a size is what a registry says whose log has stopped there: statistics,
// trends, the figures of a data set, searches, what is told of an object and exports, on random
// records with versions that replace one another, relayed, revoked, erased and disclosed objects.
// And such a record, kept up as its log grew, is the one that a newcomer folds.

#include <set>

#include <nlohmann/json.hpp>

#include "intake/eurepoc.h"

#include "query/eurepoc_figures.h"
#include "query/export.h"
#include "query/export_request.h"
#include "query/overview.h"
#include "query/search.h"
#include "query/stix_ids.h"
#include "query/story_json.h"
#include "query/trends.h"
#include "tests/query/sample_record.h"
#include "tests/query/told.h"
#include "tests/record/dump.h"

namespace comity::query {
namespace {

using nlohmann::json;
using Strings = std::vector<std::string>;

constexpr int kAuthor = samples::SampleRecord::kParty;
constexpr int kRelayer = kAuthor + 1;
/// The incident core extension.
constexpr const char* kCore = "extension-definition--ef765651-680c-498d-9894-99799f2fa126";

template <class T>
T one_of(const std::vector<T>& values) {
  return *rc::gen::elementOf(values);
}
Strings subset_of(const Strings& values) {
  Strings chosen;
  for (const std::string& value : values)
    if (*rc::gen::arbitrary<bool>()) chosen.push_back(value);
  return chosen;
}
bool once_in(int times) { return *rc::gen::inRange(0, times) == 0; }
/// One of them or nothing.
json maybe(const Strings& values) { return once_in(2) ? json(nullptr) : json(one_of(values)); }

/// A date as Comity's extension has it; none at times.
json any_date() {
  const auto date = one_of<std::string>({"", "2016", "2017", "2017-03", "2017-03-05", "2018-11"});
  if (date.empty()) return nullptr;
  const char* precision = date.size() == 4 ? "year" : date.size() == 7 ? "month" : "day";
  return {{"date", date}, {"precision", precision}};
}

/// As STIX wants it: a list that would be empty is no property at all.
void leave_out_what_is_empty(json& members) {
  for (auto it = members.begin(); it != members.end();) {
    if (it->is_object()) leave_out_what_is_empty(*it);
    it = it->empty() ? members.erase(it) : std::next(it);
  }
}

/// Objects that random parties file, and what else happens to them.
class Deeds {
 public:
  explicit Deeds(samples::SampleRecord& sample) : sample_(&sample) {
    RC_ASSERT(sample.registry().admit(kRelayer).has_value());
    sample.file({object("identity", 800, {{"name", "Ministry"}, {"identity_class", "organization"}},
                        {{"kind", "claimant"}, {"group", "government"}})});
  }

  void one() {
    ++version_;
    switch (*rc::gen::inRange(0, 12)) {
      case 0:
        return erase();
      case 1:
        return file_hidden();
      case 2:
        return disclose();
      case 3:
        return file(any_claim());
      case 4:
        return file(any_response());
      case 5:
        return file(any_tie());
      case 6:
        return file(any_actor());
      case 7:
        return file(any_remark());
      default:
        return file(any_incident());
    }
  }

 private:
  struct Filed {
    filing::ItemPlace place;
    std::string object;
  };

  /// The version is `version_`, and the creator is the first party.
  [[nodiscard]] std::string object(const std::string& type, int number, json members,
                                   json extension) const {
    members.update({{"type", type},
                    {"spec_version", "2.1"},
                    {"id", id(type, number)},
                    {"created_by_ref", samples::party(kAuthor)},
                    {"created", "2026-01-02T00:00:00.000Z"},
                    {"modified", fmt::format("2026-01-02T00:00:00.{:03}Z", version_)},
                    {"object_marking_refs", {samples::kClear}}});
    if (!extension.is_null()) {
      extension["extension_type"] = "property-extension";
      members["extensions"][std::string(filing::kExtensionId)] = extension;
    }
    leave_out_what_is_empty(members);
    return members.dump();
  }
  static std::string id(const std::string& type, int number) {
    return type + "--" + samples::uuid(number);
  }
  static int any_number() { return *rc::gen::inRange(1, 5); }

  /// `members` of that object, revoked at times; then nothing more is filed of it.
  std::optional<std::string> maybe_revoked(const std::string& type, int number, json members,
                                           const json& extension) {
    if (revoked_.contains(id(type, number))) return std::nullopt;
    if (once_in(8)) {
      members["revoked"] = true;
      revoked_.insert(id(type, number));
    }
    return object(type, number, members, extension);
  }
  std::optional<std::string> any_incident() {
    json members{{"name", "Incident " + one_of<std::string>({"alpha", "beta"})},
                 {"description", maybe({"alpha was seen"})}};
    if (once_in(2))
      members["extensions"][kCore] = {
          {"extension_type", "property-extension"},
          {"determination", one_of<std::string>({"blocked", "suspected"})},
          {"investigation_status", "new"}};
    return maybe_revoked("incident", any_number(), members,
                         {{"kind", "incident"},
                          {"start", any_date()},
                          {"disclosed", any_date()},
                          {"discovered", any_date()},
                          {"severity", maybe({"0", "3", "9"})},
                          {"coding", any_coding()},
                          {"victims",
                           {{"countries", subset_of({"DE", "FR", "UA"})},
                            {"sectors", subset_of({"energy", "health"})}}},
                          {"effects", subset_of({"availability", "integrity"})},
                          {"techniques", subset_of({"ddos", "zero_day", "worm"})},
                          {"doubtful", subset_of({"start"})},
                          {"response_search", one_of<std::string>({"found", "not_searched"})}});
  }
  static json any_coding() {
    return {{"source", maybe({"A table", "B table"})},
            {"values", {{"weighted_cyber_intensity", subset_of({"1.0", "2.5", "Unknown"})}}}};
  }
  std::optional<std::string> any_claim() {
    json extension{{"kind", one_of<std::string>({"attribution", "reply"})},
                   {"scope", one_of<std::string>({"filed", "reported"})},
                   {"statement_type", one_of<std::string>({"political", "technical"})},
                   {"date", any_date()},
                   {"state", maybe({"RU", "KP"})},
                   {"organ", maybe({"GRU", "unit alpha"})},
                   {"wording", maybe({"alpha did it", "it was not us"})},
                   {"doubtful", subset_of({"date"})}};
    if (*rc::gen::arbitrary<bool>()) extension["made_by_ref"] = id("identity", 800);
    if (once_in(4)) extension["cluster"] = id("intrusion-set", any_number());
    Strings about{id("incident", any_number())};
    if (once_in(3)) about.push_back(id("intrusion-set", any_number()));
    return maybe_revoked("note", 900 + any_number(),
                         {{"content", "A claim."}, {"object_refs", about}}, extension);
  }
  std::optional<std::string> any_response() {
    return maybe_revoked("course-of-action", any_number(), {{"name", "A response"}},
                         {{"kind", "response"},
                          {"response_type", one_of<std::string>({"sanctions", "statement"})},
                          {"taken_at", any_date()}});
  }
  std::optional<std::string> any_actor() {
    return maybe_revoked("intrusion-set", any_number(),
                         {{"name", one_of<std::string>({"Alpha", "Alpha Group", "Beta"})},
                          {"aliases", subset_of({"alpha", "Gamma"})}},
                         nullptr);
  }
  /// A finding, a publication or an opinion.
  std::optional<std::string> any_remark() {
    const Strings about{id("incident", any_number())};
    switch (*rc::gen::inRange(0, 3)) {
      case 0:
        return maybe_revoked("note", 910 + any_number(),
                             {{"content", "A finding."}, {"object_refs", about}},
                             {{"kind", "finding"},
                              {"verdict", one_of<std::string>({"breached", "upheld"})},
                              {"reasons", maybe({"because"})}});
      case 1:
        return maybe_revoked(
            "note", 920 + any_number(), {{"content", "It was said."}, {"object_refs", about}},
            {{"kind", "publication"}, {"date", any_date()}, {"wording", maybe({"we know"})}});
      default:
        return maybe_revoked(
            "opinion", any_number(),
            {{"opinion", one_of<std::string>({"agree", "disagree"})}, {"object_refs", about}},
            nullptr);
    }
  }
  std::optional<std::string> any_tie() {
    if (once_in(3))
      return maybe_revoked("relationship", 10 + any_number(),
                           {{"relationship_type", "attributed-to"},
                            {"source_ref", id("incident", any_number())},
                            {"target_ref", id("intrusion-set", any_number())}},
                           nullptr);
    return maybe_revoked("relationship", any_number(),
                         {{"relationship_type", "related-to"},
                          {"source_ref", id("course-of-action", any_number())},
                          {"target_ref", id("incident", any_number())}},
                         nullptr);
  }

  /// By its creator, by another, or by both, the creator last.
  void file(const std::optional<std::string>& object) {
    if (!object) return;
    const bool relayed = once_in(4);
    if (relayed) file_by(kRelayer, *object);
    if (!relayed || once_in(2)) file_by(kAuthor, *object);
  }
  void file_by(int party, const std::string& object) {
    filed_.push_back({{.entry = sample_->file({object}, party), .ordinal = 0}, object});
  }
  void file_hidden() {
    const auto object = any_incident();
    if (!object) return;
    const auto filed =
        sample_->registry().file({samples::for_readers(*object, {samples::party(kRelayer)})},
                                 samples::party(kAuthor), samples::key(kAuthor));
    if (!filed) RC_FAIL(filed.error().sentence());
    hidden_.push_back({{.entry = filed->index, .ordinal = 0}, *object});
  }
  void disclose() {
    if (hidden_.empty()) return;
    const Filed it = take_one(hidden_);
    const auto head = filing::read_object(as_bytes(it.object), reader_).value();
    const filing::Disclose disclose{
        .item = it.place, .id = head.id, .version = head.version, .revoked = head.revoked};
    // Refused where the object was revoked meanwhile.
    if (sample_->registry().control(disclose)) filed_.push_back(it);
  }
  void erase() {
    if (filed_.empty()) return;
    const filing::Erase erase{
        .item = take_one(filed_).place, .ground = "a person", .authority = "a court"};
    const auto done = sample_->registry().control(erase);
    if (!done) RC_FAIL(done.error().sentence());
  }
  static Filed take_one(std::vector<Filed>& from) {
    const auto at = *rc::gen::inRange<std::size_t>(0, from.size());
    Filed taken = from[at];
    from.erase(from.begin() + static_cast<std::ptrdiff_t>(at));
    return taken;
  }

  samples::SampleRecord* sample_;
  int version_ = 0;
  std::vector<Filed> filed_;
  std::vector<Filed> hidden_;
  std::set<std::string> revoked_;
  codec::JsonReader reader_;
};

/// The record of a log that stops at one of its heads after the other.
class StoppedRecord {
 public:
  explicit StoppedRecord(samples::SampleRecord& of)
      : follower_(record::Follower::open({of.registry().files(), place_.path()}).value()) {}

  [[nodiscard]] Snapshot at(const crypto::TreeHead& head) {
    const auto caught_up = follower_->catch_up(head);
    EXPECT_TRUE(caught_up.has_value()) << (caught_up ? "" : caught_up.error().sentence());
    return Snapshot::open(follower_->path()).value();
  }

 private:
  samples::TemporaryDirectory place_;
  std::unique_ptr<record::Follower> follower_;
};

/// What is answered as of a size, to be compared; numbers that a record gives don't occur.
json statistics(const Snapshot& snapshot, std::uint64_t size) {
  IncidentFilter some;
  some.country = "DE";
  some.from = 17'000;  // 2016-07-18
  return {told(overview(snapshot, size, {}).value()), told(overview(snapshot, size, some).value())};
}
json trends_told(const Snapshot& snapshot, std::uint64_t size) {
  const auto ids = StixIds::open(snapshot.database()).value();
  json all = json::array();
  for (const auto date : {TrendDate::kPublic, TrendDate::kStart})
    for (const auto period : {TrendPeriod::kMonth, TrendPeriod::kYear})
      all.push_back(told(trends(snapshot, size, {{}, date, period}).value(), ids));
  return all;
}
json found(const Snapshot& snapshot, std::uint64_t size) {
  json all = json::array();
  for (const auto kind : {SearchKind::incidents, SearchKind::actors, SearchKind::claims})
    for (const char* words : {"", "alpha"}) {
      SearchRequest request{.kind = kind, .words = words, .as_of = AtSize{size}};
      request.facets = kind != SearchKind::actors;
      all.push_back(told(search(snapshot, request).value()));
    }
  return all;
}

/// One of the objects that deeds are about.
std::string any_id() {
  return one_of<std::string>({"incident", "intrusion-set", "course-of-action"}) + "--" +
         samples::uuid(*rc::gen::inRange(1, 5));
}
/// What is told of an object; null where there is no version of it. What was erased later is told
/// of as of every size, so it is left out.
Json story(const Snapshot& snapshot, const Files& files, std::uint64_t size,
           const std::string& id) {
  auto at = RecordAt::open(snapshot, files, size).value();
  const auto found = find_story(at, id);
  const bool is_answer = found || found.error().code() == "object-unknown";
  RC_ASSERT(is_answer);
  if (!found || found->versions.empty()) return nullptr;
  auto all = story_json(at, *found).value();
  all.erase("erased");
  return all;
}

ExportTexts any_export() {
  ExportTexts texts;
  texts.format = one_of<std::string>({"csv", "jsonl", "stix"});
  texts.kind = one_of<std::string>({"incidents", "claims", "responses", "actors", "objects"});
  texts.all_versions = once_in(3);
  if (texts.kind != "actors" && texts.kind != "objects" && once_in(3)) texts.country = "DE";
  return texts;
}
std::string exported(const Snapshot& snapshot, const Files& files, std::uint64_t size,
                     const ExportTexts& texts) {
  const auto at = RecordAt::open(snapshot, files, size).value();
  auto pieces = Export::open(at, samples::kOrigin, texts.request().value()).value();
  std::string all;
  while (pieces.next(all).value()) {
  }
  return all;
}

RC_GTEST_PROP(StoppedRegistry, SaysWhatIsAnsweredAsOfItsSize, ()) {
  samples::SampleRecord sample;
  Deeds deeds(sample);
  std::vector<crypto::TreeHead> heads;
  const int count = *rc::gen::inRange(1, 16);
  for (int i = 0; i < count; ++i) {
    deeds.one();
    sample.follow();
    heads.push_back(sample.head());
  }
  const auto snapshot = sample.snapshot();
  const Files& files = sample.registry().files();
  StoppedRecord stopped(sample);
  for (const auto& head : heads) {
    const auto then = stopped.at(head);
    const auto size = crypto::count(head.size);
    RC_ASSERT(then.stamp().size == size);
    RC_ASSERT(statistics(snapshot, size) == statistics(then, size));
    RC_ASSERT(trends_told(snapshot, size) == trends_told(then, size));
    RC_ASSERT(found(snapshot, size) == found(then, size));
    const auto id = any_id();
    RC_ASSERT(story(snapshot, files, size, id) == story(then, files, size, id));
    const auto texts = any_export();
    RC_ASSERT(exported(snapshot, files, size, texts) == exported(then, files, size, texts));
  }
}

RC_GTEST_PROP(StoppedRegistry, ANewcomerHasTheSameRecord, ()) {
  samples::SampleRecord sample;
  Deeds deeds(sample);
  const int count = *rc::gen::inRange(1, 16);
  for (int i = 0; i < count; ++i) {
    deeds.one();
    sample.follow();
  }
  const auto dump = [&] {
    return record::testing::dump(sample.follower().fold().store().database());
  };
  const auto stamp = sample.follower().stamp();
  const auto tables = dump();
  RC_ASSERT(sample.follower().reset().has_value());
  sample.follow();
  RC_ASSERT(sample.follower().stamp() == stamp);
  for (const auto& [name, rows] : dump())
    if (tables.at(name) != rows) RC_FAIL("the table " + name + " differs");
}

/// Three rows, of which `last` may be left out, and an intensity to tell versions apart.
Strings data_set(int version, bool last) {
  const std::string global =
      "ID,name,description,start_date,end_date,impact_indicator,number_of_attributions,"
      "number_of_political_responses,number_of_legal_responses,sources_url,"
      "weighted_cyber_intensity,incident_type\n"
      "7,One,,2020-01-02,2020-05-01,Low,1,1,0,[]," +
      std::to_string(version) +
      ",Data theft\n"
      "8,Two,,2021-03-04,2021-05-01,Low,0,0,1,[],2,Disruption\n" +
      (last ? "9,Three,,2022-03-04,2022-05-01,Low,0,0,0,[],3,Disruption\n" : "");
  const std::string attribution =
      "incident_ID,attribution_ID,attribution_date,attribution_type,attribution_basis,"
      "attributing_actor,attributing_country,attributed_initiator,attributed_initiator_country,"
      "attributed_initiator_category\n"
      "7,42.0,2020-03-04,,Attacker confirms,Agency A,France,APT28,Russia,State\n";
  const std::string receiver =
      "ID,receiver_country,receiver_category,receiver_category_subcode\n7,Italy,Media,\n" +
      std::string(last ? "9,France,Media,\n" : "");
  const intake::Importer importer{samples::party(kAuthor),
                                  UnixMicros{1'767'300'000'000'000 + version * 1'000'000LL}};
  return intake::eurepoc({as_bytes(global), as_bytes(attribution), as_bytes(receiver)}, importer)
      .value()
      .objects;
}

TEST(StoppedRegistry, HasTheFiguresOfADataSet) {
  samples::SampleRecord sample;
  std::vector<crypto::TreeHead> heads;
  const auto file = [&](const Strings& objects) {
    const auto entry = sample.file(objects);
    sample.follow();
    heads.push_back(sample.head());
    return entry;
  };
  file({samples::note(1)});
  file(data_set(1, false));
  file(data_set(2, true));
  const auto third = data_set(3, true);
  const auto entry = file(third);
  const auto is_incident = [](const std::string& it) {
    return json::parse(it)["type"] == "incident";
  };
  const auto ordinal = std::ranges::find_if(third, is_incident) - third.begin();
  ASSERT_LT(ordinal, std::ssize(third));
  ASSERT_TRUE(
      sample.registry().control(filing::Erase{.item = {entry, static_cast<std::uint64_t>(ordinal)},
                                              .ground = "a person",
                                              .authority = "a court"}));
  file({samples::note(2)});
  const auto snapshot = sample.snapshot();
  const auto figures = [](const Snapshot& of, std::uint64_t size) {
    Figures all = Figures::array();
    const auto sets = data_sets(of, size).value();
    for (const auto& set : sets) all.push_back(eurepoc_figures(of, size, set).value());
    return all;
  };
  StoppedRecord stopped(sample);
  std::set<std::string> different;
  for (const auto& head : heads) {
    const auto size = crypto::count(head.size);
    const auto answer = figures(snapshot, size);
    EXPECT_EQ(answer, figures(stopped.at(head), size)) << size;
    different.insert(answer.dump());
  }
  EXPECT_EQ(different.size(), 4U) << "none, two incidents, three, and the digest of another file";
}

}  // namespace
}  // namespace comity::query
