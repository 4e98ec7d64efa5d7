#include <filesystem>

#include "crypto/secret_key.h"
#include "log/founding.h"

#include "disk_file.h"
#include "keys.h"
#include "registry_directory.h"
#include "text.h"
#include "verbs/verbs.h"

namespace comity::cli {
namespace {

namespace fs = std::filesystem;

struct InitOptions {
  std::string directory;
  std::string origin;
  std::string name;
  std::string group = "research";
  std::string country;
  std::string admission = "registrar";
  int sponsors = 2;
  int groups = 2;
  int tenure_days = 30;
  bool plain = false;
};

constexpr const char* kInitFooter =
    "Makes three keys in DIR/private, founds the registry, and writes DIR/trust.json: what others\n"
    "need to check its proofs. Hand that file to them on a way that they trust.\n"
    "\n"
    "Examples:\n"
    "  comity init registry --origin example.org/comity --name 'Example Registry'\n"
    "  comity init registry --origin example.org/comity --name 'Example Registry' \\\n"
    "      --admission sponsors --sponsors 3 --groups 2 --passphrase-file passphrase";

log::FoundingPlan plan_of(const InitOptions& options) {
  const bool by_sponsors = options.admission == "sponsors";
  return {.origin = options.origin,
          .registrar_name = options.name,
          .group = rules::group_of(options.group).value_or(rules::Group::research),
          .country = options.country,
          .by_sponsors = by_sponsors,
          .sponsors = by_sponsors ? options.sponsors : 0,
          .groups = by_sponsors ? options.groups : 0,
          .tenure_days = options.tenure_days};
}

/// Takes back what was made, unless `keep` was called.
class Undo {
 public:
  explicit Undo(std::string directory)
      : directory_(std::move(directory)), existed_(is_there(directory_)) {}
  ~Undo() {
    if (kept_) return;
    std::error_code ignored;
    if (!existed_) {
      fs::remove_all(directory_, ignored);
      return;
    }
    for (const auto& it : fs::directory_iterator(directory_, ignored))
      fs::remove_all(it.path(), ignored);
  }
  Undo(const Undo&) = delete;
  Undo& operator=(const Undo&) = delete;
  void keep() { kept_ = true; }

 private:
  std::string directory_;
  bool existed_;
  bool kept_ = false;
};

Result<void> check_empty(const std::string& directory) {
  std::error_code error;
  const auto status = fs::status(directory, error);
  if (status.type() == fs::file_type::not_found) return {};
  if (status.type() == fs::file_type::directory && fs::is_empty(directory, error) && !error)
    return {};
  if (error) return fail("Looking at " + directory, error.value());
  return refuse("directory-not-empty",
                directory + " is there and not an empty directory; name another.");
}

struct NewKeys {
  log::RegistryKeys keys;
  std::string note;
  std::string receipt;
  std::string registrar;

