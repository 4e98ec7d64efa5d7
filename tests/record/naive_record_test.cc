// After every entry of small random logs: what the fold keeps up incrementally is what is computed
// from the list of all that was filed; and what it answers later as of a size is what it answered
// when the log had that size.

#include "tests/record/naive_record.h"

#include <cctype>

#include "record/follower.h"
#include "record/milestone.h"

#include "tests/record/dump.h"
#include "tests/registry/deeds.h"
#include "tests/registry/sample_registry.h"

namespace comity::record {
namespace {

using deeds::Answers;
using deeds::Deed;
using Rows = std::vector<std::vector<std::string>>;

/// A registry to which deeds are sent, and its record.
class Followed {
 public:
  Followed() : naive_(sample_.files()) {
    for (int party = 0; party < deeds::kParties; ++party)
      RC_ASSERT(sample_.admit(deeds::kFirstParty + party).has_value());
    sender_.emplace(sample_.registry(), sample_.clock());
    follower_ = Follower::open({sample_.files(), place_.path()}).value();
    follow();
  }

  void send(const Deed& deed) {
    auto made = sender_->make(deed);
    if (!made) return;
    const auto key = deeds::key_of(*made);
    std::visit(
        [&](auto& what) {
          answers_.keep(key, sample_.registry().sequencer().file(std::move(what)));
        },
        *made);
    sender_->learn(answers_);
    follow();
  }

  void follow() {
    const auto head = sample_.head();
    const auto caught_up = follower_->catch_up(head);
    if (!caught_up) RC_FAIL(caught_up.error().sentence());
    const auto read = naive_.follow(head);
    if (!read) RC_FAIL(read.error().sentence());
  }

  [[nodiscard]] const log::Database& database() const {
    return follower_->fold().store().database();
  }
  [[nodiscard]] const Follower& follower() const { return *follower_; }
  [[nodiscard]] const testing::NaiveRecord& naive() const { return naive_; }

