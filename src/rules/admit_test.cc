#include "rules/admit.h"

#include "tests/rules/scenario.h"

namespace comity::rules {
namespace {

using samples::party;

constexpr int kParty = 2;
constexpr int kOther = 3;

class Admit : public ::testing::Test {
 protected:
  Admit() {
    log.found();
    log.admit_by_registrar(kParty);
    log.admit_by_registrar(kOther);
  }
  Scenario log;
};

TEST_F(Admit, ProducesWhatTheLogAppends) {
  ASSERT_EQ(log.submit(log.filing(kParty,
                                  {samples::open_to_all(samples::note(50)),
                                   samples::for_readers(samples::note(51), {party(kOther)}),
                                   samples::sealed(samples::note(52))},
                                  {})),
            "ok");
  const AdmittedEntry& entry = *log.admitted;
  EXPECT_EQ(entry.index(), 4U);
  EXPECT_EQ(log.state.size().value(), 5U);
  EXPECT_EQ(filing::parse_statement(entry.entry()).value().issuer, party(kParty));
  EXPECT_EQ(filing::parse_manifest(entry.manifest()).value().size(), 3U);
  ASSERT_EQ(entry.public_parts().size(), 1U);
  EXPECT_EQ(entry.public_parts()[0].ordinal, 0U);
  EXPECT_EQ(as_text(entry.public_parts()[0].content), samples::note(50));
  ASSERT_EQ(entry.hidden_parts().size(), 1U);
  EXPECT_EQ(entry.hidden_parts()[0].ordinal, 1U);
  EXPECT_FALSE(entry.erased().has_value());
  ASSERT_EQ(entry.changes().statements.size(), 1U);
  EXPECT_EQ(entry.changes().statements[0].leaf, crypto::leaf_hash(entry.entry()));
  EXPECT_EQ(entry.changes().versions.size(), 1U);  // hidden items take theirs when disclosed
}

TEST_F(Admit, ViewsSurviveAMove) {
  ASSERT_EQ(log.file(kParty, {log.plain(50)}), "ok");
  const Bytes before = to_bytes(log.admitted->public_parts()[0].content);
  const AdmittedEntry moved = std::move(*log.admitted);
  EXPECT_TRUE(equal(moved.public_parts()[0].content, before));
}

TEST_F(Admit, RefusesAnotherRegistrysStatement) {
  EXPECT_EQ(log.file(kParty, {log.plain(50)}, {.origin = "elsewhere.org/log"}), "wrong-origin");
}

TEST_F(Admit, GivesTheSameStatementItsIndex) {
  const Bytes object = log.plain(50);
  auto first = log.filing(kParty, {object}, {});
  const Bytes sent = log.filings[log.state.size().value()];
  ASSERT_EQ(log.submit(std::move(first)), "ok");
  const std::uint64_t index = log.index;
  ASSERT_EQ(log.file(kParty, {log.plain(51)}), "ok");
  auto again =
      filing::check(sent, samples::find_among({Scenario::secret(kParty).public_key()}), log.reader);
  EXPECT_EQ(log.submit(std::move(*again)), "already");
  EXPECT_EQ(log.index, index);
}

TEST_F(Admit, RefusesTheSameStatementResigned) {
  // ECDSA is randomised: the same statement, two valid signatures.
  const auto es256 = samples::key(20, crypto::Algorithm::es256);
  KeyNote note{
      .party = party(kParty), .kid = samples::kid(es256), .key = es256.public_key(), .proof = {}};
  note.proof =
      to_bytes(es256.sign(as_bytes(key_proof_text(samples::kOrigin, note.party, note.kid))));
  ASSERT_EQ(log.file(kParty, {write_key_note(note, log.author(kParty))}), "ok");
  const auto sign = [&] {
    filing::Claims claims = samples::claims();
    claims.issuer = party(kParty);
    auto draft = filing::sign_filing({samples::open_to_all(samples::note(50))}, claims, es256,
                                     samples::salts());
    return filing::check(draft->filing, samples::find_among({es256.public_key()}), log.reader)
        .value();
  };
  auto first = sign();
  auto second = sign();
  ASSERT_FALSE(equal(first.entry(), second.entry()));
  ASSERT_EQ(log.submit(std::move(first)), "ok");
  const std::string entry = std::to_string(log.index);
  EXPECT_EQ(log.submit(std::move(second)), "statement-resigned");
  EXPECT_NE(log.sentence.find("entry " + entry), std::string::npos) << log.sentence;
}

TEST_F(Admit, RefusesKeysThatMayNotSign) {
  EXPECT_EQ(log.file(kParty, {log.plain(50)}, {.signer = 30}), "key-unknown");
  EXPECT_EQ(log.file(kParty, {log.plain(50)}, {.signer = kOther}), "key-not-issuers");
  EXPECT_EQ(log.file(40, {log.plain(50)}, {.signer = kOther}), "key-not-issuers");
}

TEST_F(Admit, RefusesAnAnnouncedKey) {
  Scenario sponsored(Scenario::sponsors_charter(2, 1));
  sponsored.found();
  ASSERT_EQ(
      sponsored.file(1, {sponsored.add_key(kParty, kParty), sponsored.admit_party(kParty, kParty)}),
      "ok");
  EXPECT_EQ(sponsored.file(kParty, {sponsored.plain(50)}), "party-unknown");
  EXPECT_EQ(sponsored.file(1, {sponsored.plain(50)}, {.signer = kParty}), "key-inactive");
}

TEST_F(Admit, RefusesASuspendedParty) {
  ASSERT_EQ(log.file(1, {log.suspend(kParty)}), "ok");
  EXPECT_EQ(log.file(kParty, {log.plain(50)}), "party-suspended");
  ASSERT_EQ(log.file(1, {log.reinstate(kParty)}), "ok");
  EXPECT_EQ(log.file(kParty, {log.plain(50)}), "ok");
}

TEST_F(Admit, RefusesStatementsFromTheFuture) {
  EXPECT_EQ(log.file(kParty, {log.plain(50)}, {.issued = log.time() + 301}),
            "statement-from-future");
  EXPECT_EQ(log.file(kParty, {log.plain(50)}, {.issued = log.time() + 300}), "ok");
  EXPECT_EQ(log.file(kParty, {log.plain(51)}, {.issued = 1}), "ok");
}

TEST_F(Admit, TakesAVersionOnce) {
  ASSERT_EQ(log.file(kParty, {log.plain(50)}), "ok");
  const std::string entry = std::to_string(log.index);
  EXPECT_EQ(log.file(kParty, {log.plain(60), log.plain(50)}), "version-taken");
  EXPECT_NE(log.sentence.find("entry " + entry), std::string::npos) << log.sentence;
  // Nor is it free for other bytes.
  const std::string modified = to_rfc3339(UnixMicros{(Scenario::kStart + 1'000'000) * 1'000'000});
  ASSERT_EQ(log.plain(50), to_bytes(samples::note(50, "", modified)));
  const Bytes other = to_bytes(samples::note(50, R"(,"abstract":"x")", modified));
  EXPECT_EQ(log.file(kParty, {other}), "version-taken");
  EXPECT_EQ(log.file(kParty, {log.plain(50, 1)}), "ok");
  EXPECT_EQ(log.file(kParty, {log.plain(50, -1)}), "ok");  // an earlier one is no less a version
  EXPECT_EQ(log.file(kOther, {log.plain(50)}), "ok");      // another party's copy is its own
  EXPECT_EQ(log.file(kParty, {log.plain(60)}), "ok");      // the refused filing took nothing
}

TEST_F(Admit, RevocationIsFinal) {
  ASSERT_EQ(log.file(kParty, {log.plain(50), log.plain(50, 2, true)}), "ok");
  EXPECT_EQ(log.file(kParty, {log.plain(50, 3)}), "object-revoked");
  EXPECT_EQ(log.file(kParty, {log.plain(50, 1)}), "object-revoked");
  EXPECT_EQ(log.file(kParty, {log.plain(50)}), "version-taken");
  EXPECT_EQ(log.file(kOther, {log.plain(50, 3)}), "ok");
  EXPECT_EQ(log.file(kParty, {log.plain(51, 1, true), log.plain(51)}), "object-revoked");
}

TEST_F(Admit, VersionsOutliveErasure) {
  // A replay hands in the filing without what was erased since.
  const Bytes object = log.plain(50, 0, true);
  const auto whole = log.filing(kParty, {object}, {});
  const std::vector<filing::StoredPart> gone(1);
  auto erased = filing::check_stored(
      filing::OwnedStatement::parse(to_bytes(whole.entry())).value(), whole.manifest(), gone,
      samples::find_among({Scenario::secret(kParty).public_key()}), log.reader);
  ASSERT_TRUE(erased.has_value()) << erased.error().sentence();
  ASSERT_EQ(log.submit(std::move(*erased)), "ok");
  EXPECT_TRUE(log.admitted->public_parts().empty());
  EXPECT_EQ(log.file(kParty, {object}), "version-taken");
  EXPECT_EQ(log.file(kParty, {log.plain(50, 1)}), "object-revoked");
}

TEST(AdmitEmpty, WantsTheFounding) {
  Scenario log;
  EXPECT_EQ(log.file(1, {log.plain(50)}), "founding-malformed");
  EXPECT_EQ(log.tick(1), "founding-malformed");
}

TEST(AdmitEmpty, FoundsTheRegistry) {
  Scenario log;
  ASSERT_EQ(log.file(1, log.founding_objects()), "ok");
  const Standing standing = log.state.standing().value();
  EXPECT_EQ(*standing.charter, Scenario::usual_charter());
  EXPECT_EQ(count(standing.time), Scenario::kStart);
  EXPECT_EQ(standing.rules_version, 1U);
  EXPECT_EQ(log.state.party(party(1)).value()->group, Group::civil_society);
  EXPECT_TRUE(log.state.key(Scenario::kid(1)).value()->active_at(1));
  EXPECT_EQ(log.admitted->changes().versions.size(), 4U);
  EXPECT_EQ(log.file(1, {log.plain(50)}), "tick-expected");
  EXPECT_EQ(log.command(filing::FileDigest{}), "tick-expected");
  EXPECT_EQ(log.tick(1), "ok");
  EXPECT_EQ(log.file(1, {log.plain(50)}), "ok");
}

TEST(AdmitEmpty, FoundsInAnyOrder) {
  Scenario log;
  auto objects = log.founding_objects();
  std::reverse(objects.begin(), objects.end());
  EXPECT_EQ(log.file(1, objects), "ok");
  EXPECT_EQ(log.state.standing().value().charter_id, "note--" + samples::uuid(1));
}

TEST(AdmitEmpty, RefusesABadFounding) {
  const auto with = [](std::size_t place, auto&& make) {
    Scenario log;
    auto objects = log.founding_objects();
    objects[place] = make(log);
    return log.file(1, objects);
  };
  Scenario log;
  auto objects = log.founding_objects();
  EXPECT_EQ(log.file(1, objects, {.origin = "elsewhere.org/log"}), "wrong-origin");
  EXPECT_EQ(log.file(2, objects), "founding-malformed");
  EXPECT_EQ(log.file(1, objects, {.signer = 2}), "founding-malformed");
  objects.push_back(log.plain(50));
  EXPECT_EQ(log.file(1, objects), "founding-malformed");
  objects.resize(3);
  EXPECT_EQ(log.file(1, objects), "founding-malformed");
  auto hidden = Scenario::drafts(log.founding_objects());
  hidden[3].audience = filing::DraftItem::Audience::readers;
  EXPECT_EQ(log.submit(log.filing(1, hidden, {})), "founding-malformed");

  EXPECT_EQ(with(3, [](Scenario& it) { return it.add_key(1, 2); }), "founding-malformed");
  EXPECT_EQ(with(3, [](Scenario& it) { return it.admit_party(2, 1); }), "founding-malformed");
  EXPECT_EQ(with(3, [](Scenario& it) { return it.admit_party(1, 2); }), "founding-malformed");
  EXPECT_EQ(with(3, [](Scenario& it) { return it.suspend(1); }), "founding-malformed");
  EXPECT_EQ(with(2, [](Scenario& it) { return it.add_custody_key(1, 1); }), "founding-malformed");
  EXPECT_EQ(with(2, [](Scenario& it) { return it.revoke_key(1, 1); }), "founding-malformed");
  EXPECT_EQ(with(2,
                 [](Scenario& it) {
                   return write_key_note(Scenario::add_note(1, 1, "elsewhere.org/log"),
                                         it.author(1));
                 }),
            "key-proof-invalid");
  EXPECT_EQ(with(0,
                 [](Scenario&) {
                   return write_party({.id = party(2),
                                       .name = "Other",
                                       .country = {},
                                       .controller = {},
                                       .time = UnixMicros{1}});
                 }),
            "founding-malformed");
}

}  // namespace
}  // namespace comity::rules
