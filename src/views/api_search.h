#pragma once

#include <span>

#include "base/error.h"
#include "views/api_parameters.h"

#include "query/search_request.h"

namespace comity::views {

/// The parameters of a search: `q` the words, `kind`, the filters as on the command line, `sort`,
/// `limit`, `after`, `facets`, `asof`.
[[nodiscard]] std::span<const ApiParameter> search_parameters();

/// Refuses `parameter-malformed`, `country-malformed`, `date-malformed`, `as-of-malformed`.
[[nodiscard]] Result<query::SearchRequest> search_request(const ApiParameters& parameters);

}  // namespace comity::views
