#include "verbs/party.h"

#include "codec/json.h"
#include "log/founding.h"
#include "rules/write_notes.h"

#include "query/party_story.h"
#include "record_at.h"
#include "submit.h"
#include "text.h"
#include "verbs/verbs.h"

namespace comity::cli {
namespace {

struct StandingOptions {
  std::string directory;
  std::string to;
  std::string party;
  std::string sponsor;
  std::string key;
  rules::Decision decision = rules::Decision::suspend;
};

struct PartyListOptions {
  std::string directory;
  query::AsOf as_of;
};

constexpr const char* kPartyFooter =
    "A party applies with a key that it has made; the registrar or, by the charter, sponsors "
    "admit\n"
    "it.\n"
    "\n"
    "Examples:\n"
    "  comity key new alice.key\n"
    "  comity party apply --name 'Alice e.V.' --group civil-society --country DE \\\n"
    "      --key alice.key --origin example.org/comity --out application.json\n"
    "  comity party admit registry application.json\n"
    "  comity party admit registry application.json --to http://127.0.0.1:8080\n"
    "  comity party list registry";

/// Whether the decision has taken effect, where a party can be looked up; a server doesn't say.
struct Effect {
  Json effective = nullptr;
  Json suspended = nullptr;
  std::string text =
      ": the decision is on record, and holds unless the charter asks for more "
      "sponsors";
};

Result<Effect> effect_of(const FilerAt& at, const StandingOptions& options) {
  if (!at.registry) return Effect{};
  COMITY_TRY(const auto party, at.registry->state().party(options.party));
  const bool suspended = party && party->suspended;
  const bool effective = suspended == (options.decision == rules::Decision::suspend);
  return Effect{.effective = effective,
                .suspended = suspended,
                .text = effective ? suspended ? " is suspended" : " is reinstated"
                                  : ": the decision is on record and waits for more sponsors"};
}

Result<Outcome> set_standing(const StandingOptions& options, Context& context) {
  if (!filing::is_party_id(options.party))
    return refuse("party-id-malformed",
                  options.party +
                      " is no party's id (\"identity--\" and a lower-case UUID); `comity party "
                      "list` shows them.");
  COMITY_TRY(auto at, open_for_filing(
                          {options.directory, options.sponsor, options.key, &options.to}, context));
  rules::AdmissionNote note;
  note.party = options.party;
  note.decision = options.decision;
  const auto object =
      rules::write_admission(note, {log::random_uuid(), at.party, SystemClock().now()});
  COMITY_TRY(const auto done, submit_items(at, {public_item(object)}, options.party));
  COMITY_TRY(const auto effect, effect_of(at, options));
  context.print({{"party", options.party},
                 {"entry", done.index},
                 {"effective", effect.effective},
                 {"suspended", effect.suspended}},
                options.party + effect.text + " (entry " + std::to_string(done.index) + ").\n");
  return Outcome::ok;
}

Result<Outcome> party_list(const PartyListOptions& options, Context& context) {
  COMITY_TRY(auto at, RecordAt::open(options.directory, options.as_of, context));
  COMITY_TRY(const auto parties, query::list_parties(at));
  std::string text = counted(parties.size(), "party", "parties") + "\n\n";
  for (const auto& [party, name, active_keys] : parties) {
    std::string who = name.empty() ? party.id : printable(name);
    if (party.id == at.registry.trust.registrar) who += " (registrar)";
    if (party.suspended) who += ", suspended";
    Facts facts;
    facts.add("id", party.id)
        .add("group", party.group)
        .add("country", party.country)
        .add("controller", party.controller == party.id ? "" : party.controller)
        .add("admitted",
             to_rfc3339(party.admitted_time) + ", entry " + std::to_string(party.admitted))
        .add("active keys", std::to_string(active_keys));
    text += who + "\n" + facts.text();
  }
  context.print(query::parties_json(parties, at.registry.trust.origin, at.size), text);
  return Outcome::ok;
}

void add_standing(Verb party, Context& context, const char* name, const char* description,
                  rules::Decision decision) {
  auto options = std::make_shared<StandingOptions>();
  options->decision = decision;
  const auto verb = party.add_subcommand(name, description);
  add_registry(verb, options->directory);
  add_positional(verb, "PARTY", options->party, "The party's identity id");
  add_named(verb, "--as", options->sponsor, "ID", "A sponsor, in place of the registrar");
  add_named(verb, "--key", options->key, "FILE", "The sponsor's key");
  add_to(verb, options->to);
  verb.footer(std::string("Examples:\n  comity party ") + name +
              " registry identity--0c5e3b8a-6d3f-4b52-9c1e-5d1f6a2b7c90");
  run_when_named(verb, context, options, set_standing);
}

}  // namespace

std::string name_in(ByteView object) {
  codec::JsonReader reader;
  const auto json = reader.read(object);
  if (!json) return {};
  const auto name = json->text("name");
  return name && *name ? std::string(**name) : std::string{};
}

void add_party(Verb app, Context& context) {
  const auto party = app.add_subcommand("party", "Apply, admit, suspend and list parties");
  party.group("Parties");
  party.require_subcommand(1);
  party.footer(kPartyFooter);
  add_party_admission(party, context);
  add_standing(party, context, "suspend", "Suspend a party: its filings are refused",
               rules::Decision::suspend);
  add_standing(party, context, "reinstate", "End a suspension", rules::Decision::reinstate);
  auto options = std::make_shared<PartyListOptions>();
  const auto list = party.add_subcommand("list", "List the parties and their standing");
  add_registry(list, options->directory);
  add_as_of(list, options->as_of);
  list.footer(
      "Examples:\n  comity party list registry\n  comity party list registry --as-of 2026-03-31");
  run_when_named(list, context, options, party_list);
}

}  // namespace comity::cli
