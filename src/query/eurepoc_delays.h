#pragma once

#include "query/eurepoc_tables.h"
#include "query/figures.h"

namespace comity::query {

/// How EuRepoC's dates are, and how many days pass from the start of an incident to the first
/// attribution of it and the first response, and between these.
void add_eurepoc_dates(const EurepocTables& tables, Figures& figures);
void add_eurepoc_delays(const EurepocTables& tables, Figures& figures);

}  // namespace comity::query
