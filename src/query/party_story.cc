#include "query/party_story.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/bytes.h"
#include "codec/json.h"
#include "filing/stix_id.h"
#include "rules/charter.h"

namespace comity::query {
namespace {

std::string text_of(const codec::KeyId& kid) { return to_base64url(kid.view()); }

std::string what_is_said(const rules::AdmissionNote& note, const std::string& issuer) {
  const std::string by = " by " + issuer;
  if (note.decision == rules::Decision::suspend) return "suspended" + by;
  if (note.decision == rules::Decision::reinstate) return "reinstated" + by;
  return "admission" + by + " as " + std::string(rules::word_of(note.group)) +
         (note.country.empty() ? "" : ", " + note.country);
}

std::string what_is_said(const rules::KeyNote& note) {
  if (note.action == rules::KeyAction::revoke) return "key " + text_of(note.kid) + " revoked";
  return "key " + text_of(note.kid) + (note.custody ? " added, in custody" : " added");
}

/// The notes about it, in the order of the log.
Result<std::vector<Version>> notes_of(const RecordAt& at, const Party& party) {
  std::vector<Version> notes;
  for (const auto* kind : {"admission", "key"}) {
    COMITY_TRY(auto some, notes_about(at.snapshot(), party.object, kind, at.size));
    std::ranges::move(some, std::back_inserter(notes));
  }
  std::ranges::sort(notes, {}, &Version::place);
  return notes;
}

Result<void> read_history(RecordAt& at, PartyStory& story) {
  COMITY_TRY(const auto notes, notes_of(at, story.party));
  codec::JsonReader reader;
  const auto add = [&story](const Version& note, std::string what) {
    story.history.push_back(
        {.entry = note.place.entry, .time = note.time, .what = std::move(what)});
  };
  for (const Version& version : notes) {
    COMITY_TRY(const auto bytes, at.contents.read(version));
    if (!bytes) continue;
    if (const auto note = rules::parse_admission(*bytes, reader);
        note && note->party == story.party.id) {
      COMITY_TRY(const auto issuer, at.name_of(version.party));
      add(version, what_is_said(*note, issuer));
    }
    if (const auto note = rules::parse_key_note(*bytes, reader);
        note && note->party == story.party.id) {
      add(version, what_is_said(*note));
      if (note->key) story.public_keys.insert_or_assign(note->kid, *note->key);
    }
  }
  return {};
}

Json json_of(const PartyKey& key, const PartyStory& story) {
  const crypto::PublicKey* known = story.public_key(key.kid);
  return {
      {"kid", text_of(key.kid)},
      {"key", known != nullptr ? Json(to_base64url(codec::write_cose_key(*known))) : Json(nullptr)},
      {"algorithm", known != nullptr ? Json(crypto::name_of(known->algorithm())) : Json(nullptr)},
      {"custody", key.custody},
      {"added_at", key.added},
      {"revoked_at", key.revoked ? Json(*key.revoked) : Json(nullptr)}};
}

Json standing_of(const Party& party) {
  return {{"group", party.group},           {"country", party.country},
          {"controller", party.controller}, {"suspended", party.suspended},
          {"admitted_at", party.admitted},  {"admitted_time", to_rfc3339(party.admitted_time)}};
}

}  // namespace

Result<std::optional<Party>> find_party(const RecordAt& at, const std::string& what) {
  if (filing::is_party_id(what)) return party_of(at.snapshot(), what, at.size);
  const auto kid = from_base64url(what);
  if (!kid || kid->size() != codec::KeyId::kSize) return std::nullopt;
  return party_with_key(at.snapshot(), codec::KeyId::from(*kid), at.size);
}

Result<PartyStory> tell_party(RecordAt& at, Party party) {
  PartyStory story;
  story.party = std::move(party);
  COMITY_TRY(story.name, at.names.of(story.party.id));
  COMITY_TRY(story.controller, at.name_of(story.party.controller));
  COMITY_TRY(story.filings, filings_of(at.snapshot(), story.party.object, at.size));
  COMITY_TRY(story.keys, keys_of(at.snapshot(), story.party.object, at.size));
  COMITY_CHECK(read_history(at, story));
  return story;
}

Json party_json(const PartyStory& story, std::uint64_t size) {
  Json keys = Json::array();
  for (const PartyKey& key : story.keys) keys.push_back(json_of(key, story));
  Json history = Json::array();
  for (const PartyEvent& it : story.history)
    history.push_back({{"entry", it.entry}, {"time", to_rfc3339(it.time)}, {"what", it.what}});
  Json json{{"party", story.party.id}, {"name", story.name}};
  json.update(standing_of(story.party));
  json.update({{"filings", story.filings},
               {"size", size},
               {"keys", std::move(keys)},
               {"history", std::move(history)}});
  return json;
}

Result<std::vector<ListedParty>> list_parties(RecordAt& at) {
  COMITY_TRY(auto all, parties(at.snapshot(), at.size));
  std::vector<ListedParty> list;
  for (Party& party : all) {
    COMITY_TRY(auto name, at.names.of(party.id));
    COMITY_TRY(const auto keys, keys_of(at.snapshot(), party.object, at.size));
    const auto active = std::ranges::count_if(keys, [](const auto& key) { return !key.revoked; });
    list.push_back({.party = std::move(party),
                    .name = std::move(name),
                    .active_keys = static_cast<std::size_t>(active)});
  }
  return list;
}

Json parties_json(const std::vector<ListedParty>& parties, const std::string& origin,
                  std::uint64_t size) {
  Json list = Json::array();
  for (const auto& [party, name, active_keys] : parties) {
    Json& json = list.emplace_back(Json{{"id", party.id}, {"name", name}});
    json.update(standing_of(party));
    json["active_keys"] = active_keys;
  }
  return {{"origin", origin}, {"size", size}, {"parties", std::move(list)}};
}

}  // namespace comity::query
