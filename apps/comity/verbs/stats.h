#pragma once

#include <string>

#include "query/incidents.h"
#include "registry_directory.h"
#include "verbs/verbs.h"

namespace comity::cli {

/// Which incidents are counted, as the command line says it.
struct IncidentOptions {
  std::string country;
  std::string source;
  std::string from;
  std::string to;

  /// Refuses `date-malformed` and `country-malformed`.
  [[nodiscard]] Result<query::IncidentFilter> filter() const;
  /// The members that are set.
  [[nodiscard]] Json json() const;
  /// Whose record, as of which size, and what restricts it, for a person.
  [[nodiscard]] std::string heading(const ReadRegistry& registry, std::uint64_t size) const;
};

void add_incident_options(CLI::App& verb, IncidentOptions& options);

/// `comity stats trends`
void add_trends(CLI::App& stats, Context& context);

}  // namespace comity::cli