  ~NewKeys() {
    for (auto* text : {&note, &receipt, &registrar}) crypto::wipe(*text);
  }
};

/// Draws the keys and prints them, one passphrase for all three.
Result<void> make_keys(NewKeys& made, bool plain, Passphrases& passphrases) {
  std::string passphrase;
  if (!plain) {
    COMITY_TRY(passphrase, passphrases.choose("the registry's keys"));
  }
  const auto write = [&](const crypto::SecretKey& key) -> Result<std::string> {
    if (plain) return crypto::print(crypto::plain_key_file(key));
    COMITY_TRY(const auto file, crypto::seal_key_file(key, passphrase));
    return crypto::print(file);
  };
  auto note = write(made.keys.note);
  auto receipt = write(made.keys.receipt);
  auto registrar = write(made.keys.registrar);
  crypto::wipe(passphrase);
  COMITY_TRY(made.note, std::move(note));
  COMITY_TRY(made.receipt, std::move(receipt));
  COMITY_TRY(made.registrar, std::move(registrar));
  return {};
}

Result<void> write_keys(const std::string& directory, const NewKeys& made) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (error) return fail("Making the directory " + directory, error.value());
  COMITY_CHECK(make_private_directory(directory + "/private"));
  COMITY_CHECK(make_file(note_key_path(directory), as_bytes(made.note), Readers::owner));
  COMITY_CHECK(make_file(receipt_key_path(directory), as_bytes(made.receipt), Readers::owner));
  return make_file(registrar_key_path(directory), as_bytes(made.registrar), Readers::owner);
}

Result<Trust> found(const std::string& directory, log::RegistryKeys keys,
                    const log::FoundingPlan& plan) {
  const crypto::PublicKey receipt_key = keys.receipt.public_key();
  COMITY_TRY(auto vkey, crypto::make_vkey(plan.origin, keys.note.public_key()));
  const SystemClock clock;
  COMITY_TRY(const auto files, open_directory(directory));
  COMITY_TRY(const auto registry,
             log::Registry::found({*files, directory}, std::move(keys), plan, clock));
  COMITY_TRY(const auto standing, registry->state().standing());
  COMITY_ASSERT(standing.charter.has_value());
  Trust trust{.origin = plan.origin,
              .log = std::move(vkey),
              .receipt_key = receipt_key,
              .registrar = standing.charter->registrar};
  COMITY_CHECK(make_file(trust_path(directory), as_bytes(print(trust)), Readers::everybody));
  return trust;
}

void tell(const InitOptions& options, const Trust& trust, const Context& context) {
  const std::string& dir = options.directory;
  const Json json{{"directory", dir},
                  {"origin", trust.origin},
                  {"registrar", trust.registrar},
                  {"vkey", crypto::print(trust.log)},
                  {"receipt_key", text_of(trust.receipt_key)},
                  {"trust", trust_path(dir)},
                  {"admission", options.admission},
                  {"keys", {note_key_path(dir), receipt_key_path(dir), registrar_key_path(dir)}}};
  Facts facts;
  facts.add("origin", trust.origin)
      .add("registrar", options.name + ", " + trust.registrar)
      .add("admission",
           options.admission == "sponsors"
               ? counted(static_cast<unsigned>(options.sponsors), "sponsor", "sponsors") +
                     " from " + counted(static_cast<unsigned>(options.groups), "group", "groups")
               : "by the registrar")
      .add("keys", dir + "/private" +
                       (options.plain ? ", in the clear: guard them"
                                      : ", under your passphrase: keep a copy of both"))
      .add("trust", trust_path(dir) + ": hand it to all who are to check proofs");
  context.print(
      json, "The registry " + printable(options.name) + " is founded in " + dir + ".\n" +
                facts.text() + "\nNext:\n  comity import landmarks " + dir +
                "\n  comity key new alice.key\n  comity party apply --help\n  comity show " + dir +
                "\n");
}

Result<Outcome> init(const InitOptions& options, Context& context) {
  COMITY_CHECK(check_empty(options.directory));
  using crypto::Algorithm;
  NewKeys made{.keys = {crypto::SecretKey::generate(Algorithm::ed25519),
                        crypto::SecretKey::generate(Algorithm::ed25519),
                        crypto::SecretKey::generate(Algorithm::ed25519)},
               .note = {},
               .receipt = {},
               .registrar = {}};
  const auto plan = plan_of(options);
  if (!filing::is_origin(options.origin))
    return refuse("origin-malformed",
                  "The origin must be 1 to 256 printable ASCII characters without space and '+', "
                  "such as example.org/comity; choose another.");
  // All that can be refused is refused before anything is written.
  COMITY_CHECK(log::make_founding(plan, made.keys, SystemClock().now()));
  COMITY_CHECK(make_keys(made, options.plain, context.passphrases));
  Undo undo(options.directory);
  COMITY_CHECK(write_keys(options.directory, made));
  COMITY_TRY(const auto trust, found(options.directory, std::move(made.keys), plan));
  undo.keep();
  tell(options, trust, context);
  return Outcome::ok;
}

}  // namespace

void add_init(Verb app, Context& context) {
  auto options = std::make_shared<InitOptions>();
  const auto verb = app.add_subcommand("init", "Found a new registry in a directory");
  verb.group("A registry");
  verb.footer(kInitFooter);
  add_positional(verb, "DIR", options->directory, "A directory that is not there yet, or empty");
  add_named(verb, "--origin", options->origin, "ORIGIN",
            "The registry's name for ever, a URL without scheme, such as example.org/comity")
      .required();
  add_named(verb, "--name", options->name, "NAME", "The organisation that runs it: the registrar")
      .required();
  add_group(verb, options->group).capture_default_str();
  add_named(verb, "--country", options->country, "CC", "Its country, ISO 3166-1 alpha-2");
  add_named(verb, "--admission", options->admission, "WHO", "Who admits parties")
      .is_member({"registrar", "sponsors"})
      .capture_default_str();
  verb.add_option("--sponsors", options->sponsors, "Sponsors that a party needs")
      .check(whole_number())
      .type_name("N")
      .capture_default_str();
  verb.add_option("--groups", options->groups, "Groups that the sponsors must come from")
      .check(whole_number())
      .type_name("N")
      .capture_default_str();
  verb.add_option("--tenure-days", options->tenure_days, "Days until a party counts in measures")
      .check(whole_number())
      .type_name("DAYS")
      .capture_default_str();
  verb.add_flag("--plain-keys", options->plain,
                "Keep the keys without passphrase, for machines that start alone");
  run_when_named(verb, context, options, init);
}

}  // namespace comity::cli
