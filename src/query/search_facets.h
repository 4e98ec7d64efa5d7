#pragma once

#include <vector>

#include "query/search_pool.h"

namespace comity::query {

/// How many of what was found have which value: country, sector, effect, technique (of incidents),
/// claimant, year, response. What has several values counts under each, once.
[[nodiscard]] Result<std::vector<Facet>> count_facets(const Moment& moment, SearchKind kind,
                                                      const std::vector<Found>& found);

}  // namespace comity::query
