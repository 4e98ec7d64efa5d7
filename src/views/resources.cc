#include "views/resources.h"

namespace comity::views {

void add_resources(Router& router, const ResourceParts& parts) {
  parts.publication.add_to(router);
  add_scrapi(router, parts.scrapi);
  add_filings(router, parts.filings);
  add_taxii(router, parts.taxii);
  add_api(router, parts.api);
  add_health(router, parts.health);
}

}  // namespace comity::views
