#include <filesystem>

#include "log/founding.h"
#include "rules/write_notes.h"

#include "disk_file.h"
#include "keys.h"
#include "submit.h"
#include "text.h"
#include "verbs/key.h"
#include "verbs/verbs.h"

namespace comity::cli {
namespace {

struct KeyFilingOptions {
  std::string directory;
  std::string to;
  std::string party;
  std::string key;
  std::string fresh;
  std::string kid;
  bool custody = false;
};

struct NoteWriter {
  const std::string& origin;
  const std::string& party;

  [[nodiscard]] rules::Authorship by() const {
    return {log::random_uuid(), party, SystemClock().now()};
  }

  [[nodiscard]] filing::DraftItem add(const crypto::SecretKey& key, bool custody) const {
    const codec::KeyId kid = codec::key_id(key.public_key());
    const auto proof = key.sign(as_bytes(rules::key_proof_text(origin, party, kid)));
    return public_item(rules::write_key_note({.party = party,
                                              .action = rules::KeyAction::add,
                                              .kid = kid,
                                              .key = key.public_key(),
                                              .custody = custody,
                                              .proof = to_bytes(ByteView(proof))},
                                             by()));
  }

  [[nodiscard]] filing::DraftItem revoke(const codec::KeyId& kid) const {
    return public_item(rules::write_key_note({.party = party,
                                              .action = rules::KeyAction::revoke,
                                              .kid = kid,
                                              .key = std::nullopt,
                                              .custody = false,
                                              .proof = {}},
                                             by()));
  }
};

void tell(const Context& context, const std::string& party, const log::Registered& done,
          const std::optional<codec::KeyId>& added, const std::optional<codec::KeyId>& revoked,
          const std::string& more = {}) {
  Json json{{"party", party}, {"entry", done.index}, {"size", crypto::count(done.head.size)}};
  std::string text;
  if (added) {
    json["added"] = text_of(*added);
    text += "The key " + text_of(*added) + " is registered from the next entry on.\n";
  }
  if (revoked) {
    json["revoked"] = text_of(*revoked);
    text += "The key " + text_of(*revoked) + " is revoked, for ever.\n";
  }
  Facts facts;
  facts.add("party", party).add("entry", std::to_string(done.index));
  context.print(json, text + facts.text() + more);
}

Result<FilerAt> open_filer(const KeyFilingOptions& options, Context& context) {
  return open_for_filing({options.directory, options.party, options.key, &options.to}, context);
}

/// A server signs with the registrar's key, and can't go on without it.
Result<void> check_revocable(const FilerAt& at) {
  if (!at.server || at.party != at.trust.registrar) return {};
  return refuse("registrar-key-served",
                "The server signs with the registrar's key; stop it, do this in its directory, and "
                "start it again.");
}

Result<Outcome> key_add(const KeyFilingOptions& options, Context& context) {
  COMITY_TRY(auto at, open_filer(options, context));
  COMITY_TRY(const auto fresh, load_key(options.fresh, context.passphrases));
  const NoteWriter notes{at.trust.origin, at.party};
  COMITY_TRY(const auto done, submit_items(at, {notes.add(fresh, options.custody)}));
  tell(context, at.party, done, codec::key_id(fresh.public_key()), std::nullopt);
  return Outcome::ok;
}

/// The registry signs its controls with the registrar's key: the new one takes the old one's place.
Result<std::string> replace_registrar_key(const OpenRegistry& registry,
                                          const KeyFilingOptions& options) {
  const std::string path = registrar_key_path(registry.directory);
  COMITY_TRY(Bytes bytes, read_file(options.fresh, kSmallFileBytes));
  const auto put = put_file(path, bytes, Readers::owner);
  crypto::wipe(bytes);
  COMITY_CHECK(put);
  return path + " is the new key from now on.\n";
}

Result<Outcome> key_rotate(const KeyFilingOptions& options, Context& context) {
  COMITY_TRY(auto at, open_filer(options, context));
  COMITY_CHECK(check_revocable(at));
  COMITY_TRY(const auto fresh, load_key(options.fresh, context.passphrases));
  const crypto::PublicKey signing = at.filer().key->public_key();
  const codec::KeyId old = codec::key_id(signing);
  const bool registrars = at.registry && signing == at.registry->registrar_key().public_key();
  const NoteWriter notes{at.trust.origin, at.party};
  COMITY_TRY(const auto done, submit_items(at, {notes.add(fresh, false), notes.revoke(old)}));
  std::string more;
  if (registrars) {
    COMITY_TRY(more, replace_registrar_key(*at.registry, options));
  }
  tell(context, at.party, done, codec::key_id(fresh.public_key()), old, more);
  return Outcome::ok;
}

Result<Outcome> key_revoke(const KeyFilingOptions& options, Context& context) {
  COMITY_TRY(const auto kid, parse_key_id(options.kid));
  COMITY_TRY(auto at, open_filer(options, context));
  COMITY_CHECK(check_revocable(at));
  const NoteWriter notes{at.trust.origin, at.party};
  COMITY_TRY(const auto done, submit_items(at, {notes.revoke(kid)}));
  tell(context, at.party, done, std::nullopt, kid);
  return Outcome::ok;
}

Verb add_filing_verb(Verb key, const char* name, const char* description,
                     KeyFilingOptions& options) {
  const auto verb = key.add_subcommand(name, description);
  add_registry(verb, options.directory);
  add_named(verb, "--party", options.party, "ID", "The party; without it, whose key it is");
  add_named(verb, "--key", options.key, "FILE",
            "An active key of the party, to sign with; without it, the registrar's");
  add_to(verb, options.to);
  return verb;
}

}  // namespace

void add_key_filing(Verb key, Context& context) {
  auto added = std::make_shared<KeyFilingOptions>();
  const auto add = add_filing_verb(key, "add", "Register another key of a party", *added);
  add_named(add, "--new", added->fresh, "FILE", "The key file to register").required();
  add.add_flag("--custody", added->custody,
               "The party leaves the key to the registry: it files, but has no voice");
  add.footer(
      "Examples:\n  comity key add registry --key alice.key --new alice-laptop.key\n"
      "  comity key add trust-dir --key alice.key --party ID --new alice-laptop.key \\\n"
      "      --to https://registry.example");
  run_when_named(add, context, added, key_add);

  auto rotated = std::make_shared<KeyFilingOptions>();
  const auto rotate = add_filing_verb(
      key, "rotate", "Register a new key and revoke the old in one filing", *rotated);
  add_named(rotate, "--new", rotated->fresh, "FILE", "The key file to register").required();
  rotate.footer(
      "Examples:\n  comity key rotate registry --key alice.key --new alice-2.key\n"
      "  comity key rotate registry --new registrar-2.key");
  run_when_named(rotate, context, rotated, key_rotate);

  auto revoked = std::make_shared<KeyFilingOptions>();
  const auto revoke = add_filing_verb(key, "revoke", "Revoke a key of a party, for ever", *revoked);
  add_named(revoke, "--kid", revoked->kid, "KID",
            "The key to revoke, as `comity key show` prints it")
      .required();
  revoke.footer("Examples:\n  comity key revoke registry --key alice.key --kid KID");
  run_when_named(revoke, context, revoked, key_revoke);
}

}  // namespace comity::cli