 private:
  samples::SampleRegistry sample_;
  samples::TemporaryDirectory place_;
  std::unique_ptr<Follower> follower_;
  testing::NaiveRecord naive_;
  Answers answers_;
  std::optional<deeds::Sender> sender_;
};

constexpr const char* kIdentity = "(SELECT 'identity--' || hex(uuid) FROM object o WHERE o.id = ";

Rows parties_at(const log::Database& database, std::uint64_t size) {
  const std::string at = std::to_string(size);
  return testing::select(database,
                         std::string("SELECT ") + kIdentity + "p.object), " +
                             "(SELECT text FROM word w WHERE w.id = p.breadth), p.country, " +
                             kIdentity + "p.controller), p.suspended, p.admitted FROM party p " +
                             "WHERE p.since < " + at + " AND p.until >= " + at + " ORDER BY 1",
                         6);
}

Rows keys_at(const log::Database& database, std::uint64_t size) {
  const std::string at = std::to_string(size);
  return testing::select(database,
                         std::string("SELECT hex(kid), ") + kIdentity +
                             "k.party), custody FROM party_key k WHERE k.since < " + at +
                             " AND k.until >= " + at + " ORDER BY 1",
                         3);
}

Rows versions_at(const log::Database& database, std::uint64_t size) {
  const std::string at = std::to_string(size);
  return testing::select(database,
                         "SELECT entry, ordinal, object, modified, revoked, relayed, kind "
                         "FROM version WHERE since < " +
                             at + " AND until >= " + at + " ORDER BY 1, 2",
                         7);
}

Rows disclosures_at(const log::Database& database, std::uint64_t size) {
  return testing::select(
      database, "SELECT * FROM disclosure WHERE disclosed_by < " + std::to_string(size), 3);
}

/// Which entry did something to the item of each place.
testing::NaiveRecord::ByPlace by_place(const log::Database& database, const std::string& table,
                                       const std::string& column) {
  testing::NaiveRecord::ByPlace places;
  for (const auto& row :
       testing::select(database, "SELECT entry, ordinal, " + column + " FROM " + table, 3))
    places[{std::stoull(row[0]), std::stoull(row[1])}] = std::stoull(row[2]);
  return places;
}

/// All that is kept with intervals, as of a size.
std::vector<Rows> answers_at(const log::Database& database, std::uint64_t size) {
  return {parties_at(database, size), keys_at(database, size), versions_at(database, size),
          disclosures_at(database, size)};
}

/// As hex() of SQLite writes a STIX id.
std::string written(std::string_view id) {
  std::string text;
  for (const char letter : id.substr(id.rfind("--") + 2))
    if (letter != '-') text += static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  return "identity--" + text;
}

std::string hex_of(ByteView bytes) {
  std::string text = to_hex(bytes);
  for (char& letter : text)
    letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  return text;
}

void expect_as_naive(const Followed& followed) {
  const log::Database& database = followed.database();
  const std::uint64_t size = followed.follower().stamp().size;
  const auto& [state_size, standing, statements, parties, keys, announced, sponsorships, versions,
               marks] = followed.naive().state().all();
  RC_ASSERT(state_size == size);
  Rows expected;
  for (const auto& [id, party] : parties)
    expected.push_back({written(id), std::string(rules::word_of(party.group)), party.country,
                        written(party.controller), party.suspended ? "1" : "0",
                        std::to_string(party.admitted_at)});
  std::ranges::sort(expected);
  RC_ASSERT(parties_at(database, size) == expected);
  expected.clear();
  for (const auto& [kid, key] : keys)
    if (!key.revoked_at)
      expected.push_back({hex_of(kid.view()), written(key.party), key.custody ? "1" : "0"});
  std::ranges::sort(expected);
  RC_ASSERT(keys_at(database, size) == expected);

  std::set<filing::ItemPlace> shown;
  for (const auto& row : versions_at(database, size))
    shown.insert({std::stoull(row[0]), std::stoull(row[1])});
  RC_ASSERT(shown == followed.naive().shown());
  RC_ASSERT(by_place(database, "hold", "held_by") == followed.naive().holds());
  RC_ASSERT(by_place(database, "disclosure", "disclosed_by") == followed.naive().disclosures());
  RC_ASSERT(by_place(database, "tombstone", "erased_by") == followed.naive().tombstones());
  RC_ASSERT(followed.follower().stamp().digest == followed.naive().digest());
}

RC_GTEST_PROP(NaiveRecord, AgreesAfterEveryEntry, ()) {
  const auto stream =
      *rc::gen::scale(0.5, rc::gen::container<std::vector<Deed>>(deeds::any_deed()));
  Followed followed;
  expect_as_naive(followed);
  for (const Deed& deed : stream) {
    followed.send(deed);
    expect_as_naive(followed);
  }
  RC_ASSERT(!first_contradiction(followed.database()).value());
}

RC_GTEST_PROP(NaiveRecord, AnswersAsOfASizeAreThoseOfThen, ()) {
  auto stream = *rc::gen::scale(0.6, rc::gen::container<std::vector<Deed>>(deeds::any_deed()));
  // What is erased later is gone as of every size.
  std::erase_if(stream, [](const Deed& deed) { return deed.act == deeds::Act::erase; });
  Followed followed;
  std::map<std::uint64_t, std::pair<std::vector<Rows>, RecordDigest>> then;
  for (const Deed& deed : stream) {
    followed.send(deed);
    const Stamp& stamp = followed.follower().stamp();
    then[stamp.size] = {answers_at(followed.database(), stamp.size), stamp.digest};
  }
  for (const auto& [size, answers] : then) {
    RC_ASSERT(answers_at(followed.database(), size) == answers.first);
    RC_ASSERT(digest_at(followed.database(), size).value() == answers.second);
  }
}

}  // namespace
}  // namespace comity::record
