#include "rules/governance.h"

#include "tests/rules/scenario.h"

namespace comity::rules {
namespace {

using samples::party;

// Parties, whose first keys have their numbers, and further keys.
constexpr int kRegistrar = Scenario::kRegistrar;
constexpr int kState = 2;
constexpr int kAlliance = 3;
constexpr int kFirm = 4;
constexpr int kLab = 5;
constexpr int kNew = 6;
constexpr int kSubsidiary = 7;
constexpr int kSecondKey = 20;
constexpr int kThirdKey = 21;

class ByRegistrar : public ::testing::Test {
 protected:
  ByRegistrar() {
    log.found();
    log.admit_by_registrar(kState, Group::government);
    log.admit_by_registrar(kLab);
  }
  Scenario log;
};

TEST_F(ByRegistrar, AdmitsAtOnce) {
  ASSERT_EQ(log.file(1, {log.add_key(kNew, kNew), log.admit_party(kNew, kNew, Group::media, kLab)}),
            "ok");
  const Party admitted = log.state.party(party(kNew)).value().value();
  EXPECT_EQ(admitted.group, Group::media);
  EXPECT_EQ(admitted.country, "CH");
  EXPECT_EQ(admitted.controller, party(kLab));
  EXPECT_EQ(admitted.admitted_at, log.index);
  EXPECT_EQ(count(admitted.admitted_time), log.time());
  EXPECT_EQ(log.file(kNew, {log.plain(50)}), "ok");
}

TEST_F(ByRegistrar, OnlyTheRegistrarDecides) {
  EXPECT_EQ(log.file(kLab, {log.add_key(kNew, kNew), log.admit_party(kNew, kNew)}),
            "admission-not-registrars");
  EXPECT_EQ(log.file(kLab, {log.suspend(kState)}), "admission-not-registrars");
}

TEST_F(ByRegistrar, AdmissionNamesAnAnnouncedKey) {
  EXPECT_EQ(log.file(1, {log.admit_party(kNew, kNew)}), "admission-key-unknown");
  EXPECT_EQ(log.file(1, {log.admit_party(kNew, kNew), log.add_key(kNew, kNew)}),
            "admission-key-unknown");  // in item order
  EXPECT_EQ(log.file(1, {log.add_key(kNew, kNew), log.admit_party(kNew, kSecondKey)}),
            "key-note-not-partys");
  EXPECT_EQ(log.file(1, {log.admit_party(kNew, kLab)}), "key-taken");
}

TEST_F(ByRegistrar, AKeyNoteOfAnotherNeedsAnAdmission) {
  EXPECT_EQ(log.file(1, {log.add_key(kNew, kNew)}), "key-note-not-partys");
  EXPECT_EQ(log.file(1, {log.revoke_key(kLab, kLab)}), "key-note-not-partys");
  EXPECT_EQ(log.file(kLab, {log.add_key(kState, kSecondKey)}), "key-note-not-partys");
  EXPECT_EQ(log.file(1, {log.add_custody_key(kNew, kNew), log.admit_party(kNew, kNew)}),
            "custody-limited");
}

TEST_F(ByRegistrar, KeysNeedProofOfPossession) {
  const KeyNote elsewhere = Scenario::add_note(kLab, kSecondKey, "elsewhere.org/log");
  EXPECT_EQ(log.file(kLab, {write_key_note(elsewhere, log.author(kLab))}), "key-proof-invalid");
  KeyNote for_another = Scenario::add_note(kState, kSecondKey);
  for_another.party = party(kLab);
  EXPECT_EQ(log.file(kLab, {write_key_note(for_another, log.author(kLab))}), "key-proof-invalid");
  KeyNote by_another = Scenario::add_note(kLab, kSecondKey);
  by_another.proof = Scenario::add_note(kLab, kThirdKey).proof;
  EXPECT_EQ(log.file(kLab, {write_key_note(by_another, log.author(kLab))}), "key-proof-invalid");
}

TEST_F(ByRegistrar, AKeyIsRegisteredOnce) {
  ASSERT_EQ(log.file(kLab, {log.add_key(kLab, kSecondKey)}), "ok");
  EXPECT_EQ(log.file(kLab, {log.add_key(kLab, kSecondKey)}), "key-taken");
  EXPECT_EQ(log.file(kState, {log.add_key(kState, kSecondKey)}), "key-taken");
  ASSERT_EQ(log.file(kLab, {log.revoke_key(kLab, kSecondKey)}), "ok");
  EXPECT_EQ(log.file(kLab, {log.add_key(kLab, kSecondKey)}), "key-taken");
  EXPECT_EQ(log.file(kLab, {log.add_key(kLab, kThirdKey), log.add_key(kLab, kThirdKey)}),
            "key-taken");
}

TEST_F(ByRegistrar, RotatesKeysAtExactIndices) {
  // Added by entry n: active from n + 1. Revoked by entry m, which it may itself sign: not after.
  ASSERT_EQ(log.file(kLab, {log.add_key(kLab, kSecondKey)}), "ok");
  const std::uint64_t added = log.index;
  const Key fresh = log.state.key(Scenario::kid(kSecondKey)).value().value();
  EXPECT_FALSE(fresh.active_at(added));
  EXPECT_TRUE(fresh.active_at(added + 1));
  ASSERT_EQ(log.file(kLab, {log.revoke_key(kLab, kLab), log.plain(50)}, {.signer = kLab}), "ok");
  const std::uint64_t revoked = log.index;
  const Key old = log.state.key(Scenario::kid(kLab)).value().value();
  EXPECT_TRUE(old.active_at(revoked));
  EXPECT_FALSE(old.active_at(revoked + 1));
  EXPECT_EQ(log.file(kLab, {log.plain(51)}, {.signer = kLab}), "key-revoked");
  EXPECT_EQ(log.file(kLab, {log.plain(51)}, {.signer = kSecondKey}), "ok");
  const auto keys = log.state.keys_of(party(kLab)).value();
  ASSERT_EQ(keys.size(), 2U);
  EXPECT_EQ(keys[0].kid, Scenario::kid(kLab));
}

TEST_F(ByRegistrar, RevokesOnlyWhatIsThePartys) {
  EXPECT_EQ(log.file(kLab, {log.revoke_key(kLab, kSecondKey)}), "key-unknown");
  EXPECT_EQ(log.file(kLab, {log.revoke_key(kLab, kState)}), "key-not-issuers");
  EXPECT_EQ(log.file(kLab, {log.revoke_key(kState, kState)}), "key-note-not-partys");
  EXPECT_EQ(log.file(kLab, {log.revoke_key(kLab, kLab), log.revoke_key(kLab, kLab)}),
            "key-revoked");
}

TEST_F(ByRegistrar, RegistrarKeepsAKey) {
  EXPECT_EQ(log.file(1, {log.revoke_key(1, 1)}), "registrar-last-key");
  ASSERT_EQ(log.file(1, {log.add_custody_key(1, kThirdKey)}), "ok");
  EXPECT_EQ(log.file(1, {log.revoke_key(1, 1)}), "registrar-last-key");
  EXPECT_EQ(log.file(1, {log.revoke_key(1, 1), log.add_key(1, kSecondKey)}), "ok");
  EXPECT_EQ(log.command(filing::Tick{UnixSeconds{log.time() + 1}}), "key-revoked");
  EXPECT_EQ(log.command(filing::Tick{UnixSeconds{log.time() + 1}}, {.signer = kSecondKey}), "ok");
}

TEST_F(ByRegistrar, CustodyKeysFileButDontGovern) {
  ASSERT_EQ(log.file(kLab, {log.add_custody_key(kLab, kSecondKey)}), "ok");
  const Signing custody{.signer = kSecondKey};
  EXPECT_EQ(log.file(kLab, {log.plain(50)}, custody), "ok");
  EXPECT_EQ(log.file(kLab, {log.add_key(kLab, kThirdKey)}, custody), "custody-limited");
  EXPECT_EQ(log.file(kLab, {log.revoke_key(kLab, kSecondKey)}, custody), "custody-limited");
  ASSERT_EQ(log.file(1, {log.add_custody_key(1, kThirdKey)}), "ok");
  const Signing registry{.signer = kThirdKey};
  EXPECT_EQ(log.file(1, {log.suspend(kLab)}, registry), "custody-limited");
  EXPECT_EQ(log.file(1, {log.charter_note(Scenario::usual_charter(), 5)}, registry),
            "custody-limited");
  EXPECT_EQ(log.command(filing::FileDigest{}, registry), "custody-limited");
}

TEST_F(ByRegistrar, HiddenNotesGovernNothing) {
  auto items = Scenario::drafts({log.revoke_key(kLab, kLab)});
  items[0].audience = filing::DraftItem::Audience::readers;
  ASSERT_EQ(log.submit(log.filing(kLab, items, {})), "ok");
  EXPECT_EQ(log.file(kLab, {log.plain(50)}), "ok");
}

TEST_F(ByRegistrar, SuspendsAndReinstates) {
  EXPECT_EQ(log.file(1, {log.suspend(kNew)}), "party-unknown");
  EXPECT_EQ(log.file(1, {log.reinstate(kLab)}), "standing-unchanged");
  EXPECT_EQ(log.file(1, {log.suspend(kRegistrar)}), "registrar-not-suspendable");
  ASSERT_EQ(log.file(1, {log.suspend(kLab)}), "ok");
  EXPECT_EQ(log.file(1, {log.suspend(kLab)}), "standing-unchanged");
  EXPECT_TRUE(log.state.party(party(kLab)).value()->suspended);
  EXPECT_EQ(log.file(1, {log.reinstate(kLab), log.suspend(kLab)}), "ok");  // in item order
  EXPECT_TRUE(log.state.party(party(kLab)).value()->suspended);
}

TEST_F(ByRegistrar, RecoversAPartyWithoutKeys) {
  ASSERT_EQ(log.file(kLab, {log.add_custody_key(kLab, kThirdKey), log.revoke_key(kLab, kLab)}),
            "ok");
  const std::uint64_t first = log.state.party(party(kLab)).value()->admitted_at;
  EXPECT_EQ(log.file(1, {log.admit_party(kLab, kLab)}), "key-revoked");
  ASSERT_EQ(log.file(1, {log.add_key(kLab, kSecondKey), log.admit_party(kLab, kSecondKey)}), "ok");
  EXPECT_EQ(log.file(kLab, {log.plain(50)}, {.signer = kSecondKey}), "ok");
  EXPECT_EQ(log.state.party(party(kLab)).value()->admitted_at, first);
}

TEST_F(ByRegistrar, CorrectsAParty) {
  EXPECT_EQ(log.file(1, {log.add_key(kLab, kSecondKey), log.admit_party(kLab, kSecondKey)}),
            "admission-key-inactive");
  ASSERT_EQ(log.file(1, {log.suspend(kLab)}), "ok");
  ASSERT_EQ(log.file(1, {log.admit_party(kLab, kLab, Group::industry, kState)}), "ok");
  const Party corrected = log.state.party(party(kLab)).value().value();
  EXPECT_EQ(corrected.group, Group::industry);
  EXPECT_EQ(corrected.controller, party(kState));
  EXPECT_TRUE(corrected.suspended);  // only a reinstatement ends that
  EXPECT_LT(corrected.admitted_at, corrected.standing_since);
}

TEST_F(ByRegistrar, ReplacesTheCharter) {
  const Charter later = Scenario::sponsors_charter(2, 2);
  EXPECT_EQ(log.file(kLab, {log.charter_note(later, 5)}), "charter-not-registrars");
  ASSERT_EQ(log.file(1, {log.charter_note(later, 5)}), "ok");
  EXPECT_EQ(*log.state.standing().value().charter, later);
  EXPECT_EQ(log.file(1, {log.charter_note(later, 4)}), "charter-not-later");
  EXPECT_EQ(log.file(1, {log.charter_note(later, 5)}), "version-taken");
  Charter moved = later;
  moved.registrar = party(kLab);
  EXPECT_EQ(log.file(1, {log.charter_note(moved, 6)}), "charter-changes-registry");
  EXPECT_EQ(log.file(1, {write_charter(later, log.author(1))}), "charter-changes-registry");
  Charter rekeyed = later;
  rekeyed.receipt_key = crypto::SecretKey::generate(crypto::Algorithm::es256).public_key();
  EXPECT_EQ(log.file(1, {log.charter_note(rekeyed, 6)}), "charter-changes-keys");
  // It holds from the next item on.
  EXPECT_EQ(log.file(1, {log.charter_note(Scenario::usual_charter(), 7), log.add_key(kNew, kNew),
                         log.admit_party(kNew, kNew)}),
            "ok");
  EXPECT_EQ(log.file(kNew, {log.plain(50)}), "ok");
}

/// Three admissions needed, from two groups; the registrar and five parties are there.
class BySponsors : public ::testing::Test {
 protected:
  BySponsors() {
    log.found();
    log.admit_by_registrar(kState, Group::government);
    log.admit_by_registrar(kAlliance, Group::intergovernmental);
    log.admit_by_registrar(kFirm, Group::industry);
    log.admit_by_registrar(kLab, Group::research);
    COMITY_ASSERT(
        log.file(1, {log.add_key(kSubsidiary, kSubsidiary),
                     log.admit_party(kSubsidiary, kSubsidiary, Group::industry, kFirm)}) == "ok");
    COMITY_ASSERT(log.file(1, {log.charter_note(Scenario::sponsors_charter(2, 2), 5)}) == "ok");
  }
  std::string announce(int sponsor, Group group = Group::media) {
    return log.file(sponsor, {log.add_key(kNew, kNew), log.admit_party(kNew, kNew, group)});
  }
  std::string second(int sponsor, Group group = Group::media) {
    return log.file(sponsor, {log.admit_party(kNew, kNew, group)});
  }
  [[nodiscard]] bool is_admitted() const {
    return log.state.party(party(kNew)).value().has_value();
  }
  Scenario log;
};

TEST_F(BySponsors, TheLastWordAdmits) {
  ASSERT_EQ(announce(kState), "ok");
  EXPECT_FALSE(is_admitted());
  EXPECT_FALSE(log.state.key(Scenario::kid(kNew)).value().has_value());
  ASSERT_EQ(second(kLab), "ok");
  ASSERT_TRUE(is_admitted());
  EXPECT_EQ(log.state.party(party(kNew)).value()->admitted_at, log.index);
  EXPECT_EQ(log.state.key(Scenario::kid(kNew)).value()->added_at, log.index);
  EXPECT_EQ(log.file(kNew, {log.plain(50)}), "ok");
}

TEST_F(BySponsors, EachSponsorMayFileTheKeyNote) {
  ASSERT_EQ(announce(kState), "ok");
  ASSERT_EQ(announce(kLab), "ok");
  EXPECT_TRUE(is_admitted());
}

TEST_F(BySponsors, AnAnnouncedKeyIsNobodyElses) {
  ASSERT_EQ(announce(kState), "ok");
  EXPECT_EQ(log.file(kLab, {log.add_key(kLab, kNew)}), "key-taken");
  EXPECT_EQ(log.file(kLab, {log.add_key(30, kNew), log.admit_party(30, kNew)}), "key-taken");
}

TEST_F(BySponsors, GroupsCount) {
  ASSERT_EQ(announce(kState), "ok");
  ASSERT_EQ(second(kAlliance), "ok");
  EXPECT_FALSE(is_admitted());  // government and intergovernmental are one
  ASSERT_EQ(second(kFirm), "ok");
  EXPECT_TRUE(is_admitted());
}

TEST_F(BySponsors, ControllersCount) {
  ASSERT_EQ(log.file(1, {log.charter_note(Scenario::sponsors_charter(2, 1), 6)}), "ok");
  ASSERT_EQ(announce(kFirm), "ok");
  ASSERT_EQ(second(kSubsidiary), "ok");
  EXPECT_FALSE(is_admitted());  // one controller speaks with one voice
  ASSERT_EQ(second(kFirm), "ok");
  EXPECT_FALSE(is_admitted());  // however often
  ASSERT_EQ(second(kLab), "ok");
  EXPECT_TRUE(is_admitted());
}

TEST_F(BySponsors, TheRegistrarIsOneSponsor) {
  ASSERT_EQ(announce(kRegistrar), "ok");
  EXPECT_FALSE(is_admitted());
  ASSERT_EQ(second(kLab), "ok");
  EXPECT_TRUE(is_admitted());
}

TEST_F(BySponsors, DifferentWordsDontAddUp) {
  ASSERT_EQ(announce(kState, Group::media), "ok");
  ASSERT_EQ(second(kLab, Group::research), "ok");
  EXPECT_FALSE(is_admitted());
  ASSERT_EQ(second(kLab, Group::media), "ok");  // its last word counts
  EXPECT_TRUE(is_admitted());
}

TEST_F(BySponsors, SuspendedSponsorsDontCount) {
  ASSERT_EQ(announce(kState), "ok");
  ASSERT_EQ(log.file(1, {log.suspend(kState)}), "ok");
  ASSERT_EQ(second(kLab), "ok");
  EXPECT_FALSE(is_admitted());
  EXPECT_EQ(second(kState), "party-suspended");
  ASSERT_EQ(second(kFirm), "ok");
  EXPECT_TRUE(is_admitted());
}

TEST_F(BySponsors, SponsorsSuspendAndReinstate) {
  ASSERT_EQ(log.file(kState, {log.suspend(kFirm)}), "ok");
  EXPECT_FALSE(log.state.party(party(kFirm)).value()->suspended);
  ASSERT_EQ(log.file(kLab, {log.suspend(kFirm)}), "ok");
  EXPECT_TRUE(log.state.party(party(kFirm)).value()->suspended);
  EXPECT_EQ(log.file(kState, {log.suspend(kFirm)}), "standing-unchanged");
  ASSERT_EQ(log.file(1, {log.reinstate(kFirm)}), "ok");  // a word like any other's
  EXPECT_TRUE(log.state.party(party(kFirm)).value()->suspended);
  ASSERT_EQ(log.file(kState, {log.reinstate(kFirm)}), "ok");
  EXPECT_FALSE(log.state.party(party(kFirm)).value()->suspended);
}

TEST_F(BySponsors, OnlyWordsSinceTheLastChangeCount) {
  ASSERT_EQ(log.file(kState, {log.suspend(kFirm)}), "ok");
  ASSERT_EQ(log.file(1, {log.suspend(kFirm)}), "ok");  // the registrar alone
  ASSERT_TRUE(log.state.party(party(kFirm)).value()->suspended);
  ASSERT_EQ(log.file(kState, {log.reinstate(kFirm)}), "ok");
  ASSERT_EQ(log.file(kLab, {log.reinstate(kFirm)}), "ok");
  ASSERT_FALSE(log.state.party(party(kFirm)).value()->suspended);
  // kState's first word is gone with the change, though kLab now says the same as it did.
  ASSERT_EQ(log.file(kLab, {log.suspend(kFirm)}), "ok");
  EXPECT_FALSE(log.state.party(party(kFirm)).value()->suspended);
}

TEST_F(BySponsors, RecoverTheRegistrarToo) {
  ASSERT_EQ(announce(kState), "ok");
  ASSERT_EQ(log.file(kState, {log.admit_party(1, 1, Group::media)}), "ok");
  ASSERT_EQ(log.file(kLab, {log.admit_party(1, 1, Group::media)}), "ok");
  EXPECT_EQ(log.state.party(party(1)).value()->group, Group::media);
}

TEST_F(BySponsors, ARefusedFilingLeavesNoTrace) {
  const auto before = log.state;
  EXPECT_EQ(log.file(kState, {log.add_key(kState, kSecondKey), log.suspend(kFirm),
                              log.revoke_key(kState, kThirdKey)}),
            "key-unknown");
  EXPECT_EQ(before.all(), log.state.all());
}

}  // namespace
}  // namespace comity::rules
