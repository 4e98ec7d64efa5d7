#pragma once

#include <string>
#include <vector>

#include <rapidcheck.h>

#include "tests/filing/samples.h"
#include "tests/memory_state.h"

/// Changes without sense but of every kind, from so few names that they meet, and the comparison of
/// two states through everything that can be asked about these names.
namespace comity::rules {

inline constexpr int kNames = 4;

inline int random_name() { return *rc::gen::inRange(0, kNames); }
inline std::string party_named(int name) { return samples::party(name + 1); }
/// The last one is no STIX id, for a state takes any text.
inline std::string object_named(int name) {
  return name + 1 < kNames ? "note--" + samples::uuid(name) : "no--id";
}
inline UnixMicros version_named(int name) { return UnixMicros{name * 1000}; }
inline filing::ItemPlace place_named(int name) {
  return {static_cast<std::uint64_t>(name), static_cast<std::uint64_t>(name) * 7};
}
/// The first two differ only behind their eighth byte.
inline filing::StatementKey statement_named(int name) {
  filing::StatementKey key;
  key.bytes[name < 2 ? 31 : 0] = static_cast<std::byte>(name + 1);
  return key;
}
inline crypto::PublicKey key_named(int name) {
  static const std::vector<crypto::PublicKey> keys = [] {
    std::vector<crypto::PublicKey> made;
    for (std::uint8_t i = 0; i < kNames; ++i)
      made.push_back(samples::key(static_cast<std::uint8_t>(i + 1), i % 2 == 0
                                                                        ? crypto::Algorithm::ed25519
                                                                        : crypto::Algorithm::es256)
                         .public_key());
    return made;
  }();
  return keys[static_cast<std::size_t>(name)];
}

inline AdmissionNote random_note() {
  return {.party = party_named(random_name()),
          .decision = *rc::gen::element(Decision::admit, Decision::suspend, Decision::reinstate),
          .group = *rc::gen::element(Group::government, Group::research, Group::media),
          .country = *rc::gen::element(std::string(), std::string("CH")),
          .controller = party_named(random_name()),
          .kid = codec::key_id(key_named(random_name()))};
}

inline Standing random_standing(std::uint64_t entry) {
  Standing standing;
  if (*rc::gen::arbitrary<bool>())
    standing.charter = Charter{.origin = std::string(samples::kOrigin),
                               .registrar = party_named(random_name()),
                               .vkey = "vkey",
                               .receipt_key = key_named(random_name()),
                               .by_sponsors = *rc::gen::arbitrary<bool>(),
                               .sponsors = random_name(),
                               .groups = random_name()};
  standing.charter_id = object_named(random_name());
  standing.charter_version = version_named(random_name());
  standing.time = UnixSeconds{static_cast<std::int64_t>(entry)};
  standing.rules_version = 1 + static_cast<std::uint64_t>(random_name());
  return standing;
}

/// The names of the parties, of versions and of marks change at random; statements and entries of
/// versions never do, and an object is revoked once, as in a log.
inline Changes random_changes(std::uint64_t entry) {
  Changes changes;
  const auto some = [] { return *rc::gen::inRange(0, 3) == 0; };
  const auto flag = [] { return *rc::gen::arbitrary<bool>(); };
  if (some()) changes.standing = random_standing(entry);
  for (int name = 0; name < kNames; ++name) {
    if (entry % kNames == static_cast<std::uint64_t>(name)) {
      FiledStatement filed{
          .key = statement_named(name), .index = static_cast<std::uint64_t>(name), .leaf = {}};
      filed.leaf.bytes[3] = static_cast<std::byte>(name);
      changes.statements.push_back(filed);
    }
    if (some())
      changes.parties.push_back({.id = party_named(name),
                                 .group = Group::industry,
                                 .country = flag() ? "FR" : "",
                                 .controller = party_named(random_name()),
                                 .suspended = flag(),
                                 .admitted_at = entry,
                                 .admitted_time = UnixSeconds{5},
                                 .standing_since = entry});
    if (some())
      changes.keys.push_back({.kid = codec::key_id(key_named(name)),
                              .key = key_named(name),
                              .party = party_named(random_name()),
                              .custody = flag(),
                              .added_at = static_cast<std::uint64_t>(random_name()),
                              .revoked_at = flag() ? std::optional(entry) : std::nullopt});
    if (some())
      changes.announced_keys.push_back({.note = {.party = party_named(random_name()),
                                                 .kid = codec::key_id(key_named(name)),
                                                 .key = key_named(name),
                                                 .proof = Bytes(64, std::byte{7})},
                                        .entry = entry});
    if (some())
      changes.sponsorships.push_back(
          {.sponsor = party_named(name), .note = random_note(), .entry = entry});
    if (some())
      changes.marks.push_back({.place = place_named(name),
                               .disclosed = flag(),
                               .erased = flag(),
                               .held = flag(),
                               .disclosed_at = entry});
    if (some()) {
      const int version = random_name();
      changes.versions.push_back({.party = party_named(random_name()),
                                  .id = object_named(name),
                                  .version = version_named(version),
                                  .place = place_named(random_name()),
                                  .revoked = version == kNames - 1});
    }
  }
  return changes;
}

template <class Question>
void expect_same_answer(const State& state, const State& expected, const Question& question) {
  const auto answer = question(state);
  RC_ASSERT(answer.has_value());
  RC_ASSERT(answer.value() == question(expected).value());
}

inline void expect_same(const State& state, const State& expected) {
  const auto ask = [&](const auto& question) { expect_same_answer(state, expected, question); };
  ask([](const State& it) { return it.size(); });
  ask([](const State& it) { return it.standing(); });
  for (int name = 0; name < kNames; ++name) {
    const std::string party = party_named(name);
    const auto kid = codec::key_id(key_named(name));
    ask([&](const State& it) { return it.statement(statement_named(name)); });
    ask([&](const State& it) { return it.party(party); });
    ask([&](const State& it) { return it.key(kid); });
    ask([&](const State& it) { return it.keys_of(party); });
    ask([&](const State& it) { return it.announced_key(kid); });
    ask([&](const State& it) { return it.sponsorships(party); });
    ask([&](const State& it) { return it.marks(place_named(name)); });
    for (int object = 0; object < kNames; ++object) {
      const std::string id = object_named(object);
      ask([&](const State& it) { return it.revocation(party, id); });
      for (int version = 0; version < kNames; ++version)
        ask([&](const State& it) { return it.version(party, id, version_named(version)); });
    }
  }
}

}  // namespace comity::rules
