#include "verbs/key.h"

#include "disk_file.h"
#include "keys.h"
#include "text.h"
#include "verbs/verbs.h"

namespace comity::cli {
namespace {

struct KeyFileOptions {
  std::string file;
  std::string algorithm = "ed25519";
  std::string new_passphrase_file;
  bool plain = false;
};

constexpr const char* kKeyFooter =
    "Examples:\n"
    "  comity key new alice.key\n"
    "  comity key show alice.key\n"
    "  comity key rotate registry --key alice.key --new alice-2.key";

std::string facts_of(const crypto::PublicKey& key) {
  Facts facts;
  facts.add("algorithm", crypto::name_of(key.algorithm()))
      .add("kid", text_of(codec::key_id(key)))
      .add("key", text_of(key));
  return facts.text();
}

Json json_of(const std::string& file, const crypto::PublicKey& key, bool sealed) {
  return {{"file", file},
          {"algorithm", crypto::name_of(key.algorithm())},
          {"kid", text_of(codec::key_id(key))},
          {"key", text_of(key)},
          {"sealed", sealed}};
}

Sealing sealing_of(const KeyFileOptions& options) {
  return options.plain ? Sealing::plain : Sealing::passphrase;
}

Result<Outcome> key_new(const KeyFileOptions& options, Context& context) {
  COMITY_TRY(const auto algorithm, crypto::algorithm_named(options.algorithm));
  const auto key = crypto::SecretKey::generate(algorithm);
  COMITY_CHECK(save_key(options.file, key, sealing_of(options), context.passphrases));
  context.print(json_of(options.file, key.public_key(), !options.plain),
                "A new key is in " + options.file + (options.plain ? ", in the clear" : "") +
                    ".\n" + facts_of(key.public_key()));
  return Outcome::ok;
}

Result<Outcome> key_show(const KeyFileOptions& options, Context& context) {
  COMITY_TRY(const auto file, read_key_file(options.file));
  context.print(json_of(options.file, file.public_key, file.is_sealed()),
                options.file +
                    (file.is_sealed() ? " is sealed under a passphrase.\n"
                                      : " holds its secret in the clear.\n") +
                    facts_of(file.public_key));
  return Outcome::ok;
}

Result<Outcome> key_passphrase(const KeyFileOptions& options, Context& context) {
  COMITY_TRY(const auto key, load_key(options.file, context.passphrases));
  // The new one is asked for afresh: the file that opened the key would give the old one again.
  context.passphrases.file = options.new_passphrase_file;
  COMITY_TRY(std::string text,
             print_key(key, sealing_of(options), options.file, context.passphrases));
  const auto put = put_file(options.file, as_bytes(text), Readers::owner);
  crypto::wipe(text);
  COMITY_CHECK(put);
  context.print(json_of(options.file, key.public_key(), !options.plain),
                options.file + (options.plain ? " now holds its secret in the clear.\n"
                                              : " now has the new passphrase.\n"));
  return Outcome::ok;
}

Verb add_file_verb(Verb key, const char* name, const char* description, KeyFileOptions& options) {
  const auto verb = key.add_subcommand(name, description);
  add_positional(verb, "FILE", options.file, "The key file");
  return verb;
}

}  // namespace

void add_key(Verb app, Context& context) {
  const auto key =
      app.add_subcommand("key", "Make, show, register, rotate and revoke signing keys");
  key.group("Parties");
  key.require_subcommand(1);
  key.footer(kKeyFooter);

  auto fresh = std::make_shared<KeyFileOptions>();
  const auto make = add_file_verb(key, "new", "Make a key in a new file", *fresh);
  make.add_option("--algorithm", fresh->algorithm, "What it signs with")
      .type_name("ALGORITHM")
      .is_member({"ed25519", "es256"})
      .capture_default_str();
  make.add_flag("--plain", fresh->plain, "Without passphrase");
  make.footer("Examples:\n  comity key new alice.key\n  comity key new --plain service.key");
  run_when_named(make, context, fresh, key_new);

  auto shown = std::make_shared<KeyFileOptions>();
  const auto show = add_file_verb(key, "show", "Show a key file's public key and kid", *shown);
  show.footer("Examples:\n  comity key show alice.key\n  comity key show alice.key --json");
  run_when_named(show, context, shown, key_show);

  auto changed = std::make_shared<KeyFileOptions>();
  const auto change = add_file_verb(key, "passphrase", "Change a key file's passphrase", *changed);
  add_named(change, "--new-passphrase-file", changed->new_passphrase_file, "FILE",
            "Read the new passphrase from the first line of this file instead of asking");
  change.add_flag("--plain", changed->plain, "Take the passphrase away");
  change.footer(
      "Examples:\n  comity key passphrase alice.key\n  comity key passphrase alice.key --plain");
  run_when_named(change, context, changed, key_passphrase);

  add_key_filing(key, context);
}

}  // namespace comity::cli
