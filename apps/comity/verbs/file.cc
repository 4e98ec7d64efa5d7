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
#include "text.h"
#include "verbs/verbs.h"

namespace comity::cli {
namespace {

constexpr const char* kFileFooter =
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

using NextFiling = std::function<Result<std::optional<MadeFiling>>()>;

/// Hands one after another to `take`, until there is none or one is refused.
Result<void> take_each(FilingReport& report, const NextFiling& next, const Context& context,
                       const std::function<Result<void>(MadeFiling)>& take) {
  Progress progress("filing objects", report.expected, context.progress());
  while (true) {
    COMITY_TRY(auto filing, next());
    if (!filing) return {};
    COMITY_CHECK(take(std::move(*filing)));
    progress.at(report.objects);
  }
}

Result<Outcome> file_here(OpenRegistry& registry, const FileOptions& options, FilingReport& report,
                          const NextFiling& next, const Context& context) {
  rules::Overlay trial(registry.state());
  FilingPipeline pipeline(registry);
  const auto issue = [&](const log::Registered& done) { return registry.registry->receipt(done); };
  const auto handed_in = take_each(report, next, context, [&](MadeFiling filing) {
    return options.check_only ? report.try_out(registry, trial, std::move(filing))
                              : report.file(issue, pipeline, std::move(filing));
  });
  const auto admitted = pipeline.finish();
  return report.tell(admitted ? handed_in : admitted, context);
}

/// Files all, or tries them out.
Result<Outcome> file_each(Destination& destination, const FileOptions& options,
                          FilingReport& report, const NextFiling& next, const Context& context) {
  if (destination.registry) return file_here(*destination.registry, options, report, next, context);
  const auto send = [&](MadeFiling filing) {
    return report.send(*destination.server, std::move(filing));
  };
  return report.tell(take_each(report, next, context, send), context);
}

/// A trial needs the registry itself.
const std::string* server_of(const FileOptions& options) {
  return options.check_only ? nullptr : &options.to;
}

Result<Outcome> file_objects(const FileOptions& options, Context& context) {
  COMITY_TRY(auto at,
             open_for_filing({options.directory, options.party, options.key, server_of(options)},
                             context));
  COMITY_TRY(const auto prepared,
             prepare(options, at.party, at.registry ? &at.registry->state() : nullptr));
  FilingReport report(options);
  report.expected = prepared.objects;
  report.skipped = prepared.skipped;
  GroupSigner signer(prepared, options);
  return file_each(
      at, options, report, [&] { return signer.next(at.trust.origin, at.filer()); }, context);
}

/// Without opening the registry: its directory needs no more than its trust.json.
Result<Outcome> sign_only(const FileOptions& options, Context& context) {
  COMITY_TRY(const auto trust, read_own_trust(options.directory));
  if (options.party.empty() || options.key.empty())
    return refuse(
        "party-missing",
        "Signing away from the registry needs both --party ID and --key FILE; give them.");
  COMITY_TRY(const auto key, load_key(options.key, context.passphrases));
  COMITY_TRY(const auto prepared, prepare(options, options.party, nullptr));
  FilingReport report(options);
  report.expected = prepared.objects;
  GroupSigner signer(prepared, options);
  const auto next = [&] { return signer.next(trust.origin, {options.party, &key}); };
  const auto keep = [&](MadeFiling filing) { return report.keep(std::move(filing)); };
  return report.tell(take_each(report, next, context, keep), context);
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

Result<Outcome> file_signed(const FileOptions& options, Context& context) {
  COMITY_TRY(auto destination, open_destination(options.directory, server_of(options), context));
  FilingReport report(options);
  return file_each(destination, options, report, read_signed(options), context);
}

Result<Outcome> file(const FileOptions& options, Context& context) {
  if (options.is_signed) return file_signed(options, context);
  if (!options.sign_only.empty()) return sign_only(options, context);
  return file_objects(options, context);
}

}  // namespace

void add_file(Verb app, Context& context) {
  auto options = std::make_shared<FileOptions>();
  const auto verb = app.add_subcommand("file", "Sign objects and file them");
  verb.group("Filing");
  verb.footer(kFileFooter);
  add_registry(verb, options->directory);
  verb.add_option("FILE", options->files,
                  "STIX objects, bundles or JSON Lines; - is standard input")
      .required()
      .type_name("");
  add_named(verb, "--party", options->party, "ID", "The filing party; without it, whose key it is");
  add_named(verb, "--key", options->key, "FILE",
            "The party's key; without it, the registrar's own");
  const auto hidden = verb.add_flag("--hidden", options->hidden,
                                    "For admitted parties only; the log shows digests");
  verb.add_option("--reader", options->readers, "Hidden for this party (again for more)")
      .type_name("ID")
      .one_value_each();
  const auto sealed =
      verb.add_flag("--sealed", options->sealed,
                    "Hand over digests alone; salts and contents are kept in a .sealed file");
  sealed.excludes(hidden);
  add_named(verb, "--about", options->about, "SUBJECT", "What the statement is about");
  add_named(verb, "--receipts", options->receipts, "DIR",
            "Write each filing's proofs to DIR/ENTRY.receipt, .tlog-proof and .statement");
  const auto check = verb.add_flag("--check-only", options->check_only,
                                   "Say whether it would be admitted, and file nothing");
  const auto skip = verb.add_flag("--skip-filed", options->skip_filed,
                                  "Leave out versions that the party has filed already");
  const auto sign = add_named(verb, "--sign-only", options->sign_only, "FILE",
                              "Write the signed filing to FILE, for --signed, and file nothing");
  sign.excludes(check);
  add_to(verb, options->to).excludes(sign).excludes(check).excludes(skip);
  verb.add_flag("--signed", options->is_signed, "Each FILE is a signed filing").excludes(sign);
  run_when_named(verb, context, options, file);
}

}  // namespace comity::cli
