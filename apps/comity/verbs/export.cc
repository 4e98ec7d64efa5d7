#include "query/export.h"

#include <utility>

#include "progress.h"
#include "record_at.h"
#include "stream_output.h"
#include "text.h"
#include "verbs/verbs.h"

namespace comity::cli {
namespace {

constexpr const char* kExportFooter =
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
  std::string out;
  query::ExportTexts texts;
  query::AsOf as_of;
};

/// Writes all of it; the number of objects.
Result<std::uint64_t> write_all(const RecordAt& at, const query::ExportRequest& request,
                                StreamOutput& output, const Context& context) {
  Progress progress("exporting, at entry", at.size, context.progress());
  COMITY_TRY(auto pieces, query::Export::open(at, at.registry.trust.origin, request));
  std::string piece;
  while (true) {
    piece.clear();
    COMITY_TRY(const bool more, pieces.next(piece));
    if (!more) break;
    progress.at(pieces.entry());
    COMITY_CHECK(output.write(piece));
  }
  COMITY_CHECK(output.finish());
  return pieces.objects();
}

Result<Outcome> run_export(const ExportOptions& options, Context& context) {
  COMITY_TRY(const auto request, options.texts.request("--"));
  COMITY_TRY(const auto at, RecordAt::open(options.directory, options.as_of, context));
  COMITY_TRY(auto output, StreamOutput::open(options.out));
  const auto objects = write_all(at, request, output, context);
  if (!objects && output.is_closed()) return Outcome::ok;
  COMITY_TRY(const std::uint64_t count, objects);
  if (options.out.empty()) return Outcome::ok;
  context.print({{"out", options.out},
                 {"format", options.texts.format},
                 {"kind", request.selection.kind},
                 {"size", at.size},
                 {"objects", count}},
                "Wrote " + counted(count, "object", "objects") + " (" + request.selection.kind +
                    "), as of " + counted(at.size, "entry", "entries") + ", to " +
                    printable(options.out) + ".\n");
  return Outcome::ok;
}

}  // namespace

void add_export(Verb app, Context& context) {
  auto options = std::make_shared<ExportOptions>();
  const auto verb = app.add_subcommand("export", "Write the record as a table, JSON Lines or STIX");
  verb.group("Reading and checking");
  verb.footer(kExportFooter);
  add_registry(verb, options->directory);
  add_named(verb, "--format", options->texts.format, "FORMAT", "csv, jsonl (the default) or stix")
      .is_member({"csv", "jsonl", "stix"});
  add_named(
      verb, "--kind", options->texts.kind, "KIND",
      "What: " + joined(query::selection_kinds()) + "; without it incidents as csv, else objects")
      .is_member(query::selection_kinds());
  add_named(verb, "--out", options->out, "FILE",
            "The file, which appears when it is whole; without it, standard output");
  add_named(verb, "--country", options->texts.country, "CODE",
            "Of a victim, by ISO 3166-1: of incidents, claims and responses");
  add_named(verb, "--from", options->texts.from, "DATE", "Not over before that year, month or day");
  add_named(verb, "--to", options->texts.to, "DATE", "Begun by the end of that year, month or day");
  add_named(verb, "--source", options->texts.source, "NAME",
            "With an external reference of that name, such as 'EuRepoC 1.1'");
  add_named(verb, "--party", options->texts.party, "ID", "Filed by that party");
  add_as_of(verb, options->as_of);
  verb.add_flag("--all-versions", options->texts.all_versions,
                "All versions by all parties, not just the one that is shown");
  verb.add_flag("--spreadsheet", options->texts.spreadsheet,
                "Put an apostrophe before cells that a spreadsheet would run as formulas");
  run_when_named(verb, context, options, run_export);
}

}  // namespace comity::cli
