#pragma once

#include <string>

#include "query/incident_texts.h"
#include "registry_directory.h"
#include "verbs/verbs.h"

namespace comity::cli {

/// Which incidents are counted, as the command line says it.
struct IncidentOptions : query::IncidentTexts {
  /// Whose record, as of which size, and what restricts it, for a person.
  [[nodiscard]] std::string heading(const ReadRegistry& registry, std::uint64_t size) const;
};

void add_incident_options(Verb verb, IncidentOptions& options);

/// `comity stats trends`
void add_trends(Verb stats, Context& context);

}  // namespace comity::cli
