#include "filing/object.h"
#include "rules/charter.h"

#include "keys.h"
#include "log_walk.h"
#include "text.h"
#include "verbs/party.h"
#include "verbs/show.h"

namespace comity::cli {
namespace {

struct History {
  std::string name;
  Json events = Json::array();
  std::string text;
  std::uint64_t filings = 0;

  void add(const WalkedEntry& entry, const std::string& what) {
    events.push_back({{"entry", entry.index}, {"time", to_rfc3339(entry.time)}, {"what", what}});
    text += wrapped("entry " + std::to_string(entry.index) + ": " + what, 24,
                    "  " + to_rfc3339(entry.time) + "  ");
  }
};

std::string what_is_said(const rules::AdmissionNote& note, std::string_view issuer) {
  const std::string by = " by " + std::string(issuer);
  if (note.decision == rules::Decision::suspend) return "suspended" + by;
  if (note.decision == rules::Decision::reinstate) return "reinstated" + by;
  return "admission" + by + " as " + std::string(rules::word_of(note.group)) +
         (note.country.empty() ? "" : ", " + note.country);
}

std::string what_is_said(const rules::KeyNote& note) {
  if (note.action == rules::KeyAction::revoke) return "key " + text_of(note.kid) + " revoked";
  return "key " + text_of(note.kid) + (note.custody ? " added, in custody" : " added");
}

void note_item(const WalkedEntry& entry, const WalkedItem& item, const std::string& id,
               codec::JsonReader& reader, History& history) {
  if (as_text(item.content).find(id) == std::string_view::npos) return;
  const auto head = filing::read_object(item.content, reader);
  if (!head) return;
  if (head->kind == filing::Kind::party && head->id == id) history.name = name_in(item.content);
  if (head->kind == filing::Kind::admission) {
    const auto note = rules::parse_admission(item.content, reader);
    if (note && note->party == id) history.add(entry, what_is_said(*note, entry.statement.issuer));
  }
  if (head->kind == filing::Kind::key) {
    const auto note = rules::parse_key_note(item.content, reader);
    if (note && note->party == id) history.add(entry, what_is_said(*note));
  }
}

Result<History> read_history(const ReadRegistry& registry, const std::string& id) {
  History history;
  codec::JsonReader reader;
  COMITY_CHECK(walk(registry, {}, [&](const WalkedEntry& entry) -> Result<Walk> {
    if (!entry.control && entry.statement.issuer == id) ++history.filings;
    for (const auto& item : entry.items) note_item(entry, item, id, reader, history);
    return Walk::on;
  }));
  return history;
}

std::string text_of_keys(const std::vector<rules::Key>& keys) {
  std::string text = "\nKeys\n";
  for (const auto& key : keys) {
    std::string line = text_of(key.kid) + "  " + std::string(crypto::name_of(key.key.algorithm())) +
                       ", added by entry " + std::to_string(key.added_at);
    if (key.custody) line += ", in custody";
    if (key.revoked_at) line += ", REVOKED by entry " + std::to_string(*key.revoked_at);
    text += "  " + line + "\n";
  }
  return text;
}

Json json_of_keys(const std::vector<rules::Key>& keys) {
  Json list = Json::array();
  for (const auto& key : keys)
    list.push_back({{"kid", text_of(key.kid)},
                    {"key", text_of(key.key)},
                    {"algorithm", crypto::name_of(key.key.algorithm())},
                    {"custody", key.custody},
                    {"added_at", key.added_at},
                    {"revoked_at", key.revoked_at ? Json(*key.revoked_at) : Json(nullptr)}});
  return list;
}

Result<std::optional<rules::Party>> find_party(const rules::State& state, const std::string& what) {
  COMITY_TRY(auto party, state.party(what));
  if (party) return party;
  const auto kid = parse_key_id(what);
  if (!kid) return std::nullopt;
  COMITY_TRY(const auto key, state.key(*kid));
  if (!key) return std::nullopt;
  return state.party(key->party);
}

}  // namespace

Result<bool> show_party(const ReadRegistry& registry, const std::string& what,
                        const Context& context) {
  if (!filing::is_party_id(what) && !parse_key_id(what)) return false;
  COMITY_TRY(const auto read, read_state(registry, context));
  COMITY_TRY(const auto party, find_party(*read.state, what));
  if (!party) return false;
  COMITY_TRY(const auto keys, read.state->keys_of(party->id));
  COMITY_TRY(const auto history, read_history(registry, party->id));
  Facts facts;
  facts.add("group", rules::word_of(party->group))
      .add("country", party->country)
      .add("controller", party->controller == party->id ? "" : party->controller)
      .add("standing", party->suspended ? "SUSPENDED" : "admitted")
      .add("since", to_rfc3339(party->admitted_time))
      .add("filings", grouped(history.filings));
  context.print({{"party", party->id},
                 {"name", history.name},
                 {"group", rules::word_of(party->group)},
                 {"country", party->country},
                 {"controller", party->controller},
                 {"suspended", party->suspended},
                 {"admitted_at", party->admitted_at},
                 {"admitted_time", to_rfc3339(party->admitted_time)},
                 {"filings", history.filings},
                 {"keys", json_of_keys(keys)},
                 {"history", history.events}},
                printable(history.name) + "\n  " + party->id + "\n\n" + facts.text() +
                    text_of_keys(keys) + "\nHistory\n" + history.text);
  return true;
}

}  // namespace comity::cli
