#include "rules/write_notes.h"

#include <nlohmann/json.hpp>

#include "filing/object.h"

namespace comity::rules {
namespace {

using Json = nlohmann::ordered_json;

/// TLP 2.0 CLEAR.
constexpr std::string_view kClear = "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487";

std::string milliseconds(UnixMicros time) {
  return to_rfc3339(UnixMicros{count(time) / 1000 * 1000});
}

Json extension(std::string_view kind) {
  return {{"extension_type", "property-extension"}, {"kind", kind}};
}

Bytes write(Json object, Json ext) {
  object["object_marking_refs"] = {kClear};
  object["extensions"] = {{std::string(filing::kExtensionId), std::move(ext)}};
  return to_bytes(object.dump());
}

/// A note by `by` about one identity, its meaning in `ext`, its content for people.
Bytes write_note(const Authorship& by, std::string_view about, std::string content, Json ext) {
  const std::string time = milliseconds(by.time);
  return write({{"type", "note"},
                {"spec_version", "2.1"},
                {"id", "note--" + by.uuid},
                {"created_by_ref", by.creator},
                {"created", time},
                {"modified", time},
                {"content", std::move(content)},
                {"object_refs", {about}}},
               std::move(ext));
}

std::string_view word_of(Decision decision) {
  switch (decision) {
    case Decision::admit:
      return "admit";
    case Decision::suspend:
      return "suspend";
    case Decision::reinstate:
      return "reinstate";
  }
  COMITY_ASSERT(false);
}

}  // namespace

Bytes write_party(const PartyProfile& party) {
  const std::string time = milliseconds(party.time);
  const std::string group(word_of(party.group));
  Json ext = extension("party");
  ext["group"] = group;
  if (!party.country.empty()) ext["country"] = party.country;
  if (!party.controller.empty() && party.controller != party.id)
    ext["controller"] = party.controller;
  return write({{"type", "identity"},
                {"spec_version", "2.1"},
                {"id", party.id},
                {"created_by_ref", party.id},
                {"created", time},
                {"modified", time},
                {"labels", {"comity:" + group}},
                {"name", party.name},
                {"identity_class", "organization"}},
               std::move(ext));
}

Bytes write_charter(const Charter& charter, const Authorship& by) {
  Json ext = extension("charter");
  ext["origin"] = charter.origin;
  ext["registrar"] = charter.registrar;
  ext["vkey"] = charter.vkey;
  ext["receipt_key"] = to_base64url(codec::write_cose_key(charter.receipt_key));
  ext["admission"] = {{"by", charter.by_sponsors ? "sponsors" : "registrar"}};
  if (charter.by_sponsors) {
    ext["admission"]["sponsors"] = charter.sponsors;
    ext["admission"]["groups"] = charter.groups;
  }
  ext["tenure_days"] = charter.tenure_days;
  return write_note(by, charter.registrar, "Charter of the registry " + charter.origin,
                    std::move(ext));
}

Bytes write_key_note(const KeyNote& note, const Authorship& by) {
  const bool add = note.action == KeyAction::add;
  Json ext = extension("key");
  ext["party"] = note.party;
  ext["action"] = add ? "add" : "revoke";
  ext["kid"] = to_base64url(note.kid.view());
  if (add) {
    ext["key"] = to_base64url(codec::write_cose_key(*note.key));
    if (note.custody) ext["custody"] = true;
    ext["proof"] = to_base64url(note.proof);
  }
  return write_note(by, note.party,
                    (add ? "Adds the key " : "Revokes the key ") + to_base64url(note.kid.view()),
                    std::move(ext));
}

Bytes write_admission(const AdmissionNote& note, const Authorship& by) {
  Json ext = extension("admission");
  ext["party"] = note.party;
  ext["decision"] = word_of(note.decision);
  if (note.decision == Decision::admit) {
    ext["group"] = word_of(note.group);
    if (!note.country.empty()) ext["country"] = note.country;
    if (!note.controller.empty() && note.controller != note.party)
      ext["controller"] = note.controller;
    ext["kid"] = to_base64url(note.kid.view());
  }
  return write_note(by, note.party,
                    std::string("Decision on the party: ") + std::string(word_of(note.decision)),
                    std::move(ext));
}

}  // namespace comity::rules
