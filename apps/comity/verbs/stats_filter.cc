#include <fmt/format.h>

#include "text.h"
#include "verbs/stats.h"

namespace comity::cli {
std::string IncidentOptions::heading(const ReadRegistry& registry, std::uint64_t size) const {
  std::string text = fmt::format("{}, the record of {}\n", printable(registry.trust.origin),
                                 counted(size, "entry", "entries"));
  std::vector<std::string> parts;
  if (!country.empty()) parts.push_back("with victims in " + query::in_capitals(country));
  if (!source.empty()) parts.push_back("with the source " + source);
  if (!from.empty()) parts.push_back("that may have begun in " + from + " or later");
  if (!to.empty()) parts.push_back("that may have begun in " + to + " or before");
  if (!parts.empty()) text += "  only incidents " + printable(joined(parts, ", ")) + "\n";
  return text;
}

void add_incident_options(Verb verb, IncidentOptions& options) {
  add_named(verb, "--country", options.country, "COUNTRY",
            "Only incidents with victims in that country (UA)");
  add_named(verb, "--source", options.source, "NAME",
            "Only incidents with that source ('EuRepoC 1.1')");
  add_named(verb, "--from", options.from, "DATE",
            "Only incidents that may have begun then or later (2014, 2014-03, 2014-03-18)");
  add_named(verb, "--to", options.to, "DATE", "Only incidents that may have begun then or before");
}

}  // namespace comity::cli
