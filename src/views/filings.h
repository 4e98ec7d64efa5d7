#pragma once

#include <string>

#include "views/registration.h"
#include "views/router.h"

namespace comity::views {

/// POST /api/v1/filings, which answers in JSON once the filing is in the log for good, with both
/// forms of its receipt; and POST /api/v1/filings:check, which files nothing and leaves no trace.
/// Both take a filing as application/cose.
struct FilingsParts {
  Registration& registration;
  std::string base_url;  ///< what stands before a path in Location; may be empty
};

/// What the parts refer to outlives the router.
void add_filings(Router& router, const FilingsParts& parts);

}  // namespace comity::views
