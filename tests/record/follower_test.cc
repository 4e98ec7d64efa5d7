// The landmark record, filed by a party and folded.

#include "record/follower.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "intake/definitions.h"
#include "intake/embedded.h"
#include "intake/landmarks.h"
#include "intake/rulebooks.h"
#include "log/committer.h"
#include "log/layout.h"

#include "tests/crash/failing_vfs.h"
#include "tests/record/dump.h"
#include "tests/registry/sample_registry.h"

namespace comity::record {
namespace {

constexpr int kParty = 10;

/// A registry with the landmark record and the rulebooks, and its record.
class LandmarkRecord : public ::testing::Test {
 protected:
  LandmarkRecord() {
    EXPECT_TRUE(sample_.admit(kParty).has_value());
    const intake::Importer importer{samples::party(kParty), UnixMicros{1'750'000'000'000'000}};
    const auto landmarks = intake::landmarks(intake::landmarks_json(), importer).value();
    file(intake::definitions());
    file(landmarks.common);
    for (const auto& made : landmarks.cases) file(made.objects);
    const auto books = intake::rulebooks(intake::norms_json(), importer).value();
    for (const auto& made : books) file(made.objects);
    follower_ = Follower::open({sample_.files(), place_.path()}).value();
    follow();
  }

  std::uint64_t file(const std::vector<std::string>& objects) {
    std::vector<filing::DraftItem> items;
    for (const std::string& object : objects) items.push_back(samples::open_to_all(object));
    const auto filed = sample_.file(items, samples::party(kParty), samples::key(kParty));
    EXPECT_TRUE(filed.has_value()) << (filed ? "" : filed.error().sentence());
    return filed ? filed->index : 0;
  }
  void follow() {
    const auto caught_up = follower_->catch_up(sample_.head());
    ASSERT_TRUE(caught_up.has_value()) << caught_up.error().sentence();
  }
  std::int64_t count(const std::string& what) {
    return follower_->fold().store().database().integer("SELECT count(*) FROM " + what).value();
  }
  /// All bytes of the database and what lies beside it.
  std::string bytes() {
    std::string all;
    for (const char* suffix : {"", "-wal"}) {
      std::ifstream in(follower_->path() + suffix, std::ios::binary);
      all.append(std::istreambuf_iterator<char>(in), {});
    }
    return all;
  }

  samples::SampleRegistry sample_;
  samples::TemporaryDirectory place_;
  std::unique_ptr<Follower> follower_;
};

TEST(Store, AFileThatCantBeReadIsAFaultAndStays) {
  const samples::TemporaryDirectory place;
  const std::string path = place.path() + "/record.sqlite";
  std::filesystem::create_directory(path);  // as unreadable as any, for root too
  const auto opened = Store::open(path);
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().fault(), nullptr);
  EXPECT_TRUE(std::filesystem::is_directory(path));
  std::filesystem::remove(path);
  std::ofstream(path) << std::string(10'000, 'x');
  EXPECT_TRUE(Store::open(path));
}

TEST_F(LandmarkRecord, HasItsIndexesOnceItHasCaughtUp) {
  const std::string indexes = "sqlite_master WHERE type = 'index' AND sql IS NOT NULL";
  const std::int64_t all = count(indexes);
  EXPECT_GT(all, 10);
  // A record whose making was broken off before has them when it is next caught up.
  ASSERT_TRUE(log::Database::open(follower_->path())
                  ->run("DROP INDEX fact_value; DROP INDEX claim_date")
                  .has_value());
  follower_ = Follower::open({sample_.files(), place_.path()}).value();
  EXPECT_EQ(count(indexes), all - 2);
  follow();
  EXPECT_EQ(count(indexes), all);
}

/// At each call of SQLite's in turn; the same follower goes on once there is room.
TEST_F(LandmarkRecord, GoesOnAfterTheDiskWasFull) {
  follower_.reset();
  crash::FailingVfs vfs;
  const auto follower = Follower::open({sample_.files(), place_.path()}).value();
  std::uint64_t failed = 0;
  for (bool is_over = false; !is_over; ++failed) {
    SCOPED_TRACE(::testing::Message() << "call " << failed);
    file({samples::note(static_cast<int>(200 + failed))});
    vfs.fail_after(failed, crash::Ailment::kFull);
    const auto caught_up = follower->catch_up(sample_.head());
    is_over = caught_up.has_value();
    if (!is_over) {
      EXPECT_NE(caught_up.error().fault(), nullptr) << caught_up.error().sentence();
    }
    vfs.mend();
    const auto goes_on = follower->catch_up(sample_.head());
    ASSERT_TRUE(goes_on.has_value()) << goes_on.error().sentence();
  }
  EXPECT_GT(failed, 5U);
  const samples::TemporaryDirectory fresh;
  const auto newcomer = Follower::open({sample_.files(), fresh.path()}).value();
  ASSERT_TRUE(newcomer->catch_up(sample_.head()));
  EXPECT_EQ(follower->stamp().digest, newcomer->stamp().digest);
  EXPECT_EQ(testing::dump(follower->fold().store().database()),
            testing::dump(newcomer->fold().store().database()));
}

TEST_F(LandmarkRecord, HoldsWhatWasFiled) {
  EXPECT_EQ(follower_->stamp().size, sample_.registry().state().size().value());
  EXPECT_EQ(count("incident"), 81);
  EXPECT_EQ(count("claim"), 117 + 5);
  EXPECT_EQ(count("response"), 82);
  EXPECT_EQ(count("norm"), 84);
  EXPECT_EQ(count("party WHERE until = 9223372036854775807"), 2);
  EXPECT_EQ(count("version WHERE since = until"), 0);
  EXPECT_EQ(count("fact JOIN word field ON field.id = field JOIN word w ON w.id = value "
                  "WHERE field.text = 'victims.countries' AND w.text = 'UA'"),
            8);
  EXPECT_EQ(count("incident JOIN name ON name.version = incident.version "
                  "WHERE folded = 'notpetya'"),
            1);
}

TEST_F(LandmarkRecord, IsTheSameFromTheBeginning) {
  const Stamp stamp = follower_->stamp();
  const auto tables = testing::dump(follower_->fold().store().database());
  ASSERT_TRUE(follower_->reset().has_value());
  follow();
  EXPECT_EQ(follower_->stamp(), stamp);
  EXPECT_EQ(testing::dump(follower_->fold().store().database()), tables);
}

TEST_F(LandmarkRecord, GoesOnWhereItStopped) {
  const Stamp stamp = follower_->stamp();
  follower_.reset();
  follower_ = Follower::open({sample_.files(), place_.path()}).value();
  EXPECT_EQ(follower_->stamp(), stamp);
  follow();
  EXPECT_EQ(follower_->stamp(), stamp);
}

TEST_F(LandmarkRecord, AnErasureLeavesNoTrace) {
  const std::string secret = "Zyxomma-obsoletum";
  const std::string id = "incident--6f0cf3d0-5a0b-4a4e-9d0f-5b1f1f4f3a11";
  const auto incident = [&](int version, const std::string& name) {
    return R"({"type":"incident","spec_version":"2.1","id":")" + id + R"(","created_by_ref":")" +
           samples::party(kParty) +
           R"(","created":"2026-01-02T00:00:00.000Z","modified":"2026-01-02T00:00:0)" +
           std::to_string(version) + R"(.000Z","name":")" + name + R"(","extensions":{")" +
           std::string(filing::kExtensionId) +
           R"(":{"extension_type":"property-extension","kind":"incident","effects":[")" + name +
           R"("]}}})";
  };
  file({incident(0, "harmless")});
  const std::uint64_t entry = file({incident(1, secret)});
  file({incident(2, "later")});
  follow();
  ASSERT_NE(bytes().find(secret), std::string::npos);
  const RecordDigest before = follower_->stamp().digest;

