#include "rules/control_effect.h"

#include "tests/rules/scenario.h"

namespace comity::rules {
namespace {

using filing::ItemPlace;

constexpr int kFiler = 2;

class Controls : public ::testing::Test {
 protected:
  Controls() {
    log.found();
    log.admit_by_registrar(kFiler);
    admission = log.index;
    COMITY_ASSERT(
        log.submit(log.filing(
            kFiler,
            {samples::open_to_all(samples::note(50)), samples::for_readers(samples::note(51), {}),
             samples::sealed(samples::note(52)), samples::for_readers(revoked(53), {})},
            {})) == "ok");
    entry = log.index;
    sealed = log.kept[2];
  }
  static std::string revoked(int number) { return samples::note(number, R"(,"revoked":true)"); }
  [[nodiscard]] ItemPlace item(std::uint64_t ordinal) const { return {entry, ordinal}; }
  [[nodiscard]] static filing::Disclose disclose(const ItemPlace& place, int number,
                                                 bool is_revoked = false) {
    return {.item = place,
            .id = "note--" + samples::uuid(number),
            .version = parse_timestamp(samples::kTime).value(),
            .revoked = is_revoked};
  }
  [[nodiscard]] static filing::Erase erase(const ItemPlace& place) {
    return {place, "personal data", "the registrar"};
  }
  [[nodiscard]] static filing::Hold hold(const ItemPlace& place, bool on) {
    return {place, on, "order 7", "a court"};
  }
  Scenario log;
  std::uint64_t admission = 0;
  std::uint64_t entry = 0;
  filing::SignedFiling::Kept sealed;
};

TEST_F(Controls, OnlyTheRegistrarSigns) {
  const auto by = [&](int party, const Signing& signing) {
    return log.take(admit_control(log.control(filing::FileDigest{}, signing, party), log.state,
                                  log.find_item(), log.reader));
  };
  EXPECT_EQ(by(kFiler, {}), "control-not-registrars");
  EXPECT_EQ(by(1, {.signer = kFiler}), "key-not-issuers");
  EXPECT_EQ(by(1, {.signer = 30}), "key-unknown");
  EXPECT_EQ(by(1, {.origin = "elsewhere.org/log"}), "wrong-origin");
  EXPECT_EQ(by(1, {.issued = log.time() + 301}), "statement-from-future");
  EXPECT_EQ(by(1, {}), "ok");
  EXPECT_EQ(by(1, {}), "already");
}

TEST_F(Controls, TicksAscend) {
  const std::int64_t now = log.time();
  EXPECT_EQ(log.command(filing::Tick{UnixSeconds{now}}), "tick-not-later");
  EXPECT_EQ(log.command(filing::Tick{UnixSeconds{now - 1}}), "tick-not-later");
  EXPECT_EQ(log.command(filing::Tick{UnixSeconds{now + 1}}), "ok");
  EXPECT_EQ(log.time(), now + 1);
  // After an idle hour the clock is far ahead of the log, which its own tick mends.
  EXPECT_EQ(log.command(filing::Tick{UnixSeconds{now + 3600}}, {.issued = now + 3600}), "ok");
  EXPECT_EQ(log.command(filing::Tick{UnixSeconds{now + 3601}}, {.issued = now + 9999}),
            "statement-from-future");
}

TEST_F(Controls, Discloses) {
  ASSERT_EQ(log.command(disclose(item(1), 51)), "ok");
  ASSERT_EQ(log.admitted->public_parts().size(), 1U);
  const Part& part = log.admitted->public_parts()[0];
  EXPECT_EQ(part.ordinal, 1U);
  EXPECT_EQ(as_text(filing::parse_hidden(part.content).value().object), samples::note(51));
  EXPECT_TRUE(log.admitted->manifest().empty());
  const ItemMarks marks = log.state.marks(item(1)).value().value();
  EXPECT_TRUE(marks.disclosed);
  EXPECT_EQ(marks.disclosed_at, log.index);
  EXPECT_EQ(log.command(disclose(item(1), 51), {.issued = 1}), "item-disclosed");
}

TEST_F(Controls, DisclosesWhatWasSealed) {
  EXPECT_EQ(log.command(disclose(item(2), 52)), "disclosure-missing");
  Disclosure wrong{sealed.salt, sealed.content};
  wrong.content.back() ^= std::byte{1};
  EXPECT_EQ(log.command(disclose(item(2), 52), {}, wrong), "disclosure-mismatch");
  // The salt's last byte must not slip into the content, though the digest would be the same.
  Disclosure shifted{sealed.salt, sealed.content};
  shifted.content.insert(shifted.content.begin(), shifted.salt.back());
  shifted.salt.pop_back();
  EXPECT_EQ(log.command(disclose(item(2), 52), {}, shifted), "disclosure-mismatch");
  EXPECT_EQ(log.command(disclose(item(2), 52), {}, Disclosure{sealed.salt, sealed.content}), "ok");
  EXPECT_TRUE(equal(log.admitted->public_parts().at(0).salt, sealed.salt));
}

TEST_F(Controls, DisclosureSaysWhatTheObjectIs) {
  EXPECT_EQ(log.command(disclose(item(1), 52)), "disclosure-mismatch");
  EXPECT_EQ(log.command(disclose(item(1), 51, true)), "disclosure-mismatch");
  auto later = disclose(item(1), 51);
  later.version = UnixMicros{count(later.version) + 1};
  EXPECT_EQ(log.command(later), "disclosure-mismatch");
}

TEST_F(Controls, RefusesItemsThatCantBeDisclosed) {
  EXPECT_EQ(log.command(disclose(item(0), 50)), "item-not-hidden");
  EXPECT_EQ(log.command(disclose(item(9), 50)), "item-unknown");
  EXPECT_EQ(log.command(disclose({log.state.size().value(), 0}, 50)), "item-unknown");
  EXPECT_EQ(log.command(disclose({1, 0}, 50)), "item-unknown");  // a tick has no items
}

TEST_F(Controls, DisclosedItemsTakeTheirVersion) {
  ASSERT_EQ(log.command(disclose(item(1), 51)), "ok");
  EXPECT_EQ(log.file(kFiler, {to_bytes(samples::note(51))}), "version-taken");
  EXPECT_EQ(log.file(kFiler, {to_bytes(samples::note(52))}), "ok");
  EXPECT_EQ(log.command(disclose(item(2), 52), {}, Disclosure{sealed.salt, sealed.content}),
            "version-taken");
  ASSERT_EQ(log.command(disclose(item(3), 53, true)), "ok");
  EXPECT_EQ(log.file(kFiler, {log.plain(53)}), "object-revoked");
}

TEST_F(Controls, ReplaysADisclosureWhoseCopyIsErased) {
  const Disclosure gone{.salt = {}, .content = {}, .erased_since = true};
  ASSERT_EQ(log.command(disclose(item(3), 53, true), {}, gone), "ok");
  EXPECT_TRUE(log.admitted->public_parts().empty());
  EXPECT_EQ(log.file(kFiler, {log.plain(53)}), "object-revoked");
}

TEST_F(Controls, Erases) {
  ASSERT_EQ(log.command(erase(item(0))), "ok");
  EXPECT_EQ(log.admitted->erased(), item(0));
  EXPECT_EQ(log.command(erase(item(0)), {.issued = 1}), "item-erased");
  EXPECT_EQ(log.command(hold(item(0), true)), "item-erased");
  ASSERT_EQ(log.command(erase(item(2))), "ok");  // what was sealed can't come to light any more
  EXPECT_EQ(log.command(disclose(item(2), 52), {}, Disclosure{sealed.salt, sealed.content}),
            "item-erased");
  ASSERT_EQ(log.command(disclose(item(1), 51)), "ok");
  ASSERT_EQ(log.command(erase(item(1))), "ok");
  EXPECT_TRUE(log.state.marks(item(1)).value()->disclosed);
  EXPECT_EQ(log.file(kFiler, {to_bytes(samples::note(51))}), "version-taken");
  EXPECT_EQ(log.command(erase(item(9))), "item-unknown");
}

TEST_F(Controls, ProtectsWhatAdmissionReads) {
  for (std::uint64_t ordinal = 0; ordinal < 4; ++ordinal) {
    EXPECT_EQ(log.command(erase({0, ordinal})), "item-protected");
    EXPECT_EQ(log.command(hold({0, ordinal}, true)), "item-protected");
  }
  EXPECT_EQ(log.command(erase({admission, 0})), "item-protected");       // key note
  EXPECT_EQ(log.command(hold({admission, 1}, true)), "item-protected");  // admission
  ASSERT_EQ(log.file(1, {log.charter_note(Scenario::usual_charter(), 5)}), "ok");
  EXPECT_EQ(log.command(erase({log.index, 0})), "item-protected");
}

TEST_F(Controls, HoldsKeepFromErasure) {
  EXPECT_EQ(log.command(hold(item(0), false)), "hold-unchanged");
  ASSERT_EQ(log.command(hold(item(0), true)), "ok");
  EXPECT_EQ(log.command(hold(item(0), true), {.issued = 1}), "hold-unchanged");
  EXPECT_EQ(log.command(erase(item(0))), "item-held");
  ASSERT_EQ(log.command(hold(item(0), false)), "ok");
  EXPECT_EQ(log.command(erase(item(0))), "ok");
}

TEST_F(Controls, KnowsOneVersionOfTheRules) {
  EXPECT_EQ(log.command(filing::ActivateRules{1}), "rules-version-unknown");
  EXPECT_EQ(log.command(filing::ActivateRules{2}), "rules-version-unknown");
  EXPECT_EQ(log.command(filing::ActivateRules{0}), "rules-version-unknown");
}

TEST_F(Controls, ActivatesTheNextVersionThatItKnows) {
  const auto find_item = log.find_item();
  const auto activate = [&](std::uint64_t version) -> std::string {
    const std::uint64_t index = log.state.size().value();
    auto effect = apply_control(filing::ActivateRules{version},
                                {.state = log.state,
                                 .index = index,
                                 .find_item = find_item,
                                 .reader = log.reader,
                                 .known_rules = 3},
                                std::nullopt);
    if (!effect) return effect.error().code();
    log.state.apply(effect->changes, index + 1);
    return "ok";
  };
  const auto version = [&] { return log.state.standing()->rules_version; };
  EXPECT_EQ(activate(3), "rules-version-unknown");
  ASSERT_EQ(activate(2), "ok");
  EXPECT_EQ(version(), 2U);
  for (const std::uint64_t other : {1, 2, 4}) EXPECT_EQ(activate(other), "rules-version-unknown");
  // What else changes the standing leaves it.
  ASSERT_EQ(log.tick(5), "ok");
  ASSERT_EQ(log.file(1, {log.charter_note(Scenario::usual_charter(), 5)}), "ok");
  EXPECT_EQ(version(), 2U);
  ASSERT_EQ(activate(3), "ok");
  EXPECT_EQ(activate(4), "rules-version-unknown");
  EXPECT_EQ(version(), 3U);
}

TEST_F(Controls, DigestsLookBack) {
  const std::uint64_t size = log.state.size().value();
  EXPECT_EQ(log.command(filing::FileDigest{size + 1, {}}), "digest-size-ahead");
  EXPECT_EQ(log.command(filing::FileDigest{size, {}}), "ok");
}

}  // namespace
}  // namespace comity::rules
