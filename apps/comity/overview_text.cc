#include "overview_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "measure/order_statistics.h"

#include "overview_tables.h"
#include "text.h"

namespace comity::cli {
namespace {

using query::Overview;

std::string incidents_text(std::uint64_t count) { return counted(count, "incident", "incidents"); }

std::string years_text(const Overview& overview) {
  if (overview.by_year.empty() && overview.undated == 0) return {};
  const auto total = [](const Overview::ByPrecision& it) { return it[0] + it[1] + it[2]; };
  std::uint64_t greatest = 0;
  for (const auto& [year, counts] : overview.by_year) greatest = std::max(greatest, total(counts));
  std::string text =
      "\nIncidents by the year in which they began, and how far the date is known\n"
      "                 day   month    year\n";
  for (const auto& [year, counts] : overview.by_year)
    text += fmt::format("  {} {:>7} {:>5} {:>7} {:>7}  {}\n", year, grouped(total(counts)),
                        grouped(counts[2]), grouped(counts[1]), grouped(counts[0]),
                        bar(total(counts), greatest, kBarWidth));
  if (overview.undated > 0) text += fmt::format("  none {:>7}\n", grouped(overview.undated));
  return text;
}

std::string field(const Overview& overview, const query::FieldTally& tally, std::string_view title,
                  std::string_view table, std::size_t most) {
  if (tally.values.empty()) return {};
  return fmt::format("\n{} (stated of {} of {}; an incident counts for each)\n", title,
                     grouped(tally.stated), incidents_text(overview.incidents)) +
         overview_table(overview, table).bars(most);
}

std::string claims_text(const std::map<std::string, query::ClaimCounts::Scope>& scopes,
                        std::string_view what, std::size_t most) {
  std::string text;
  for (const auto& [name, scope] : scopes) {
    CountTable table;
    for (const auto& it : scope.by_group_and_type)
      table.rows.push_back({.texts = {it.texts[0], it.texts[1]}, .count = it.count});
    text += fmt::format("\n{} {} ({}; {} marked doubtful), by group and type of statement\n", what,
                        name == "reported" ? "as others report them" : "filed by who makes them",
                        grouped(scope.claims), grouped(scope.doubtful));
    text += table.bars(most);
  }
  return text;
}

std::string responses(const Overview& overview, std::size_t most) {
  const auto& states = overview.response_states;
  std::string text = "\nResponses: whether anybody looked for them\n";
  const auto line = [&](std::string_view label, std::uint64_t count, const std::string& note) {
    text += fmt::format("  {:<34} {:>8}  {}\n", label, grouped(count), note);
  };
  line("searched", states.searched(),
       states.searched() > 0 ? rate_text(states.searched(), overview.incidents) : "");
  if (states.searched() > 0) {
    line("  found", states.found, rate_text(states.found, states.searched()) + " searched");
    line("  none found", states.searched_none_found,
         rate_text(states.searched_none_found, states.searched()) + " searched");
  }
  line("not searched", states.not_searched, "no response known is not \"no response\"");
  if (states.not_stated > 0) line("not stated whether searched", states.not_stated, "");
  if (overview.responses.responses > 0)
    text +=
        fmt::format("\nResponses by type ({}; {} marked doubtful)\n",
                    grouped(overview.responses.responses), grouped(overview.responses.doubtful)) +
        overview_table(overview, "responses").bars(most);
  return text;
}

std::string filers_text(const Overview& overview, std::size_t most) {
  std::string text = "\nWho filed                            incidents   claims    objects\n";
  for (std::size_t i = 0; i < std::min(most, overview.filers.size()); ++i) {
    const auto& filer = overview.filers[i];
    const std::string name =
        shortened(printable(filer.name.empty() ? filer.id : filer.name), kBarWidth - 6);
    text += fmt::format("  {}{} {:>9} {:>8} {:>10}\n", name,
                        std::string(kBarWidth - 6 - columns(name), ' '), grouped(filer.incidents),
                        grouped(filer.claims), grouped(filer.objects));
  }
  if (overview.filers.size() > most)
    text += fmt::format("  and {} more (--top N)\n", grouped(overview.filers.size() - most));
  return text;
}

}  // namespace

std::string rate_text(std::uint64_t part, std::uint64_t whole) {
  const auto tenths =
      whole == 0 ? 0
                 : measure::rounded(
                       measure::reduced(measure::Int128{part} * 100, measure::Int128{whole}), 10);
  return fmt::format("{}.{} % of the {}", tenths / 10, tenths % 10, grouped(whole));
}

std::string overview_text(const Overview& overview, std::size_t most) {
  std::string text = "  " + incidents_text(overview.incidents) + "\n";
  text += years_text(overview);
  text += field(overview, overview.countries, "Countries of victims", "countries", most);
  text += field(overview, overview.sectors, "Sectors of victims", "sectors", most);
  text += field(overview, overview.effects, "Effects", "effects", most);
  text += field(overview, overview.techniques, "Techniques", "techniques", most);
  text += claims_text(overview.claims.attributions, "Claims of who did it", most);
  text += claims_text(overview.claims.replies, "Replies", most);
  if (overview.incidents > 0) text += responses(overview, most);
  text += field(overview, overview.doubts, "Marked doubtful", "doubts", most);
  text += filers_text(overview, most);
  return text;
}

}  // namespace comity::cli
