#include <utility>

#include <fmt/format.h>

#include "intake/definitions.h"
#include "intake/embedded.h"
#include "intake/eurepoc.h"
#include "intake/kev.h"
#include "intake/landmarks.h"
#include "intake/misp_galaxy.h"
#include "intake/rulebooks.h"
#include "intake/table.h"

#include "disk_file.h"
#include "import_run.h"
#include "object_input.h"
#include "text.h"
#include "verbs/verbs.h"

namespace comity::cli {
namespace {

constexpr const char* kImportFooter =
    "What is imported are statements of the importing party about what its sources say. Importing\n"
    "again adds nothing; what has changed becomes a new version. Doubt is kept: what is marked as\n"
    "doubtful is counted at the end.\n"
    "\n"
    "Examples:\n"
    "  comity import landmarks registry\n"
    "  comity import eurepoc registry downloads/eurepoc --dry-run\n"
    "  comity import misp-galaxy registry threat-actor.json --key alice.key\n"
    "  comity import table registry incidents.csv --map incidents.toml --dry-run";

constexpr const char* kLandmarksFooter =
    "Examples:\n"
    "  comity import landmarks registry\n"
    "  comity import landmarks registry --key alice.key";

constexpr const char* kEurepocFooter =
    "DIR holds Global_Database.csv, Attribution_dataset.csv and Receiver_dataset.csv, or the same\n"
    "with EuRepoC_ before and _1.1 behind the name. Names of individuals are not carried.\n"
    "\n"
    "Examples:\n"
    "  comity import eurepoc registry downloads/eurepoc --dry-run\n"
    "  comity import eurepoc registry downloads/eurepoc --key institute.key --no-description";

constexpr const char* kStixFooter =
    "A FILE holds a STIX 2.1 object, a bundle or JSON Lines of both. Objects are filed byte for\n"
    "byte as they stand; those of other authors are relayed.\n"
    "\n"
    "Examples:\n"
    "  comity import stix registry bundle.json\n"
    "  comity import stix registry ics-attack.json --key alice.key --dry-run";

constexpr const char* kGalaxyFooter =
    "FILE is clusters/threat-actor.json of the MISP galaxy.\n"
    "\n"
    "Examples:\n"
    "  comity import misp-galaxy registry threat-actor.json";

constexpr const char* kKevFooter =
    "FILE is known_exploited_vulnerabilities.json as CISA publishes it.\n"
    "\n"
    "Examples:\n"
    "  comity import kev registry known_exploited_vulnerabilities.json";

constexpr const char* kTableFooter =
    "FILE is a table (CSV as spreadsheets write it) with one incident a row; MAP says which "
    "column\n"
    "is what (docs/importing.md). Nothing is filed unless every row reads.\n"
    "\n"
    "Examples:\n"
    "  comity import table registry incidents.csv --map incidents.toml --dry-run\n"
    "  comity import table registry incidents.csv --map incidents.toml --key alice.key";

/// Comity's extension definitions are filed before what uses them.
Result<Outcome> finish(ImportRun& run, intake::Imported imported, Context& context) {
  COMITY_CHECK(run.add(intake::definitions()));
  COMITY_CHECK(run.add(std::move(imported.objects)));
  return run.finish(imported.counts, imported.doubts, context);
}

Result<Outcome> import_landmarks(const ImportOptions& options, Context& context) {
  COMITY_TRY(auto run, ImportRun::open(options, context));
  const intake::Importer who = run.importer();
  COMITY_TRY(const auto landmarks, intake::landmarks(intake::landmarks_json(), who));
  COMITY_TRY(const auto rulebooks, intake::rulebooks(intake::norms_json(), who));
  COMITY_CHECK(run.add_case(intake::definitions()));
  COMITY_CHECK(run.add_case(landmarks.common));
  for (const auto* list : {&landmarks.cases, &rulebooks})
    for (const auto& it : *list) COMITY_CHECK(run.add_case(it.objects));
  return run.finish({{"incidents", landmarks.cases.size()}, {"rulebooks", rulebooks.size()}},
                    landmarks.doubts, context);
}

/// The file of the data set, under one of its two names.
Result<Bytes> read_eurepoc(const std::string& directory, std::string_view name) {
  const std::string bare = fmt::format("{}/{}.csv", directory, name);
  return read_file(is_there(bare) ? bare : fmt::format("{}/EuRepoC_{}_1.1.csv", directory, name),
                   kInputBytes);
}

Result<Outcome> import_eurepoc(const ImportOptions& options, Context& context) {
  COMITY_TRY(const Bytes global, read_eurepoc(options.source, intake::kEurepocGlobal));
  COMITY_TRY(const Bytes attribution, read_eurepoc(options.source, intake::kEurepocAttribution));
  COMITY_TRY(const Bytes receiver, read_eurepoc(options.source, intake::kEurepocReceiver));
  COMITY_TRY(auto run, ImportRun::open(options, context));
  COMITY_TRY(auto imported, intake::eurepoc({global, attribution, receiver}, run.importer(),
                                            {.descriptions = !options.no_description}));
  return finish(run, std::move(imported), context);
}

/// A data set of one JSON file.
template <Result<intake::Imported> (*read)(ByteView, const intake::Importer&)>
Result<Outcome> import_json(const ImportOptions& options, Context& context) {
  COMITY_TRY(const Bytes file, read_file(options.source, kInputBytes));
  COMITY_TRY(auto run, ImportRun::open(options, context));
  COMITY_TRY(auto imported, read(file, run.importer()));
  return finish(run, std::move(imported), context);
}

Result<Outcome> import_stix(const ImportOptions& options, Context& context) {
  COMITY_TRY(const auto input, read_objects({options.source}));
  COMITY_TRY(auto run, ImportRun::open(options, context));
  for (const InputObject& object : input.objects)
    COMITY_CHECK(run.add_verbatim(object.bytes, object.head));
  return run.finish({{"objects_read", input.objects.size()}}, {}, context);
}

/// Every cell that doesn't read, as a person finds it in the spreadsheet.
Result<Outcome> tell_problems(const intake::TableImport& import, const Context& context) {
  Json list = Json::array();
  std::string text;
  for (const intake::TableProblem& problem : import.problems) {
    list.push_back(
        {{"row", problem.row}, {"column", problem.column}, {"sentence", problem.sentence}});
    const std::string place = problem.column.empty() ? "" : ", column " + printable(problem.column);
    text += wrapped(printable(problem.sentence), 4, fmt::format("Row {}{}: ", problem.row, place));
  }
  if (import.problem_count > import.problems.size())
    text += fmt::format("and {} more.\n", grouped(import.problem_count - import.problems.size()));
  text += "Nothing was filed: " + counted(import.problem_count, "cell does", "cells do") +
          " not read.\n";
  context.print({{"problems", list}, {"problem_count", import.problem_count}}, text);
  return Outcome::failed_check;
}

Result<Outcome> import_table(const ImportOptions& options, Context& context) {
  COMITY_TRY(const Bytes mapping, read_file(options.map, kSmallFileBytes));
  const auto map = intake::read_table_map(mapping);
  if (!map) return std::unexpected<Error>(at_place(options.map, map.error()));
  COMITY_TRY(const Bytes file, read_file(options.source, kInputBytes));
  COMITY_TRY(auto run, ImportRun::open(options, context));
  auto import = intake::import_table(file, *map, run.importer());
  if (!import) return std::unexpected<Error>(at_place(options.source, import.error()));
  if (import->problem_count > 0) return tell_problems(*import, context);
  return finish(run, std::move(import->imported), context);
}

/// A subverb; with `source` the positional of that name.
Verb add(Verb import, Context& context, const std::string& name, const std::string& help,
         const std::string& source, Result<Outcome> (*run)(const ImportOptions&, Context&)) {
  auto options = std::make_shared<ImportOptions>();
  const auto verb = import.add_subcommand(name, help);
  add_registry(verb, options->directory);
  if (!source.empty())
    add_positional(
        verb, source, options->source,
        source == "DIR" ? "The directory of its files" : "The file; - is standard input");
  add_named(verb, "--party", options->party, "ID", "The importer; without it, whose key it is");
  add_named(verb, "--key", options->key, "FILE", "Its key; without it, the registrar's own");
  if (name == "table") add_named(verb, "--map", options->map, "MAP", "The mapping file").required();
  if (name == "eurepoc")
    verb.add_flag("--no-description", options->no_description,
                  "Leave out running texts, in which individuals may be named");
  verb.add_flag("--dry-run", options->dry_run, "Say what would be filed, and file nothing");
  run_when_named(verb, context, options, run);
  return verb;
}

}  // namespace

void add_import(Verb app, Context& context) {
  const auto import = app.add_subcommand("import", "File public data sets");
  import.group("Filing");
  import.require_subcommand(1);
  import.footer(kImportFooter);
  add(import, context, "landmarks", "The landmark incidents and the rulebooks of norms", "",
      import_landmarks)
      .footer(kLandmarksFooter);
  add(import, context, "eurepoc", "EuRepoC 1.1, its three CSV files", "DIR", import_eurepoc)
      .footer(kEurepocFooter);
  add(import, context, "stix", "STIX 2.1 objects of anybody, as they stand", "FILE", import_stix)
      .footer(kStixFooter);
  add(import, context, "misp-galaxy", "MISP's threat actors and their aliases", "FILE",
      import_json<intake::misp_galaxy>)
      .footer(kGalaxyFooter);
  add(import, context, "kev", "CISA's known exploited vulnerabilities", "FILE",
      import_json<intake::kev>)
      .footer(kKevFooter);
  add(import, context, "table", "A table of one's own", "FILE", import_table).footer(kTableFooter);
}

}  // namespace comity::cli
