// Whatever is counted as of a size is what a registry says whose log has stopped there: statistics,
// trends, the figures of a data set and searches, on random records with versions that replace one
// another, relayed, revoked, erased and disclosed objects.

#include <set>

#include <nlohmann/json.hpp>

#include "intake/eurepoc.h"

#include "query/eurepoc_figures.h"
#include "query/overview.h"
#include "query/search.h"
#include "query/stix_ids.h"
#include "query/trends.h"
#include "tests/query/sample_record.h"
#include "tests/query/told.h"

namespace comity::query {
namespace {

using nlohmann::json;
using Strings = std::vector<std::string>;

constexpr int kFirst = samples::SampleRecord::kParty;
constexpr int kSecond = kFirst + 1;

template <class T>
T any_of(const std::vector<T>& values) {
  return *rc::gen::elementOf(values);
}
Strings some_of(const Strings& values) {
  Strings chosen;
  for (const std::string& value : values)
    if (*rc::gen::arbitrary<bool>()) chosen.push_back(value);
  return chosen;
}
bool once_in(int times) { return *rc::gen::inRange(0, times) == 0; }

/// A date as Comity's extension has it; none at times.
json any_date() {
  const auto date = any_of<std::string>({"", "2016", "2017", "2017-03", "2017-03-05", "2018-11"});
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
    RC_ASSERT(sample.registry().admit(kSecond).has_value());
    sample.file({object("identity", 800, {{"name", "Ministry"}, {"identity_class", "organization"}},
                        {{"kind", "claimant"}, {"group", "government"}})});
  }

  void one() {
    ++version_;
    switch (*rc::gen::inRange(0, 9)) {
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
                    {"created_by_ref", samples::party(kFirst)},
                    {"created", "2026-01-02T00:00:00.000Z"},
                    {"modified", fmt::format("2026-01-02T00:00:00.{:03}Z", version_)},
                    {"object_marking_refs", {samples::kClear}}});
    if (!extension.is_null()) {
      extension["extension_type"] = "property-extension";
      leave_out_what_is_empty(extension);
      members["extensions"] = {{std::string(filing::kExtensionId), extension}};
    }
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
    return maybe_revoked(
        "incident", any_number(), {{"name", "Incident " + any_of<std::string>({"alpha", "beta"})}},
        {{"kind", "incident"},
         {"start", any_date()},
         {"disclosed", any_date()},
         {"victims",
          {{"countries", some_of({"DE", "FR", "UA"})}, {"sectors", some_of({"energy", "health"})}}},
         {"effects", some_of({"availability", "integrity"})},
         {"techniques", some_of({"ddos", "zero_day", "worm"})},
         {"doubtful", some_of({"start"})},
         {"response_search", any_of<std::string>({"found", "not_searched"})}});
  }
  std::optional<std::string> any_claim() {
    json extension{{"kind", any_of<std::string>({"attribution", "reply"})},
                   {"scope", any_of<std::string>({"filed", "reported"})},
                   {"statement_type", any_of<std::string>({"political", "technical"})},
                   {"date", any_date()},
                   {"doubtful", some_of({"date"})}};
    if (*rc::gen::arbitrary<bool>()) extension["made_by_ref"] = id("identity", 800);
    return maybe_revoked("note", 900 + any_number(),
                         {{"content", "A claim."}, {"object_refs", {id("incident", any_number())}}},
                         extension);
  }
  std::optional<std::string> any_response() {
    return maybe_revoked("course-of-action", any_number(), {{"name", "A response"}},
                         {{"kind", "response"},
                          {"response_type", any_of<std::string>({"sanctions", "statement"})},
                          {"taken_at", any_date()}});
  }
  std::optional<std::string> any_tie() {
    return maybe_revoked("relationship", any_number(),
                         {{"relationship_type", "related-to"},
                          {"source_ref", id("course-of-action", any_number())},
                          {"target_ref", id("incident", any_number())}},
                         nullptr);
  }

  void file(const std::optional<std::string>& object) {
    if (!object) return;
    const int by = once_in(4) ? kSecond : kFirst;
    filed_.push_back({{.entry = sample_->file({*object}, by), .ordinal = 0}, *object});
  }
  void file_hidden() {
    const auto object = any_incident();
    if (!object) return;
    const auto filed =
        sample_->registry().file({samples::for_readers(*object, {samples::party(kSecond)})},
                                 samples::party(kFirst), samples::key(kFirst));
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
  for (const auto kind : {SearchKind::incidents, SearchKind::claims})
    for (const char* words : {"", "alpha"}) {
      SearchRequest request{.kind = kind, .words = words, .as_of = AtSize{size}};
      request.facets = kind == SearchKind::incidents;
      all.push_back(told(search(snapshot, request).value()));
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
  StoppedRecord stopped(sample);
  for (const auto& head : heads) {
    const auto then = stopped.at(head);
    const auto size = crypto::count(head.size);
    RC_ASSERT(then.stamp().size == size);
    RC_ASSERT(statistics(snapshot, size) == statistics(then, size));
    RC_ASSERT(trends_told(snapshot, size) == trends_told(then, size));
    RC_ASSERT(found(snapshot, size) == found(then, size));
  }
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
  const intake::Importer importer{samples::party(kFirst),
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
