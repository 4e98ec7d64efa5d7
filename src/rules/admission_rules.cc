#include "rules/admission_rules.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "rules/key_rules.h"

namespace comity::rules {
namespace {

using Subject = std::optional<Party>;

Result<void> check_key(const AdmissionNote& note, const State& now) {
  const std::string name = "The key " + to_base64url(note.kid.view());
  COMITY_TRY(const auto key, now.key(note.kid));
  if (key) {
    if (key->party != note.party)
      return refuse("key-taken", name + " is registered for " + key->party + "; name a key of " +
                                     note.party + ".");
    if (key->revoked_at)
      return refuse("key-revoked", name + " was revoked by entry " +
                                       std::to_string(*key->revoked_at) +
                                       "; name an active key, or announce a new one.");
    return {};
  }
  COMITY_TRY(const auto announced, now.announced_key(note.kid));
  if (!announced || announced->note.party != note.party)
    return refuse("admission-key-unknown",
                  name + " is not announced for " + note.party +
                      "; put its key note before the admission, in the same filing or an earlier "
                      "one.");
  COMITY_TRY(const auto keys, now.keys_of(note.party));
  if (std::any_of(keys.begin(), keys.end(), is_own_and_unrevoked))
    return refuse("admission-key-inactive",
                  note.party + " has an active key and adds others itself; name an active one.");
  return {};
}

/// Whether the decision could take effect now.
Result<void> check_decision(const AdmissionNote& note, const Charter& charter,
                            const Subject& subject, const State& now) {
  if (note.decision == Decision::admit) return check_key(note, now);
  const bool suspends = note.decision == Decision::suspend;
  if (suspends && note.party == charter.registrar)
    return refuse("registrar-not-suspendable",
                  "The registrar can't be suspended, for nobody could act for the registry.");
  if (!subject)
    return refuse("party-unknown",
                  note.party + " is not admitted here, so there is nothing to decide about it.");
  if (subject->suspended == suspends)
    return refuse("standing-unchanged",
                  note.party + (suspends ? " is suspended already." : " is not suspended."));
  return {};
}

/// The words of sponsors that say the same as `word` and count: since the party's standing last
/// changed, by parties that are not suspended now.
Result<bool> is_enough(const Sponsorship& word, const Charter& charter, const Subject& subject,
                       const State& now) {
  COMITY_TRY(auto words, now.sponsorships(word.note.party));
  std::erase_if(words, [&](const Sponsorship& other) { return other.sponsor == word.sponsor; });
  words.push_back(word);
  std::set<std::string> controllers;
  std::set<Group> groups;
  for (const Sponsorship& said : words) {
    if (said.note != word.note) continue;
    if (subject && said.entry <= subject->standing_since) continue;
    COMITY_TRY(const auto sponsor, now.party(said.sponsor));
    if (!sponsor || sponsor->suspended) continue;
    controllers.insert(sponsor->controller);
    groups.insert(breadth_of(sponsor->group));
  }
  return std::cmp_greater_equal(controllers.size(), charter.sponsors) &&
         std::cmp_greater_equal(groups.size(), charter.groups);
}

Result<void> admit_party(const AdmissionNote& note, const Filer& filer, const State& now,
                         Party& party, Changes& changes) {
  party.group = note.group;
  party.country = note.country;
  party.controller = note.controller;
  COMITY_TRY(const auto key, now.key(note.kid));
  if (key) return {};
  COMITY_TRY(const auto announced, now.announced_key(note.kid));
  COMITY_ASSERT(announced.has_value());  // check_key has seen it
  changes.keys.push_back({.kid = note.kid,
                          .key = *announced->note.key,
                          .party = note.party,
                          .added_at = filer.index,
                          .revoked_at = std::nullopt});
  return {};
}

Result<void> take_effect(const AdmissionNote& note, const Filer& filer, const Subject& subject,
                         const State& now, Changes& changes) {
  COMITY_TRY(const auto standing, now.standing());
  Party party = subject.value_or(Party{.id = note.party,
                                       .country = {},
                                       .controller = {},
                                       .admitted_at = filer.index,
                                       .admitted_time = standing.time});
  party.standing_since = filer.index;
  if (note.decision == Decision::admit)
    COMITY_CHECK(admit_party(note, filer, now, party, changes));
  else
    party.suspended = note.decision == Decision::suspend;
  changes.parties.push_back(std::move(party));
  return {};
}

}  // namespace

Result<Changes> apply_admission(const AdmissionNote& note, const Filer& filer, const State& now) {
  COMITY_TRY(const auto standing, now.standing());
  const Charter& charter = *standing.charter;
  const bool is_registrar = filer.party == charter.registrar;
  if (!charter.by_sponsors && !is_registrar)
    return refuse("admission-not-registrars", "Under this charter only the registrar, " +
                                                  charter.registrar +
                                                  ", decides about parties; ask it.");
  COMITY_TRY(const auto subject, now.party(note.party));
  COMITY_CHECK(check_decision(note, charter, subject, now));

  Changes changes;
  const bool is_final =
      is_registrar && (!charter.by_sponsors || note.decision == Decision::suspend);
  if (!is_final) {
    changes.sponsorships.push_back(
        {.sponsor = std::string(filer.party), .note = note, .entry = filer.index});
    COMITY_TRY(const bool enough, is_enough(changes.sponsorships.front(), charter, subject, now));
    if (!enough) return changes;
  }
  COMITY_CHECK(take_effect(note, filer, subject, now, changes));
  return changes;
}

}  // namespace comity::rules
