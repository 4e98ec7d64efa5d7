#include "verbs/stats.h"

#include <fmt/format.h>

#include "overview_tables.h"
#include "overview_text.h"
#include "query/overview.h"
#include "query/stats_json.h"
#include "record_directory.h"
#include "text.h"
#include "verbs/verbs.h"

namespace comity::cli {
namespace {

constexpr std::size_t kTop = 10;

constexpr const char* kStatsFooter =
    "Every number is counted from what the record says at that size of the log: claims stay "
    "claims,\n"
    "what is not stated is no zero, and every rate names what it is a rate of\n"
    "(docs/method/statistics.md). With --json also all figures of a data set that is known as a\n"
    "whole, such as EuRepoC 1.1; filters leave these out.\n"
    "\n"
    "Examples:\n"
    "  comity stats registry\n"
    "  comity stats registry --country UA --from 2014 --top 20\n"
    "  comity stats registry --csv countries > countries.csv\n"
    "  comity stats registry --as-of 2026-03-31 --json\n"
    "  comity stats trends registry --by year";

struct StatsOptions {
  std::string directory;
  IncidentOptions incidents;
  query::AsOf as_of;
  std::string csv;
  std::size_t top = 0;
};

Result<Outcome> stats(const StatsOptions& options, Context& context) {
  COMITY_TRY(const auto filter, options.incidents.filter("--"));
  COMITY_TRY(const auto registry, read_registry(options.directory));
  COMITY_TRY(const auto record, read_record(registry, context));
  COMITY_TRY(const auto size, record.snapshot.size_at(options.as_of));
  const std::size_t all = options.top == 0 ? SIZE_MAX : options.top;
  if (options.csv.empty() && context.json) {
    COMITY_TRY(const auto json, query::stats_json(record.snapshot, size, options.incidents, all));
    context.print(json, "");
    return Outcome::ok;
  }
  COMITY_TRY(const auto overview, query::overview(record.snapshot, size, filter));
  if (!options.csv.empty()) {
    const std::string csv = overview_table(overview, options.csv).csv(all);
    std::fwrite(csv.data(), 1, csv.size(), stdout);
    return Outcome::ok;
  }
  context.print({}, options.incidents.heading(registry, size) +
                        overview_text(overview, options.top == 0 ? kTop : options.top));
  return Outcome::ok;
}

}  // namespace

void add_stats(Verb app, Context& context) {
  auto options = std::make_shared<StatsOptions>();
  const auto verb = app.add_subcommand("stats", "Count what the record says");
  verb.group("Reading and checking");
  verb.footer(kStatsFooter);
  const auto registry =
      verb.add_option("REGISTRY", options->directory, "The registry's directory").type_name("");
  add_incident_options(verb, options->incidents);
  add_as_of(verb, options->as_of);
  const auto csv = add_named(verb, "--csv", options->csv, "TABLE", "Print that table as CSV");
  csv.is_member(overview_tables());
  verb.add_option("--top", options->top,
                  "At most so many rows of each table (for people 10, else all)")
      .type_name("N")
      .check(whole_number());
  add_trends(verb, context);
  // `comity stats trends REGISTRY` has a registry of its own, and CLI11 would take "trends" for
  // that of `comity stats` if it were required from the beginning.
  verb.parse_complete_callback([verb, registry] {
    if (!verb.has_subcommand()) registry.required();
  });
  verb.require_subcommand(0, 1);
  verb.callback([verb, &context, options] {
    if (verb.has_subcommand()) return;
    context.chosen = [&context, options] { return stats(*options, context); };
  });
}

}  // namespace comity::cli
