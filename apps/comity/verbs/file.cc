#include "verbs/file.h"

#include <functional>

#include <fmt/format.h>

#include "base/limits.h"
#include "filing/envelope.h"
#include "rules/overlay.h"

#include "disk_file.h"
#include "filed_before.h"
#include "object_input.h"
#include "progress.h"
#include "record_digest.h"
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
    "  comity file registry incident.filing --signed\n"
    "  comity file trust-dir incident.json --key alice.key --party ID --to "
    "https://registry.example";

filing::DraftItem::Audience audience_of(const FileOptions& options) {
  if (options.sealed) return filing::DraftItem::Audience::nobody;
  return options.hidden || !options.readers.empty() ? filing::DraftItem::Audience::readers
                                                    : filing::DraftItem::Audience::everyone;
}

struct Prepared {
  std::vector<std::vector<filing::DraftItem>> groups;
  std::size_t objects = 0;
  std::size_t skipped = 0;
};

/// The objects in groups of a filing each; with `state` and --skip-filed those that it lacks.
Result<Prepared> prepare(const FileOptions& options, const std::string& party,
                         const rules::State* state) {
  COMITY_TRY(const auto input, read_objects(options.files));
  std::optional<FiledBefore> before;
  if (options.skip_filed && state != nullptr) before.emplace(*state, party);
  Prepared prepared;
  std::vector<filing::DraftItem> items;
  for (const auto& object : input.objects) {
    if (before) {
      COMITY_TRY(const bool filed, before->has(object.head));
      if (filed) continue;
    }
    items.push_back({to_bytes(object.bytes), audience_of(options), options.readers});
  }
  prepared.objects = items.size();
  prepared.skipped = input.objects.size() - items.size();
  prepared.groups = split(std::move(items));
  return prepared;
}

/// Signs the groups one after another.
class GroupSigner {
 public:
  GroupSigner(const Prepared& prepared, const FileOptions& options)
      : prepared_(&prepared), options_(&options) {}

  /// The next, or nothing at the end.
  Result<std::optional<MadeFiling>> next(const std::string& origin, const Filer& filer) {
    const auto& groups = prepared_->groups;
    if (next_ == groups.size()) return std::nullopt;
    const auto& group = groups[next_++];
    COMITY_TRY(auto made, sign_items(origin, filer, group, options_->about, SystemClock().now()));
    std::string name =
        groups.size() == 1 ? "" : fmt::format("Filing {} of {}", next_, groups.size());
    return MadeFiling{std::move(made), group.size(), std::move(name)};
  }

 private:
  const Prepared* prepared_;
  const FileOptions* options_;
  std::size_t next_ = 0;
};

/// Files one after another, or tries them out, until there is none or one is refused.
Result<Outcome> file_each(OpenRegistry& registry, const FileOptions& options, FilingReport& report,
                          const std::function<Result<std::optional<MadeFiling>>()>& next,
                          const Context& context) {
  Progress progress("filing objects", report.expected, context.progress());
  rules::Overlay trial(registry.state());
  FilingPipeline pipeline(registry);
  const auto issue = [&](const log::Registered& done) { return registry.registry->receipt(done); };
  const auto hand_in_all = [&]() -> Result<void> {
    while (true) {
      COMITY_TRY(auto filing, next());
      if (!filing) return {};
      if (options.check_only)
        COMITY_CHECK(report.try_out(registry, trial, std::move(*filing)));
      else
        COMITY_CHECK(report.file(issue, pipeline, std::move(*filing)));
      progress.at(report.objects);
    }
  };
  const auto handed_in = hand_in_all();
  const auto admitted = pipeline.finish();
  if (!options.check_only) file_digest_when_due(registry, context);
  return report.tell(admitted ? handed_in : admitted, context);
}

