#pragma once

#include <cstddef>
#include <string>

#include "base/limits.h"
#include "views/router.h"

#include "query/readers.h"

namespace comity::views {

/// TAXII 2.1 as OASIS wrote it (Standard of 10 June 2021), read only, over the public record:
/// /taxii2/ and the API root /taxii2/public/. Reading needs nothing.
struct TaxiiParts {
  query::Readers& readers;
  std::string origin;     ///< the registry's: collections are named by it
  std::string registrar;  ///< its identity: who derives case reports
  std::string title;      ///< of the registry, for people
  std::string contact;    ///< whom to ask; may be empty
  /// No request with a smaller body is refused for its size.
  std::size_t max_content_length = limits::kFilingBytes;
};

/// What the parts refer to outlives the router.
void add_taxii(Router& router, const TaxiiParts& parts);

}  // namespace comity::views
