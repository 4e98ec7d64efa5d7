#include <utility>

#include "base/partial_date.h"
#include "filing/statement.h"

#include "export_writer.h"
#include "query/selection.h"
#include "text.h"
#include "verbs/verbs.h"

namespace comity::cli {
namespace {

constexpr const char* kFooter =
    "What is exported is the record as of one size of the log, in the order of the log: of each\n"
    "object the version that is shown, or all with --all-versions. What was erased or is on hold "
    "is\n"
    "not in it, nor anything hidden. docs/exporting.md names the columns of tables.\n"
    "\n"
    "Examples:\n"
    "  comity export registry --format csv --out incidents.csv\n"
    "  comity export registry --format csv --kind claims --country UA --from 2022-02\n"
    "  comity export registry --format stix --out registry.json --as-of 2026-03-31\n"
    "  comity export registry --format jsonl --kind actors | head -1";

struct ExportOptions {
  std::string directory;
  std::string format = "jsonl";
  std::string out;
  std::string from;
  std::string to;
  query::Selection selection;
  query::AsOf as_of;
  bool spreadsheet = false;
};

/// The first or the last day of a date of a filter.
Result<std::optional<std::int64_t>> day_of(const std::string& text,
                                           std::int64_t (PartialDate::*end)() const) {
  if (text.empty()) return std::nullopt;
  COMITY_TRY(const auto date, PartialDate::parse(text));
  return (date.*end)();
}

Result<query::Selection> selection_of(const ExportOptions& options) {
  query::Selection selection = options.selection;
  if (selection.kind.empty()) selection.kind = options.format == "csv" ? "incidents" : "objects";
  COMITY_TRY(selection.from, day_of(options.from, &PartialDate::first_day));
  COMITY_TRY(selection.to, day_of(options.to, &PartialDate::last_day));
  const bool has_cases =
      selection.kind == "incidents" || selection.kind == "claims" || selection.kind == "responses";
  if (!has_cases && (selection.from || selection.to || !selection.country.empty()))
    return refuse("export-filter",
                  "--country, --from and --to are of incidents, claims and responses, not of " +
                      selection.kind + "; name one of these with --kind.");
  if (!selection.party.empty() && !filing::is_party_id(selection.party))
    return refuse("export-filter",
                  "A party is named by its id, identity--...; `comity party list` "
                  "shows them.");
  return selection;
}

/// Writes all of it; the number of objects.
Result<std::uint64_t> write_all(const RecordAt& at, const query::Selection& selection,
                                ExportWriter& writer, StreamOutput& output,
                                const Context& context) {
  Progress progress("exporting, at entry", at.size, context.progress());
  std::uint64_t objects = 0;
  COMITY_CHECK(writer.begin(output));
  COMITY_CHECK(query::for_each(at.snapshot(), selection, at.size,
                               [&](const query::Version& version) -> Result<void> {
                                 progress.at(version.place.entry);
                                 COMITY_TRY(const auto object, at.contents.read(version));
                                 if (!object) return {};  // erased in this moment
                                 ++objects;
                                 return writer.add(output, version, *object);
                               }));
  COMITY_CHECK(writer.end(output));
  COMITY_CHECK(output.finish());
  return objects;
}

Result<std::unique_ptr<ExportWriter>> writer_of(const RecordAt& at, const ExportOptions& options,
                                                const query::Selection& selection) {
  if (options.format == "jsonl") return lines_writer();
  if (options.format == "stix")
    return bundle_writer(bundle_id(at.registry.trust.origin, at.size, selection));
  return csv_writer(
      at, selection,
      options.spreadsheet ? codec::CsvFormulas::kNeutralized : codec::CsvFormulas::kVerbatim);
}

Result<Outcome> run_export(const ExportOptions& options, Context& context) {
  COMITY_TRY(const auto selection, selection_of(options));
  COMITY_TRY(const auto at, RecordAt::open(options.directory, options.as_of, context));
  COMITY_TRY(const auto writer, writer_of(at, options, selection));
  COMITY_TRY(auto output, StreamOutput::open(options.out));
  const auto objects = write_all(at, selection, *writer, output, context);
  if (!objects && output.is_closed()) return Outcome::ok;
  COMITY_TRY(const std::uint64_t count, objects);
  if (options.out.empty()) return Outcome::ok;
  context.print({{"out", options.out},
                 {"format", options.format},
                 {"kind", selection.kind},
                 {"size", at.size},
                 {"objects", count}},
                "Wrote " + counted(count, "object", "objects") + " (" + selection.kind +
                    "), as of " + counted(at.size, "entry", "entries") + ", to " +
                    printable(options.out) + ".\n");
  return Outcome::ok;
}

}  // namespace

void add_export(CLI::App& app, Context& context) {
  auto options = std::make_shared<ExportOptions>();
  options->selection.kind.clear();
  auto& verb = *app.add_subcommand("export", "Write the record as a table, JSON Lines or STIX");
  verb.group("Reading and checking");
  verb.footer(kFooter);
  add_registry(verb, options->directory);
  add_named(verb, "--format", options->format, "FORMAT", "csv, jsonl (the default) or stix")
      ->check(CLI::IsMember({"csv", "jsonl", "stix"}));
  add_named(
      verb, "--kind", options->selection.kind, "KIND",
      "What: " + joined(query::selection_kinds()) + "; without it incidents as csv, else objects")
      ->check(CLI::IsMember(query::selection_kinds()));
  add_named(verb, "--out", options->out, "FILE",
            "The file, which appears when it is whole; without it, standard output");
  add_named(verb, "--country", options->selection.country, "CODE",
            "Of a victim, by ISO 3166-1: of incidents, claims and responses");
  add_named(verb, "--from", options->from, "DATE", "Not over before that year, month or day");
  add_named(verb, "--to", options->to, "DATE", "Begun by the end of that year, month or day");
  add_named(verb, "--source", options->selection.source, "NAME",
            "With an external reference of that name, such as 'EuRepoC 1.1'");
  add_named(verb, "--party", options->selection.party, "ID", "Filed by that party");
  add_as_of(verb, options->as_of);
  verb.add_flag("--all-versions", options->selection.all_versions,
                "All versions by all parties, not just the one that is shown");
  verb.add_flag("--spreadsheet", options->spreadsheet,
                "Put an apostrophe before cells that a spreadsheet would run as formulas");
  run_when_named(verb, context, options, run_export);
}

}  // namespace comity::cli