Result<Outcome> file_objects(const FileOptions& options, Context& context) {
  COMITY_TRY(const auto at,
             open_for_filing({options.directory, options.party, options.key}, context));
  COMITY_TRY(const auto prepared, prepare(options, at.party, &at.registry->state()));
  FilingReport report(options);
  report.expected = prepared.objects;
  report.skipped = prepared.skipped;
  GroupSigner signer(prepared, options);
  return file_each(
      *at.registry, options, report,
      [&] { return signer.next(at.registry->trust.origin, at.filer()); }, context);
}

using NextFiling = std::function<Result<std::optional<MadeFiling>>()>;

/// Without opening the registry: its directory needs no more than its trust.json. Each filing goes
/// to `take`.
Result<void> sign_away(const FileOptions& options, const Trust& trust, FilingReport& report,
                       Context& context, const std::function<Result<void>(MadeFiling)>& take) {
  if (options.party.empty() || options.key.empty())
    return refuse(
        "party-missing",
        "Signing away from the registry needs both --party ID and --key FILE; give them.");
  COMITY_TRY(const auto key, load_key(options.key, context.passphrases));
  COMITY_TRY(const auto prepared, prepare(options, options.party, nullptr));
  report.expected = prepared.objects;
  GroupSigner signer(prepared, options);
  Progress progress("filing objects", report.expected, context.progress());
  while (true) {
    COMITY_TRY(auto filing, signer.next(trust.origin, {options.party, &key}));
    if (!filing) return {};
    COMITY_CHECK(take(std::move(*filing)));
    progress.at(report.objects);
  }
}

Result<Outcome> sign_only(const FileOptions& options, Context& context) {
  COMITY_TRY(const auto trust, read_own_trust(options.directory));
  FilingReport report(options);
  const auto keep = [&](MadeFiling filing) { return report.keep(std::move(filing)); };
  return report.tell(sign_away(options, trust, report, context, keep), context);
}

/// The files as signed filings, one after another.
NextFiling read_signed(const FileOptions& options) {
  return [&options, number = std::size_t{0}]() mutable -> Result<std::optional<MadeFiling>> {
    if (number == options.files.size()) return std::nullopt;
    const std::string& path = options.files[number++];
    COMITY_TRY(Bytes bytes, read_file(path, limits::kFilingBytes));
    const auto envelope = filing::parse_envelope(bytes);
    if (!envelope)
      return std::unexpected<Error>(at_place(path + " is no signed filing", envelope.error()));
    const std::size_t objects = envelope->parts.size();
    return MadeFiling{{std::move(bytes), {}}, objects, path};
  };
}

/// To a server, which the directory's trust.json tells us how to believe.
Result<Outcome> file_to(const FileOptions& options, Context& context) {
  COMITY_TRY(const auto trust, read_own_trust(options.directory));
  COMITY_TRY(auto remote, RemoteRegistry::open(options.to, trust));
  FilingReport report(options);
  const auto send = [&](MadeFiling filing) { return report.send(remote, std::move(filing)); };
  if (!options.is_signed)
    return report.tell(sign_away(options, trust, report, context, send), context);
  const auto next = read_signed(options);
  const auto send_all = [&]() -> Result<void> {
    while (true) {
      COMITY_TRY(auto filing, next());
      if (!filing) return {};
      COMITY_CHECK(send(std::move(*filing)));
    }
  };
  return report.tell(send_all(), context);
}

Result<Outcome> file_signed(const FileOptions& options, Context& context) {
  COMITY_TRY(const auto registry, open_registry(options.directory, context));
  FilingReport report(options);
  return file_each(*registry, options, report, read_signed(options), context);
}

Result<Outcome> file(const FileOptions& options, Context& context) {
  if (!options.to.empty()) return file_to(options, context);
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
  add_named(verb, "--to", options->to, "URL",
            "Send to the server there; REGISTRY holds no more than its trust.json")
      ->excludes(sign)
      ->excludes(check);
  verb.add_flag("--signed", options->is_signed, "Each FILE is a signed filing")->excludes(sign);
  run_when_named(verb, context, options, file);
}

}  // namespace comity::cli
