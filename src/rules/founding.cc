#include "rules/founding.h"

#include <string>

#include "rules/signer.h"
#include "rules/versions.h"

namespace comity::rules {
namespace {

/// The four objects, each there.
struct FoundingItems {
  const filing::CheckedItem* party = nullptr;
  const filing::CheckedItem* charter = nullptr;
  const filing::CheckedItem* key = nullptr;
  const filing::CheckedItem* admission = nullptr;
};

std::unexpected<Error> malformed(const std::string& what) {
  return refuse("founding-malformed", "This can't be the first entry of a log: " + what + ".");
}

Result<FoundingItems> sort_items(const filing::CheckedFiling& filing) {
  FoundingItems found;
  for (const auto& item : filing.items()) {
    if (item.item.hidden() || !item.head) return malformed("all of its items must be public");
    const filing::CheckedItem** place = nullptr;
    switch (item.head->kind) {
      case filing::Kind::party:
        place = &found.party;
        break;
      case filing::Kind::charter:
        place = &found.charter;
        break;
      case filing::Kind::key:
        place = &found.key;
        break;
      case filing::Kind::admission:
        place = &found.admission;
        break;
      case filing::Kind::other:
        return malformed("it holds an object of another kind");
    }
    if (*place) return malformed("it holds two objects of the same kind");
    *place = &item;
  }
  if (!found.party || !found.charter || !found.key || !found.admission)
    return malformed("it must hold the registrar's identity, charter, key and admission");
  return found;
}

Result<void> check_registrar(const filing::Statement& statement, const FoundingItems& items,
                             const Charter& charter, const KeyNote& key,
                             const AdmissionNote& admission) {
  if (charter.registrar != statement.issuer)
    return malformed("it must be signed by the registrar that its charter names");
  if (!statement.is_addressed_to(charter.origin))
    return refuse("wrong-origin",
                  "The founding filing must be addressed to " + charter.origin + ".");
  if (items.party->item.id != statement.issuer)
    return malformed("its identity must be the registrar's");
  if (key.party != statement.issuer || key.action != KeyAction::add || key.custody)
    return malformed("its key note must add a key of the registrar, not in custody");
  if (key.kid != statement.kid) return malformed("it must be signed by the key that it adds");
  if (admission.party != statement.issuer || admission.decision != Decision::admit)
    return malformed("its admission must admit the registrar");
  if (admission.kid != statement.kid)
    return malformed("its admission must name the key that it is signed with");
  return check_proof(key, charter.origin);
}

}  // namespace

Result<Changes> found(const filing::CheckedFiling& filing, codec::JsonReader& reader) {
  const filing::Statement& statement = filing.statement();
  COMITY_TRY(const auto items, sort_items(filing));
  COMITY_TRY(auto charter, parse_charter(items.charter->content, reader));
  COMITY_TRY(const auto key, parse_key_note(items.key->content, reader));
  COMITY_TRY(const auto admission, parse_admission(items.admission->content, reader));
  COMITY_CHECK(check_registrar(statement, items, charter, key, admission));

  Changes changes;
  changes.parties.push_back({.id = admission.party,
                             .group = admission.group,
                             .country = admission.country,
                             .controller = admission.controller,
                             .admitted_time = statement.issued_at});
  changes.keys.push_back(
      {.kid = key.kid, .key = *key.key, .party = key.party, .revoked_at = std::nullopt});
  for (std::size_t ordinal = 0; ordinal < filing.items().size(); ++ordinal) {
    const auto& item = filing.items()[ordinal].item;
    changes.versions.push_back({.party = admission.party,
                                .id = std::string(item.id),
                                .version = item.version,
                                .place = {.entry = 0, .ordinal = ordinal},
                                .revoked = item.revoked});
  }
  changes.standing = Standing{.charter = std::move(charter),
                              .charter_id = std::string(items.charter->item.id),
                              .charter_version = items.charter->item.version,
                              .time = statement.issued_at};
  return changes;
}

}  // namespace comity::rules
