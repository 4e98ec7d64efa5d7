#pragma once

#include <string>

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
};

/// What the parts refer to outlives the router.
void add_taxii(Router& router, const TaxiiParts& parts);

}  // namespace comity::views
