#include "rules/governance.h"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "rules/admission_rules.h"
#include "rules/key_rules.h"
#include "rules/overlay.h"

namespace comity::rules {
namespace {

struct FiledCharter {
  Charter charter;
  std::string_view id;
  UnixMicros version{};
};
using Act = std::variant<FiledCharter, KeyNote, AdmissionNote>;

bool governs(const filing::CheckedItem& item) {
  if (item.item.hidden() || !item.head) return false;
  const filing::Kind kind = item.head->kind;
  return kind == filing::Kind::charter || kind == filing::Kind::key ||
         kind == filing::Kind::admission;
}

Result<Act> parse_act(const filing::CheckedItem& item, codec::JsonReader& reader) {
  if (item.head->kind == filing::Kind::charter) {
    COMITY_TRY(auto charter, parse_charter(item.content, reader));
    return FiledCharter{std::move(charter), item.item.id, item.item.version};
  }
  if (item.head->kind == filing::Kind::key) {
    COMITY_TRY(auto note, parse_key_note(item.content, reader));
    return note;
  }
  COMITY_TRY(auto note, parse_admission(item.content, reader));
  return note;
}

Result<Changes> replace_charter(const FiledCharter& filed, const Filer& filer, const State& now) {
  COMITY_TRY(auto standing, now.standing());
  const Charter& old = *standing.charter;
  if (filer.party != old.registrar)
    return refuse("charter-not-registrars",
                  "Only the registrar, " + old.registrar + ", files a charter here.");
  if (filed.charter.origin != old.origin || filed.charter.registrar != old.registrar ||
      filed.id != standing.charter_id)
    return refuse("charter-changes-registry",
                  "A later charter keeps the id, the origin and the registrar of the first: " +
                      standing.charter_id + ", " + old.origin + ", " + old.registrar + ".");
  if (filed.charter.vkey != old.vkey || filed.charter.receipt_key != old.receipt_key)
    return refuse("charter-changes-keys",
                  "By version 1 of the rules a log keeps its vkey and its receipt key for ever; "
                  "continue in a new log to change them.");
  if (filed.version <= standing.charter_version)
    return refuse("charter-not-later", "The charter in force is of " +
                                           to_rfc3339(standing.charter_version) +
                                           "; give the new one a later `modified`.");
  standing.charter = filed.charter;
  standing.charter_version = filed.version;
  Changes changes;
  changes.standing = std::move(standing);
  return changes;
}

Result<Changes> apply(const Act& act, const Filer& filer,
                      const std::vector<AdmissionNote>& admissions, const State& now) {
  if (const auto* charter = std::get_if<FiledCharter>(&act))
    return replace_charter(*charter, filer, now);
  if (const auto* key = std::get_if<KeyNote>(&act))
    return apply_key_note(*key, filer, admissions, now);
  return apply_admission(std::get<AdmissionNote>(act), filer, now);
}

Result<void> check_registrar_keys(const State& now) {
  COMITY_TRY(const auto standing, now.standing());
  COMITY_TRY(const auto keys, now.keys_of(standing.charter->registrar));
  if (!std::any_of(keys.begin(), keys.end(), is_own_and_unrevoked))
    return refuse("registrar-last-key",
                  "This would revoke the last key of the registrar; add its next key in the same "
                  "filing.");
  return {};
}

}  // namespace

Result<Changes> govern(const filing::CheckedFiling& filing, const Filer& filer, const State& state,
                       codec::JsonReader& reader) {
  const auto items = filing.items();
  if (!std::any_of(items.begin(), items.end(), governs)) return Changes{};
  if (filer.custody)
    return refuse("custody-limited",
                  "A key in custody can't file charters, keys and admissions; sign with a key that "
                  "the party itself holds.");

  std::vector<Act> acts;
  std::vector<AdmissionNote> admissions;
  for (const auto& item : items) {
    if (!governs(item)) continue;
    COMITY_TRY(auto act, parse_act(item, reader));
    if (const auto* admission = std::get_if<AdmissionNote>(&act)) admissions.push_back(*admission);
    acts.push_back(std::move(act));
  }

  Overlay now(state);
  for (const Act& act : acts) {
    COMITY_TRY(auto changes, apply(act, filer, admissions, now));
    now.put(std::move(changes), filer.index);
  }
  COMITY_CHECK(check_registrar_keys(now));
  return now.take();
}

}  // namespace comity::rules
