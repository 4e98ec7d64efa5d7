#include "rules/signer.h"

#include <string>

#include "base/limits.h"

namespace comity::rules {
namespace {

std::unexpected<Error> unknown_party(std::string_view id) {
  return refuse("party-unknown", std::string(id) +
                                     " is not admitted here; ask the registrar or the sponsors "
                                     "that the charter names.");
}

/// Why a key that isn't registered can't sign.
Result<Key> refuse_unregistered(const filing::Statement& statement, const State& state) {
  COMITY_TRY(const auto announced, state.announced_key(statement.kid));
  if (!announced)
    return refuse("key-unknown", name_of_key(statement.kid) +
                                     " is not registered here; have it added by its party.");
  COMITY_TRY(const auto party, state.party(statement.issuer));
  if (!party) return unknown_party(statement.issuer);
  return refuse("key-inactive", name_of_key(statement.kid) +
                                    " is announced, but not yet part of an admission that has "
                                    "taken effect.");
}

}  // namespace

std::string name_of_key(const codec::KeyId& kid) { return "The key " + to_base64url(kid.view()); }

Result<Key> find_signer(const filing::Statement& statement, const State& state,
                        std::uint64_t index) {
  COMITY_TRY(auto key, state.key(statement.kid));
  if (!key) return refuse_unregistered(statement, state);
  if (key->party != statement.issuer)
    return refuse("key-not-issuers", name_of_key(statement.kid) + " is not a key of " +
                                         std::string(statement.issuer) +
                                         "; sign with one of the issuer's own keys.");
  if (!key->active_at(index))
    return refuse("key-revoked", name_of_key(statement.kid) + " was revoked by entry " +
                                     std::to_string(key->revoked_at.value_or(key->added_at)) +
                                     "; sign with an active key.");
  return *std::move(key);
}

Result<Party> find_filer(const filing::Statement& statement, const State& state) {
  COMITY_TRY(auto party, state.party(statement.issuer));
  if (!party) return unknown_party(statement.issuer);
  if (party->suspended)
    return refuse("party-suspended", std::string(statement.issuer) + " is suspended since entry " +
                                         std::to_string(party->standing_since) +
                                         "; it may file again when it is reinstated.");
  return *std::move(party);
}

Result<void> check_clock(const filing::Statement& statement, UnixSeconds log_time) {
  // Neither is negative, so the difference is a number.
  if (count(statement.issued_at) - count(log_time) > limits::kSecondsAhead)
    return refuse("statement-from-future",
                  "The statement is dated " + to_rfc3339(statement.issued_at) + ", more than " +
                      std::to_string(limits::kSecondsAhead) + " seconds after the log's time " +
                      to_rfc3339(log_time) + "; set the signer's clock right and sign again.");
  return {};
}

Result<void> check_proof(const KeyNote& note, std::string_view origin) {
  COMITY_ASSERT(note.key.has_value());
  if (!crypto::verify(*note.key, as_bytes(key_proof_text(origin, note.party, note.kid)),
                      note.proof))
    return refuse("key-proof-invalid", name_of_key(note.kid) +
                                           " has not signed that it is to be added for " +
                                           note.party + " in " + std::string(origin) +
                                           "; make the proof with the key itself.");
  return {};
}

}  // namespace comity::rules