  ASSERT_TRUE(sample_
                  .control(filing::Erase{.item = {.entry = entry, .ordinal = 0},
                                         .ground = "names a person",
                                         .authority = "the registrar"})
                  .has_value());
  follow();
  EXPECT_EQ(bytes().find(secret), std::string::npos);
  EXPECT_EQ(count("tombstone WHERE ground = 'names a person'"), 1);
  // The version before it is shown for as long as the next is not there.
  EXPECT_EQ(count("version v JOIN incident i ON i.version = v.id WHERE i.name = 'harmless' AND "
                  "until = (SELECT since FROM version v JOIN incident i ON i.version = v.id "
                  "WHERE i.name = 'later')"),
            1);
  const Stamp stamp = follower_->stamp();
  EXPECT_NE(stamp.digest, before);
  const auto tables = testing::dump(follower_->fold().store().database());
  ASSERT_TRUE(follower_->reset().has_value());
  follow();
  EXPECT_EQ(follower_->stamp(), stamp);
  EXPECT_EQ(testing::dump(follower_->fold().store().database()), tables);
}

TEST_F(LandmarkRecord, WhatWasErasedAloneNamedGoesWithIt) {
  const auto note = [](const char* last, const std::string& refs) {
    return R"({"type":"note","spec_version":"2.1","id":"note--6f0cf3d0-5a0b-4a4e-9d0f-5b1f1f4f3a)" +
           std::string(last) + R"(","created_by_ref":")" + samples::party(kParty) +
           R"(","created":"2026-01-02T00:00:00.000Z","modified":"2026-01-02T00:00:00.000Z",)" +
           R"("content":"n","object_refs":[)" + refs + "]}";
  };
  const std::string gone = R"("x-zyxomma-alone--11111111-2222-4333-8444-555555555555")";
  const std::string kept = R"("x-zyxomma-twice--11111111-2222-4333-8444-555555555556")";
  const std::uint64_t entry =
      file({note("21", gone + "," + kept + R"(,")" + samples::party(1) + '"')});
  file({note("22", kept)});
  follow();
  ASSERT_EQ(count("stix_type WHERE text LIKE 'x-zyxomma-%'"), 2);
  ASSERT_TRUE(sample_
                  .control(filing::Erase{.item = {.entry = entry, .ordinal = 0},
                                         .ground = "names a person",
                                         .authority = "the registrar"})
                  .has_value());
  follow();
  EXPECT_EQ(bytes().find("x-zyxomma-alone"), std::string::npos);
  EXPECT_EQ(count("object o JOIN stix_type t ON t.id = o.type WHERE t.text = 'x-zyxomma-twice'"),
            1);
  const auto tables = testing::dump(follower_->fold().store().database());
  ASSERT_TRUE(follower_->reset().has_value());
  follow();
  EXPECT_EQ(testing::dump(follower_->fold().store().database()), tables);
  // What is named again afterwards has a number of its own again.
  file({note("23", gone)});
  follow();
  EXPECT_EQ(count("about a JOIN object o ON o.id = a.object JOIN stix_type t ON t.id = o.type "
                  "WHERE t.text = 'x-zyxomma-alone'"),
            1);
}

/// The names of what is shown as of a size.
std::vector<std::vector<std::string>> shown(const Follower& follower, std::uint64_t size) {
  const std::string at = std::to_string(size);
  return testing::select(follower.fold().store().database(),
                         "SELECT v.entry, v.ordinal, n.text FROM version v "
                         "JOIN name n ON n.version = v.id WHERE v.since < " +
                             at + " AND v.until >= " + at + " ORDER BY 1, 2, 3",
                         3);
}

TEST_F(LandmarkRecord, AnswersAsOfASizeAsItDidThen) {
  const auto campaign = [&](int version, const std::string& name) {
    return R"({"type":"campaign","spec_version":"2.1",)"
           R"("id":"campaign--6f0cf3d0-5a0b-4a4e-9d0f-5b1f1f4f3a12","created_by_ref":")" +
           samples::party(kParty) +
           R"(","created":"2026-01-02T00:00:00.000Z","modified":"2026-01-02T00:00:0)" +
           std::to_string(version) + R"(.000Z","name":")" + name + R"("})";
  };
  std::vector<std::pair<std::uint64_t, std::vector<std::vector<std::string>>>> then;
  for (const int version : {3, 1, 5, 4}) {  // late ones are kept, and never shown
    file({campaign(version, "version " + std::to_string(version))});
    follow();
    then.emplace_back(follower_->stamp().size, shown(*follower_, follower_->stamp().size));
  }
  EXPECT_NE(then[0].second, then[2].second);
  EXPECT_EQ(then[0].second, then[1].second);
  EXPECT_EQ(then[2].second, then[3].second);
  for (const auto& [size, answer] : then) EXPECT_EQ(shown(*follower_, size), answer) << size;
}

