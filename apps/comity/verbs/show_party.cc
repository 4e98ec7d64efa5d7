#include "filing/stix_id.h"
#include "rules/charter.h"

#include "keys.h"
#include "query/party.h"
#include "text.h"
#include "verbs/show.h"

namespace comity::cli {
namespace {

struct History {
  Json events = Json::array();
  std::string text;
  std::map<codec::KeyId, crypto::PublicKey> keys;  ///< as the notes that add them have them

  void add(const query::Version& note, const std::string& what) {
    events.push_back(
        {{"entry", note.place.entry}, {"time", to_rfc3339(note.time)}, {"what", what}});
    text += wrapped("entry " + std::to_string(note.place.entry) + ": " + printable(what), 24,
                    "  " + to_rfc3339(note.time) + "  ");
  }
};

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

/// What the notes about a party say, in the order of the log.
Result<History> read_history(RecordAt& at, const query::Party& party) {
  std::vector<query::Version> notes;
  for (const auto* kind : {"admission", "key"}) {
    COMITY_TRY(auto some, query::notes_about(at.snapshot(), party.object, kind, at.size));
    std::ranges::move(some, std::back_inserter(notes));
  }
  std::ranges::sort(notes, {}, &query::Version::place);
  History history;
  codec::JsonReader reader;
  for (const auto& version : notes) {
    COMITY_TRY(const auto bytes, at.contents.read(version));
    if (!bytes) continue;
    if (const auto note = rules::parse_admission(*bytes, reader); note && note->party == party.id) {
      COMITY_TRY(const auto issuer, at.name_of(version.party));
      history.add(version, what_is_said(*note, issuer));
    }
    if (const auto note = rules::parse_key_note(*bytes, reader); note && note->party == party.id) {
      history.add(version, what_is_said(*note));
      if (note->key) history.keys.insert_or_assign(note->kid, *note->key);
    }
  }
  return history;
}

std::string algorithm_of(const History& history, const codec::KeyId& kid) {
  const auto found = history.keys.find(kid);
  return found == history.keys.end() ? "" : std::string(crypto::name_of(found->second.algorithm()));
}

std::string text_of_keys(const std::vector<query::PartyKey>& keys, const History& history) {
  std::string text = "\nKeys\n";
  for (const auto& key : keys) {
    std::string line = text_of(key.kid);
    const std::string algorithm = algorithm_of(history, key.kid);
    if (!algorithm.empty()) line += "  " + algorithm;
    line += ", added by entry " + std::to_string(key.added);
    if (key.custody) line += ", in custody";
    if (key.revoked) line += ", REVOKED by entry " + std::to_string(*key.revoked);
    text += "  " + line + "\n";
  }
  return text;
}

Json json_of_keys(const std::vector<query::PartyKey>& keys, const History& history) {
  Json list = Json::array();
  for (const auto& key : keys) {
    const auto found = history.keys.find(key.kid);
    const bool known = found != history.keys.end();
    list.push_back({{"kid", text_of(key.kid)},
                    {"key", known ? Json(text_of(found->second)) : Json(nullptr)},
                    {"algorithm", known ? Json(algorithm_of(history, key.kid)) : Json(nullptr)},
                    {"custody", key.custody},
                    {"added_at", key.added},
                    {"revoked_at", key.revoked ? Json(*key.revoked) : Json(nullptr)}});
  }
  return list;
}

Result<std::optional<query::Party>> find_party(const RecordAt& at, const std::string& what) {
  if (filing::is_party_id(what)) return query::party_of(at.snapshot(), what, at.size);
  const auto kid = parse_key_id(what);
  if (!kid) return std::nullopt;
  return query::party_with_key(at.snapshot(), *kid, at.size);
}

}  // namespace

Result<bool> show_party(RecordAt& at, const std::string& what, const Context& context) {
  COMITY_TRY(const auto party, find_party(at, what));
  if (!party) return false;
  COMITY_TRY(const auto name, at.names.of(party->id));
  COMITY_TRY(const auto controller, at.name_of(party->controller));
  COMITY_TRY(const auto keys, query::keys_of(at.snapshot(), party->object, at.size));
  COMITY_TRY(const auto filings, query::filings_of(at.snapshot(), party->object, at.size));
  COMITY_TRY(const auto history, read_history(at, *party));
  Facts facts;
  facts.add("group", party->group)
      .add("country", party->country)
      .add("controller", party->controller == party->id ? "" : printable(controller))
      .add("standing", party->suspended ? "SUSPENDED" : "admitted")
      .add("since", to_rfc3339(party->admitted_time))
      .add("filings", grouped(filings));
  context.print({{"party", party->id},
                 {"name", name},
                 {"group", party->group},
                 {"country", party->country},
                 {"controller", party->controller},
                 {"suspended", party->suspended},
                 {"admitted_at", party->admitted},
                 {"admitted_time", to_rfc3339(party->admitted_time)},
                 {"filings", filings},
                 {"size", at.size},
                 {"keys", json_of_keys(keys, history)},
                 {"history", history.events}},
                printable(name) + "\n  " + party->id + "\n\n" + facts.text() +
                    text_of_keys(keys, history) + "\nHistory\n" + history.text);
  return true;
}

}  // namespace comity::cli
