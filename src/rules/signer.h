#pragma once

#include <cstdint>
#include <string>

#include "base/error.h"
#include "filing/statement.h"
#include "rules/state.h"

/// Who signed a statement, and whether it may. Pure.
namespace comity::rules {

/// The entry that is being decided on: its index, and what holds before it.
struct Turn {
  std::uint64_t index = 0;
  Standing standing;
};

/// "The key " and its id: how refusals begin.
[[nodiscard]] std::string name_of_key(const codec::KeyId& kid);

/// The key of `kid` as its issuer's, active at the turn's index. Refuses `key-unknown`,
/// `key-not-issuers`, `party-unknown`, `key-inactive` and `key-revoked`.
[[nodiscard]] Result<Key> find_signer(const filing::Statement& statement, const State& state,
                                      std::uint64_t index);

/// The issuer as a party that may file. Refuses `party-unknown` and `party-suspended`.
[[nodiscard]] Result<Party> find_filer(const filing::Statement& statement, const State& state);

/// Refuses `statement-from-future` for a time of signing more than limits::kSecondsAhead ahead.
[[nodiscard]] Result<void> check_clock(const filing::Statement& statement, UnixSeconds log_time);

/// Refuses `key-proof-invalid` unless the key that is added has signed for this party and registry.
[[nodiscard]] Result<void> check_proof(const KeyNote& note, std::string_view origin);

}  // namespace comity::rules
