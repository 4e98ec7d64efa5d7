#include "query/trends.h"

#include "query/trends_json.h"
#include "record_directory.h"
#include "terminal.h"
#include "text.h"
#include "trends_tables.h"
#include "trends_text.h"
#include "verbs/stats.h"

namespace comity::cli {
namespace {

constexpr const char* kTrendsFooter =
    "An incident counts at the first date at which the record shows it spoken of in public (a "
    "claim,\n"
    "reply, response or captured publication, or its own date of disclosure), else at its start;\n"
    "--date start takes starts alone. Dates known to the year alone are spread over that year. "
    "What\n"
    "is computed, and its limits: docs/method/trends.md.\n"
    "\n"
    "Examples:\n"
    "  comity stats trends registry\n"
    "  comity stats trends registry --country UA --by year\n"
    "  comity stats trends registry --date start --csv periods > months.csv\n"
    "  comity stats trends registry --as-of 2026-03-31 --json";

struct TrendsOptions {
  std::string directory;
  IncidentOptions incidents;
  query::AsOf as_of;
  std::string date = "public";
  std::string by = "month";
  std::string csv;
  bool ascii = false;
  std::size_t width = 0;
};

query::TrendQuestion question_of(const TrendsOptions& options, query::IncidentFilter filter) {
  return {.filter = std::move(filter),
          .date = options.date == "start" ? query::TrendDate::kStart : query::TrendDate::kPublic,
          .period = options.by == "year" ? query::TrendPeriod::kYear : query::TrendPeriod::kMonth};
}

TrendsLook look_of(const TrendsOptions& options, const query::TrendQuestion& question) {
  TrendsLook look;
  look.period = question.period;
  look.date = question.date;
  look.size.width = options.width == 0 ? terminal_width() : options.width;
  look.characters =
      options.ascii || !locale_is_utf8() ? PlotCharacters::kAscii : PlotCharacters::kBlocks;
  return look;
}

Result<Outcome> show_trends(const TrendsOptions& options, Context& context) {
  COMITY_TRY(const auto filter, options.incidents.filter("--"));
  COMITY_TRY(const auto registry, read_registry(options.directory));
  COMITY_TRY(const auto record, read_record(registry, context));
  COMITY_TRY(const auto size, record.snapshot.size_at(options.as_of));
  const auto question = question_of(options, filter);
  COMITY_TRY(const auto trends, query::trends(record.snapshot, size, question));
  if (!options.csv.empty()) {
    COMITY_TRY(const auto ids, query::StixIds::open(record.snapshot.database()));
    COMITY_TRY(const auto csv, trends_csv(trends, options.csv, ids));
    std::fwrite(csv.data(), 1, csv.size(), stdout);
    return Outcome::ok;
  }
  Json json{{"size", size},
            {"filter", options.incidents.json()},
            {"date", options.date},
            {"by", options.by}};
  if (context.json) json.update(query::trends_json(trends));
  context.print(json, options.incidents.heading(registry, size) +
                          trends_text(trends, look_of(options, question)));
  return Outcome::ok;
}

}  // namespace

void add_trends(Verb stats, Context& context) {
  auto options = std::make_shared<TrendsOptions>();
  const auto verb = stats.add_subcommand(
      "trends", "How many incidents over time, with slope, changes and what is not yet reported");
  verb.footer(kTrendsFooter);
  add_registry(verb, options->directory);
  add_incident_options(verb, options->incidents);
  add_as_of(verb, options->as_of);
  add_named(verb, "--date", options->date, "DATE", "By which date an incident counts")
      .is_member({"public", "start"})
      .capture_default_str();
  add_named(verb, "--by", options->by, "PERIOD", "What is counted in")
      .is_member({"month", "year"})
      .capture_default_str();
  add_named(verb, "--csv", options->csv, "TABLE", "Print that table as CSV")
      .is_member(trends_tables());
  verb.add_flag("--ascii", options->ascii, "Plot in ASCII, whatever the locale");
  verb.add_option("--width", options->width, "Columns of the plot instead of the terminal's")
      .type_name("N")
      .in_range(40, 400);
  run_when_named(verb, context, options, show_trends);
}

}  // namespace comity::cli
