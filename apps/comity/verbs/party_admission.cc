#include "filing/statement.h"
#include "filing/stix_id.h"
#include "log/founding.h"
#include "rules/write_notes.h"

#include "application_file.h"
#include "disk_file.h"
#include "keys.h"
#include "submit.h"
#include "text.h"
#include "verbs/party.h"
#include "verbs/verbs.h"

namespace comity::cli {
namespace {

struct ApplyOptions {
  std::string name;
  std::string group;
  std::string country;
  std::string controller;
  std::string key;
  std::string origin;
  std::string id;
  std::string out = "application.json";
};

struct AdmitOptions {
  std::string directory;
  std::string to;
  std::string application;
  std::string sponsor;
  std::string key;
  std::string group;
  std::string country;
  std::string controller;
};

Result<Outcome> apply(const ApplyOptions& options, Context& context) {
  if (!filing::is_origin(options.origin))
    return refuse("origin-malformed",
                  "The origin is the registry's name, such as example.org/comity; copy it from its "
                  "trust.json.");
  COMITY_TRY(const auto key, load_key(options.key, context.passphrases));
  const std::string id = options.id.empty() ? "identity--" + log::random_uuid() : options.id;
  if (!filing::is_party_id(id))
    return refuse(
        "party-id-malformed",
        "A party's id is \"identity--\" and a lower-case UUID; leave out --id to draw one.");
  const UnixMicros now = SystemClock().now();
  const codec::KeyId kid = codec::key_id(key.public_key());
  const auto proof = key.sign(as_bytes(rules::key_proof_text(options.origin, id, kid)));
  const Bytes profile = rules::write_party({.id = id,
                                            .name = options.name,
                                            .group = rules::group_of(options.group).value(),
                                            .country = options.country,
                                            .controller = options.controller,
                                            .time = now});
  const Bytes note = rules::write_key_note({.party = id,
                                            .action = rules::KeyAction::add,
                                            .kid = kid,
                                            .key = key.public_key(),
                                            .custody = false,
                                            .proof = to_bytes(ByteView(proof))},
                                           {log::random_uuid(), id, now});
  const std::string bundle = print({.identity = profile, .key_note = note}, log::random_uuid());
  COMITY_CHECK(make_file(options.out, as_bytes(bundle), Readers::everybody));
  Facts facts;
  facts.add("party", id).add("kid", text_of(kid)).add("origin", options.origin);
  context.print({{"application", options.out},
                 {"party", id},
                 {"kid", text_of(kid)},
                 {"origin", options.origin}},
                "The application is in " + options.out + ".\n" + facts.text() +
                    "\nNext: send it to the registrar, or to sponsors, who run\n"
                    "  comity party admit REGISTRY " +
                    options.out + "\n");
  return Outcome::ok;
}

/// What the applicant says of itself is what is vouched for, but for what the command line says.
void correct(rules::AdmissionNote& note, const AdmitOptions& options) {
  if (!options.group.empty()) note.group = rules::group_of(options.group).value_or(note.group);
  if (!options.country.empty()) note.country = options.country;
  if (!options.controller.empty()) note.controller = options.controller;
  if (note.controller.empty()) note.controller = note.party;
}

/// Files the admission behind what the applicant has written; alone where that stands in the log.
Result<log::Registered> file_admission(FilerAt& at, const Application& application) {
  const std::string& party = application.admission.party;
  const auto admission = public_item(rules::write_admission(
      application.admission, {log::random_uuid(), at.party, SystemClock().now()}));
  const auto whole = submit_items(
      at, {public_item(application.identity), public_item(application.key_note), admission}, party);
  if (whole || (whole.error().code() != "key-taken" && whole.error().code() != "version-taken"))
    return whole;
  return submit_items(at, {admission}, party);
}

/// What came of it, where a party can be looked up; a server doesn't say.
struct Admission {
  Json admitted = nullptr;
  Json sponsorships = nullptr;
  std::string text =
      "The admission is on record: the party is admitted unless the charter asks for more "
      "sponsors.\n";
};

Result<Admission> admission_of(const FilerAt& at, const std::string& id) {
  if (!at.registry) return Admission{};
  const rules::State& state = at.registry->state();
  COMITY_TRY(const auto party, state.party(id));
  COMITY_TRY(const auto standing, state.standing());
  COMITY_TRY(const auto sponsorships, state.sponsorships(id));
  return Admission{
      .admitted = party.has_value(),
      .sponsorships = sponsorships.size(),
      .text = party ? "The party is admitted.\n"
                    : "The sponsorship is on record; the party is admitted once " +
                          std::to_string(standing.charter->sponsors) + " sponsors from " +
                          std::to_string(standing.charter->groups) + " groups say the same (" +
                          std::to_string(sponsorships.size()) + " so far).\n"};
}

Result<Outcome> admit_party(const AdmitOptions& options, Context& context) {
  COMITY_TRY(auto application, read_application(options.application));
  correct(application.admission, options);
  COMITY_TRY(auto at, open_for_filing(
                          {options.directory, options.sponsor, options.key, &options.to}, context));
  const rules::AdmissionNote& note = application.admission;
  COMITY_TRY(const auto done, file_admission(at, application));
  COMITY_TRY(const auto admission, admission_of(at, note.party));
  Facts facts;
  facts.add("party", note.party)
      .add("name", printable(name_in(application.identity)))
      .add("group", rules::word_of(note.group))
      .add("country", note.country)
      .add("controller", note.controller == note.party ? "" : note.controller)
      .add("kid", text_of(note.kid))
      .add("entry", std::to_string(done.index));
  context.print({{"party", note.party},
                 {"kid", text_of(note.kid)},
                 {"entry", done.index},
                 {"admitted", admission.admitted},
                 {"sponsorships", admission.sponsorships}},
                admission.text + facts.text());
  return Outcome::ok;
}

}  // namespace

void add_party_admission(Verb party, Context& context) {
  auto applied = std::make_shared<ApplyOptions>();
  const auto application =
      party.add_subcommand("apply", "Write an application: who we are, and our key");
  add_named(application, "--name", applied->name, "NAME", "The organisation").required();
  add_group(application, applied->group).required();
  add_named(application, "--country", applied->country, "CC", "Its country, ISO 3166-1 alpha-2");
  add_named(application, "--controller", applied->controller, "ID",
            "The identity of whoever controls it; without, it stands for itself");
  add_named(application, "--key", applied->key, "FILE", "Its key, whose possession is proved")
      .required();
  add_named(application, "--origin", applied->origin, "ORIGIN",
            "The registry, as in its trust.json")
      .required();
  add_named(application, "--id", applied->id, "ID", "An identity id that it has already");
  add_named(application, "--out", applied->out, "FILE", "The file to write").capture_default_str();
  application.footer(
      "Examples:\n  comity party apply --name 'Alice e.V.' --group civil-society --country DE \\\n"
      "      --key alice.key --origin example.org/comity --out alice.json");
  run_when_named(application, context, applied, apply);

  auto admitted = std::make_shared<AdmitOptions>();
  const auto admission = party.add_subcommand(
      "admit", "Admit an applicant as the registrar, or sponsor it with --as and --key");
  add_registry(admission, admitted->directory);
  add_positional(admission, "APPLICATION", admitted->application, "The application's file");
  add_named(admission, "--as", admitted->sponsor, "ID", "A sponsor, in place of the registrar");
  add_named(admission, "--key", admitted->key, "FILE", "The sponsor's key");
  add_to(admission, admitted->to);
  add_group(admission, admitted->group);
  add_named(admission, "--country", admitted->country, "CC", "Instead of what the applicant says");
  add_named(admission, "--controller", admitted->controller, "ID",
            "Instead of what the applicant says");
  admission.footer(
      "Examples:\n  comity party admit registry application.json\n"
      "  comity party admit registry application.json --key bob.key\n"
      "  comity party admit registry application.json --to http://127.0.0.1:8080");
  run_when_named(admission, context, admitted, admit_party);
}

}  // namespace comity::cli