TEST_F(LandmarkRecord, ABadEntryIsVoidAndTheFoldGoesOn) {
  const samples::TemporaryDirectory place;
  auto fold = Fold::open(place.path() + "/record.sqlite", {}).value();
  ASSERT_TRUE(fold.take_void({"signature-invalid", "It is not."}).has_value());
  EXPECT_EQ(fold.stamp().size, 1U);
  EXPECT_NE(fold.stamp().digest, empty_record());
  ASSERT_TRUE(fold.commit({}).has_value());
  EXPECT_EQ(fold.store().database().integer("SELECT count(*) FROM entry WHERE void IS NOT NULL"),
            1);
}

/// A log as a registry without rules would have written it on.
TEST_F(LandmarkRecord, WhatTheRulesDoNotAdmitIsVoidAndTheFoldGoesOn) {
  const Stamp before = follower_->stamp();
  auto claims = sample_.claims_of(sample_.registrar());
  claims.subject = std::string(samples::kOrigin);
  const auto tick = [&](int seconds_later, std::uint8_t signer) {
    const filing::Tick control{UnixSeconds{comity::count(before.time) + seconds_later}};
    return filing::sign_statement(filing::StatementKind::control, claims,
                                  filing::write_control(control), samples::key(signer))
        .value();
  };
  sample_.close();
  const auto key = samples::key(8);
  auto committer =
      log::Committer::open(sample_.files(), {std::string(samples::kOrigin), &key}).value();
  for (const Bytes& entry :
       {to_bytes("no statement"), tick(30, 20), tick(60, 1), tick(60, 1), tick(0, 1)}) {
    const log::EntryContent content{.entry = entry,
                                    .leaf = crypto::leaf_hash(entry),
                                    .manifest = {},
                                    .public_parts = {},
                                    .hidden_parts = {}};
    ASSERT_TRUE(committer.commit_unadmitted({&content, 1}).has_value());
  }
  follow();
  EXPECT_EQ(follower_->stamp().size, before.size + 5);
  EXPECT_EQ(comity::count(follower_->stamp().time), comity::count(before.time) + 60);
  EXPECT_EQ(count("entry WHERE void IS NOT NULL"), 4);
  const auto refused = testing::select(
      follower_->fold().store().database(),
      "SELECT void FROM entry WHERE id > " + std::to_string(before.size) + " ORDER BY id", 1);
  EXPECT_EQ(refused, (std::vector<std::vector<std::string>>{
                         {"key-unknown"}, {"NULL"}, {"log-repeats-entry"}, {"tick-not-later"}}));

  const Stamp stamp = follower_->stamp();
  const auto tables = testing::dump(follower_->fold().store().database());
  ASSERT_TRUE(follower_->reset().has_value());
  follow();
  EXPECT_EQ(follower_->stamp(), stamp);
  EXPECT_EQ(testing::dump(follower_->fold().store().database()), tables);
}

