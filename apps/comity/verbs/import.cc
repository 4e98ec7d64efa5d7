#include "intake/definitions.h"
#include "intake/embedded.h"
#include "intake/landmarks.h"
#include "intake/rulebooks.h"
#include "log/log_reader.h"

#include "log_walk.h"
#include "progress.h"
#include "submit.h"
#include "text.h"
#include "verbs/verbs.h"

namespace comity::cli {
namespace {

struct ImportOptions {
  std::string directory;
  std::string party;
  std::string key;
};

constexpr const char* kFooter =
    "What is imported are statements of the importing party about what its sources say. Importing\n"
    "again adds nothing.\n"
    "\n"
    "Examples:\n"
    "  comity import landmarks registry\n"
    "  comity import landmarks registry --key alice.key";

/// Files what is not in the log yet, one filing a case.
class Importer {
 public:
  Importer(OpenRegistry& registry, Filer filer) : registry_(registry), filer_(std::move(filer)) {}

  std::uint64_t filings = 0;
  std::uint64_t objects = 0;
  std::uint64_t skipped = 0;

  Result<void> file(const std::vector<std::string>& texts) {
    std::vector<filing::DraftItem> items;
    for (const auto& text : texts) {
      COMITY_TRY(const auto head, filing::read_object(as_bytes(text), reader_));
      COMITY_TRY(const auto filed, registry_.state().version(filer_.party, head.id, head.version));
      if (filed)
        ++skipped;
      else
        items.push_back(public_item(to_bytes(text)));
    }
    if (items.empty()) return {};
    COMITY_CHECK(submit_items(registry_, filer_, items));
    ++filings;
    objects += items.size();
    return {};
  }

 private:
  OpenRegistry& registry_;
  Filer filer_;
  codec::JsonReader reader_;
};

Result<UnixMicros> founding_time(const OpenRegistry& registry) {
  COMITY_TRY(const auto log, log::LogReader::open(*registry.files, registry.trust.log));
  COMITY_TRY(const auto time, time_at(log, 0));
  return UnixMicros{count(time) * 1'000'000};
}

Result<Outcome> import_landmarks(const ImportOptions& options, Context& context) {
  COMITY_TRY(const auto registry, open_registry(options.directory, context));
  COMITY_TRY(const auto own, find_filer(*registry, options.party, options.key, context));
  COMITY_TRY(const auto created, founding_time(*registry));
  const intake::Importer who{.identity = own.party, .created = created};
  COMITY_TRY(const auto landmarks, intake::landmarks(intake::landmarks_json(), who));
  COMITY_TRY(const auto rulebooks, intake::rulebooks(intake::norms_json(), who));
  const std::size_t cases = landmarks.cases.size() + rulebooks.size();
  Progress progress("filing cases", cases,
                    context.quiet ? Progress::Shown::never : Progress::Shown::if_terminal);
  Importer importer(*registry, own.filer(*registry));
  COMITY_CHECK(importer.file(intake::definitions()));
  COMITY_CHECK(importer.file(landmarks.common));
  std::uint64_t done = 0;
  for (const auto* list : {&landmarks.cases, &rulebooks}) {
    for (const auto& it : *list) {
      COMITY_CHECK(importer.file(it.objects));
      progress.at(++done);
    }
  }
  const std::string what = counted(landmarks.cases.size(), "incident", "incidents") + " and " +
                           counted(rulebooks.size(), "rulebook", "rulebooks");
  context.print({{"party", own.party},
                 {"incidents", landmarks.cases.size()},
                 {"rulebooks", rulebooks.size()},
                 {"filings", importer.filings},
                 {"objects", importer.objects},
                 {"skipped", importer.skipped}},
                importer.filings == 0
                    ? "All of it was filed before: " + what + ".\n"
                    : "Filed " + what + ": " + counted(importer.objects, "object", "objects") +
                          " in " + counted(importer.filings, "filing", "filings") + ".\n");
  return Outcome::ok;
}

}  // namespace

void add_import(CLI::App& app, Context& context) {
  auto& import = *app.add_subcommand("import", "File public data sets");
  import.group("Filing");
  import.require_subcommand(1);
  import.footer(kFooter);
  auto options = std::make_shared<ImportOptions>();
  auto& landmarks =
      *import.add_subcommand("landmarks", "The landmark incidents and the rulebooks of norms");
  add_registry(landmarks, options->directory);
  add_named(landmarks, "--party", options->party, "ID",
            "The importer; without it, whose key it is");
  add_named(landmarks, "--key", options->key, "FILE", "Its key; without it, the registrar's own");
  landmarks.footer(kFooter);
  run_when_named(landmarks, context, options, import_landmarks);
}

}  // namespace comity::cli
