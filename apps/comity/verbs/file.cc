#include "verbs/file.h"

#include <filesystem>

#include "base/limits.h"
#include "filing/check.h"
#include "filing/envelope.h"
#include "rules/overlay.h"

#include "disk_file.h"
#include "object_input.h"
#include "progress.h"
#include "text.h"
#include "verbs/verbs.h"

namespace comity::cli {
namespace {

constexpr const char* kFooter =
    "A FILE holds a STIX 2.1 object, a bundle (its objects are filed, byte for byte as they "
    "stand)\n"
    "or JSON Lines of both; - is standard input. Many objects become several filings.\n"
    "\n"
    "Examples:\n"
    "  comity file registry incident.json --key alice.key\n"
    "  comity file registry bundle.json --key alice.key --receipts receipts\n"
    "  comity file registry internal.json --key alice.key --hidden \\\n"
    "      --reader identity--0c5e3b8a-6d3f-4b52-9c1e-5d1f6a2b7c90\n"
    "  comity file registry evidence.json --key alice.key --sealed --receipts receipts\n"
    "  comity file registry feed.jsonl --key alice.key --skip-filed\n"
    "  comity file registry incident.json --key alice.key --party ID --sign-only incident.filing\n"
    "  comity file registry incident.filing --signed";

filing::DraftItem::Audience audience_of(const FileOptions& options) {
  if (options.sealed) return filing::DraftItem::Audience::nobody;
  return options.hidden || !options.readers.empty() ? filing::DraftItem::Audience::readers
                                                    : filing::DraftItem::Audience::everyone;
}

/// Which of the objects are not in the log yet under this party; each version once.
Result<std::vector<InputObject>> not_filed(const std::vector<InputObject>& objects,
                                           const std::string& party, const rules::State& state) {
  std::vector<InputObject> left;
  std::set<std::pair<std::string, std::int64_t>> seen;
  for (const auto& object : objects) {
    COMITY_TRY(const auto filed, state.version(party, object.head.id, object.head.version));
    if (filed || !seen.emplace(object.head.id, count(object.head.version)).second) continue;
    left.push_back(object);
  }
  return left;
}

struct Prepared {
  std::vector<std::vector<filing::DraftItem>> groups;
  std::size_t objects = 0;
  std::size_t skipped = 0;
};

Result<Prepared> prepare(const FileOptions& options, const std::string& party,
                         const rules::State* state) {
  COMITY_TRY(const auto input, read_objects(options.files));
  std::vector<InputObject> objects = input.objects;
  if (options.skip_filed && state != nullptr) {
    COMITY_TRY(objects, not_filed(input.objects, party, *state));
  }
  Prepared prepared;
  prepared.skipped = input.objects.size() - objects.size();
  prepared.objects = objects.size();
  std::vector<filing::DraftItem> items;
  for (const auto& object : objects)
    items.push_back({to_bytes(object.bytes), audience_of(options), options.readers});
  prepared.groups = split(std::move(items));
  return prepared;
}

Result<Outcome> file_objects(const FileOptions& options, Context& context) {
  COMITY_TRY(const auto registry, open_registry(options.directory, context));
  COMITY_TRY(const auto own, find_filer(*registry, options.party, options.key, context));
  COMITY_TRY(const auto prepared, prepare(options, own.party, &registry->state()));
  Progress progress("filing objects", prepared.objects,
                    context.quiet ? Progress::Shown::never : Progress::Shown::if_terminal);
  FilingReport report(options);
  report.skipped = prepared.skipped;
  rules::Overlay trial(registry->state());
  for (const auto& group : prepared.groups) {
    COMITY_TRY(auto made, sign_items(registry->trust.origin, own.filer(*registry), group,
                                     options.about, registry->clock.now()));
    if (options.check_only) {
      COMITY_CHECK(report.try_out(*registry, trial, std::move(made.filing), group.size()));
    } else {
      COMITY_CHECK(report.file(*registry, std::move(made), group.size()));
    }
    progress.at(report.objects);
  }
  report.tell(context);
  return Outcome::ok;
}

/// Without opening the registry: its directory needs no more than its trust.json.
Result<Outcome> sign_only(const FileOptions& options, Context& context) {
  if (options.party.empty() || options.key.empty())
    return refuse(
        "party-missing",
        "Signing away from the registry needs both --party ID and --key FILE; give them.");
  COMITY_TRY(const auto trust, read_trust(trust_path(options.directory)));
  COMITY_TRY(const auto key, load_key(options.key, context.passphrases));
  COMITY_TRY(const auto prepared, prepare(options, options.party, nullptr));
  FilingReport report(options);
  for (const auto& group : prepared.groups) {
    COMITY_TRY(auto made, sign_items(trust.origin, {options.party, &key}, group, options.about,
                                     SystemClock().now()));
    COMITY_CHECK(report.keep(std::move(made), group.size()));
  }
  report.tell(context);
  return Outcome::ok;
}

Result<Outcome> file_signed(const FileOptions& options, Context& context) {
  COMITY_TRY(const auto registry, open_registry(options.directory, context));
  FilingReport report(options);
  rules::Overlay trial(registry->state());
  for (const auto& path : options.files) {
    COMITY_TRY(Bytes bytes, read_file(path, limits::kFilingBytes));
    COMITY_TRY(const auto envelope, filing::parse_envelope(bytes));
    const std::size_t objects = envelope.parts.size();
    if (options.check_only) {
      COMITY_CHECK(report.try_out(*registry, trial, std::move(bytes), objects));
    } else {
      COMITY_CHECK(report.file(*registry, {std::move(bytes), {}}, objects));
    }
  }
  report.tell(context);
  return Outcome::ok;
}

Result<Outcome> file(const FileOptions& options, Context& context) {
  if (options.is_signed) return file_signed(options, context);
  if (!options.sign_only.empty()) return sign_only(options, context);
  return file_objects(options, context);
}

}  // namespace

void add_file(CLI::App& app, Context& context) {
  auto options = std::make_shared<FileOptions>();
  auto& verb = *app.add_subcommand("file", "Sign objects and file them");
  verb.group("Filing");
  verb.footer(kFooter);
  add_registry(verb, options->directory);
  verb.add_option("FILE", options->files,
                  "STIX objects, bundles or JSON Lines; - is standard input")
      ->required()
      ->type_name("");
  add_named(verb, "--party", options->party, "ID", "The filing party; without it, whose key it is");
  add_named(verb, "--key", options->key, "FILE",
            "The party's key; without it, the registrar's own");
  auto* hidden = verb.add_flag("--hidden", options->hidden,
                               "For admitted parties only; the log shows digests");
  verb.add_option("--reader", options->readers, "Hidden for this party (again for more)")
      ->type_name("ID")
      ->allow_extra_args(false);
  auto* sealed =
      verb.add_flag("--sealed", options->sealed,
                    "Hand over digests alone; salts and contents are kept in a .sealed file");
  sealed->excludes(hidden);
  add_named(verb, "--about", options->about, "SUBJECT", "What the statement is about");
  add_named(verb, "--receipts", options->receipts, "DIR",
            "Write each filing's proofs to DIR/ENTRY.receipt, .tlog-proof and .statement");
  auto* check = verb.add_flag("--check-only", options->check_only,
                              "Say whether it would be admitted, and file nothing");
  verb.add_flag("--skip-filed", options->skip_filed,
                "Leave out versions that the party has filed already");
  auto* sign = add_named(verb, "--sign-only", options->sign_only, "FILE",
                         "Write the signed filing to FILE, for --signed, and file nothing");
  sign->excludes(check);
  verb.add_flag("--signed", options->is_signed, "Each FILE is a signed filing")->excludes(sign);
  run_when_named(verb, context, options, file);
}

}  // namespace comity::cli