TEST_F(LandmarkRecord, WhatWasHiddenIsThereOnceItIsDisclosed) {
  const std::string object = samples::note(70);
  const auto filed = sample_.file({samples::for_readers(object, {samples::party(kParty)})},
                                  samples::party(kParty), samples::key(kParty));
  ASSERT_TRUE(filed.has_value()) << filed.error().sentence();
  follow();
  const std::string at = std::to_string(filed->index);
  EXPECT_EQ(count("version WHERE entry = " + at), 0);
  EXPECT_EQ(count("entry WHERE hidden = 1 AND id = " + at), 1);
  codec::JsonReader reader;
  const auto head = filing::read_object(as_bytes(object), reader).value();
  const filing::ItemPlace place{.entry = filed->index, .ordinal = 0};
  const auto hold = [&](bool on) {
    return sample_.control(
        filing::Hold{.item = place, .on = on, .ground = "order", .authority = "a court"});
  };
  ASSERT_TRUE(hold(true).has_value());
  const auto disclosed = sample_.control(
      filing::Disclose{.item = place, .id = head.id, .version = head.version, .revoked = false});
  ASSERT_TRUE(disclosed.has_value()) << disclosed.error().sentence();
  follow();
  EXPECT_EQ(count("version WHERE entry = " + std::to_string(disclosed->index)), 1);
  EXPECT_EQ(count("disclosure WHERE entry = " + at +
                  " AND disclosed_by = " + std::to_string(disclosed->index)),
            1);
  EXPECT_EQ(count("hold WHERE ground = 'order' AND entry = " + at), 1);
  ASSERT_TRUE(hold(false).has_value());
  follow();
  EXPECT_EQ(count("hold"), 0);
}

