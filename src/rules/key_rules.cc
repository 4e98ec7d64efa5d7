#include "rules/key_rules.h"

#include <algorithm>
#include <string>

#include "rules/signer.h"

namespace comity::rules {
namespace {

Result<void> check_announcement(const KeyNote& note, const std::vector<AdmissionNote>& beside) {
  const bool is_named =
      std::any_of(beside.begin(), beside.end(), [&](const AdmissionNote& admission) {
        return admission.decision == Decision::admit && admission.party == note.party &&
               admission.kid == note.kid;
      });
  if (!is_named)
    return refuse("key-note-not-partys",
                  "Only " + note.party +
                      " adds keys for itself; its first one is filed beside the admission that "
                      "names it.");
  if (note.custody)
    return refuse("custody-limited",
                  "A key in custody is added by its party alone; announce one that " + note.party +
                      " holds itself.");
  return {};
}

/// Whether the key is announced for the same party already; refused where it is another's.
Result<bool> check_free(const KeyNote& note, const State& now) {
  COMITY_TRY(const auto registered, now.key(note.kid));
  if (registered)
    return refuse("key-taken", name_of_key(note.kid) + " was registered by entry " +
                                   std::to_string(registered->added_at) + " for " +
                                   registered->party +
                                   "; a key is registered once, so make a new "
                                   "one.");
  COMITY_TRY(const auto announced, now.announced_key(note.kid));
  if (announced && announced->note.party != note.party)
    return refuse("key-taken", name_of_key(note.kid) + " was announced in entry " +
                                   std::to_string(announced->entry) + " for " +
                                   announced->note.party + "; make a new one.");
  return announced.has_value();
}

Result<Changes> add_key(const KeyNote& note, const Filer& filer,
                        const std::vector<AdmissionNote>& beside, const State& now) {
  const bool is_own = note.party == filer.party;
  if (!is_own) COMITY_CHECK(check_announcement(note, beside));
  COMITY_TRY(const auto standing, now.standing());
  COMITY_CHECK(check_proof(note, standing.charter->origin));
  COMITY_TRY(const bool is_announced, check_free(note, now));
  Changes changes;
  if (is_own)
    changes.keys.push_back({.kid = note.kid,
                            .key = *note.key,
                            .party = note.party,
                            .custody = note.custody,
                            .added_at = filer.index,
                            .revoked_at = std::nullopt});
  else if (!is_announced)
    changes.announced_keys.push_back({.note = note, .entry = filer.index});
  return changes;
}

Result<Changes> revoke_key(const KeyNote& note, const Filer& filer, const State& now) {
  if (note.party != filer.party)
    return refuse(
        "key-note-not-partys",
        "Only " + note.party + " revokes its keys; where it can't, the registrar suspends it.");
  COMITY_TRY(auto key, now.key(note.kid));
  if (!key) return refuse("key-unknown", name_of_key(note.kid) + " is not registered here.");
  if (key->party != note.party)
    return refuse("key-not-issuers",
                  name_of_key(note.kid) + " is not a key of " + note.party + ".");
  if (key->revoked_at)
    return refuse("key-revoked", name_of_key(note.kid) + " was revoked already, by entry " +
                                     std::to_string(*key->revoked_at) + ".");
  key->revoked_at = filer.index;
  Changes changes;
  changes.keys.push_back(*std::move(key));
  return changes;
}

}  // namespace

bool is_own_and_unrevoked(const Key& key) { return !key.custody && !key.revoked_at; }

Result<Changes> apply_key_note(const KeyNote& note, const Filer& filer,
                               const std::vector<AdmissionNote>& beside, const State& now) {
  if (note.action == KeyAction::revoke) return revoke_key(note, filer, now);
  return add_key(note, filer, beside, now);
}

}  // namespace comity::rules
