#pragma once

#include "views/api_routes.h"
#include "views/filings.h"
#include "views/health.h"
#include "views/publication.h"
#include "views/router.h"
#include "views/scrapi.h"
#include "views/taxii_routes.h"

namespace comity::views {

/// What the resources of a server are made of.
struct ResourceParts {
  Publication& publication;
  ScrapiParts scrapi;
  FilingsParts filings;
  TaxiiParts taxii;
  ApiParts api;
  HealthParts health;
};

/// Adds every resource that a server has, which are those that openapi.json describes: a test
/// compares them. What the parts refer to outlives the router.
void add_resources(Router& router, const ResourceParts& parts);

}  // namespace comity::views