TEST_F(LandmarkRecord, IsStampedWithTheLogsRoot) {
  EXPECT_EQ(follower_->stamp().root, sample_.head().root);
  file({samples::note(900)});
  follow();
  EXPECT_EQ(follower_->stamp().root, sample_.head().root);
}

TEST_F(LandmarkRecord, OfAnotherLogIsMadeAnew) {
  samples::SampleRegistry other;  // the same keys, another history
  const auto follow_other = [&](const std::string& place) {
    const auto follower = Follower::open({other.files(), place}).value();
    const auto caught_up = follower->catch_up(other.head());
    EXPECT_TRUE(caught_up.has_value()) << caught_up.error().sentence();
    return std::pair(follower->stamp(), testing::dump(follower->fold().store().database()));
  };
  follower_.reset();
  for (const bool longer : {false, true}) {
    const samples::TemporaryDirectory fresh;
    const auto expected = follow_other(fresh.path());
    EXPECT_EQ(follow_other(place_.path()), expected) << (longer ? "longer" : "shorter");
    follower_ = Follower::open({sample_.files(), place_.path()}).value();
    follow();
    const std::uint64_t size = follower_->stamp().size;
    follower_.reset();
    if (!longer) {
      ASSERT_TRUE(other.admit(kParty).has_value());
    }
    for (int i = 0; other.registry().state().size().value() <= size; ++i)
      ASSERT_TRUE(other
                      .file({samples::open_to_all(samples::note(i))}, samples::party(kParty),
                            samples::key(kParty))
                      .has_value());
  }
}

TEST_F(LandmarkRecord, OnlyItsAdmissionLostGoesOnTheSame) {
  file({samples::note(900)});
  follower_.reset();
  std::filesystem::remove(place_.path() + "/record-admission.sqlite");
  follower_ = Follower::open({sample_.files(), place_.path()}).value();
  follow();
  const Stamp stamp = follower_->stamp();
  EXPECT_EQ(stamp.root, sample_.head().root);
  ASSERT_TRUE(follower_->reset().has_value());
  follow();
  EXPECT_EQ(follower_->stamp(), stamp);
}

TEST_F(LandmarkRecord, IsNotFoldedFromDamagedEntries) {
  const Stamp before = follower_->stamp();
  file({samples::note(900)});
  const crypto::TreeHead head = sample_.head();
  const std::string path = log::path_of(*log::bundle_at(head.size, before.size / 256));
  auto bytes = *sample_.files().read(path, 1U << 30).value();
  bytes.back() ^= std::byte{1};  // in the last entry's signature
  ASSERT_TRUE(sample_.files().write(path, bytes));
  EXPECT_EQ(follower_->catch_up(head).error().code(), "log-damaged");
  EXPECT_EQ(follower_->stamp(), before);
  bytes.back() ^= std::byte{1};
  ASSERT_TRUE(sample_.files().write(path, bytes));
  follow();
  EXPECT_EQ(follower_->stamp().size, crypto::count(head.size));
}

TEST_F(LandmarkRecord, ACreatorsCopyIsShownBeforeARelayedOne) {
  const std::string object =
      R"({"type":"campaign","spec_version":"2.1",)"
      R"("id":"campaign--6f0cf3d0-5a0b-4a4e-9d0f-5b1f1f4f3a12",)"
      R"("created_by_ref":")" +
      samples::party(kParty + 1) +
      R"(","created":"2026-01-02T00:00:00.000Z","modified":"2026-01-02T00:00:00.000Z","name":"A"})";
  file({object});
  follow();
  EXPECT_EQ(
      count("version JOIN name ON version = version.id WHERE folded = 'a' AND relayed = 1 AND "
            "until = 9223372036854775807"),
      1);
  ASSERT_TRUE(sample_.admit(kParty + 1).has_value());
  ASSERT_TRUE(sample_
                  .file({samples::open_to_all(object)}, samples::party(kParty + 1),
                        samples::key(kParty + 1))
                  .has_value());
  follow();
  EXPECT_EQ(
      count("version JOIN name ON version = version.id WHERE folded = 'a' AND relayed = 0 AND "
            "until = 9223372036854775807"),
      1);
  EXPECT_EQ(
      count("version JOIN name ON version = version.id WHERE folded = 'a' AND relayed = 1 AND "
            "until < 9223372036854775807"),
      1);
}

}  // namespace
}  // namespace comity::record
