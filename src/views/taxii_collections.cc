#include "views/taxii_collections.h"

#include <algorithm>

#include <fmt/format.h>

#include "crypto/uuid.h"

namespace comity::views {
namespace {

/// The namespace of names that are URLs: RFC 9562 section 6.6.
crypto::Uuid url_namespace() {
  return crypto::parse_uuid("6ba7b811-9dad-11d1-80b4-00c04fd430c8").value();
}

}  // namespace

std::vector<TaxiiCollection> taxii_collections(std::string_view origin) {
  using query::Shelf;
  std::vector<TaxiiCollection> all{
      {.id = {},
       .alias = "statements",
       .title = "Public statements",
       .description = "Every public object that parties have filed, as they filed it: incidents, "
                      "claims, replies, evidence, responses, findings, norms, actors, identities.",
       .shelf = Shelf::statements},
      {.id = {},
       .alias = "incidents",
       .title = "Incidents",
       .description = "What happened: incidents alone, without what is said about them.",
       .shelf = Shelf::incidents},
      {.id = {},
       .alias = "norms",
       .title = "Norms",
       .description = "Agreed norms of behaviour in cyberspace, and the rulebooks they stand in.",
       .shelf = Shelf::norms},
      {.id = {},
       .alias = "cases",
       .title = "Case reports",
       .description = "Of each incident a report that names what is filed about it. The registry "
                      "derives it from the record and takes no side: each statement is the "
                      "statement of who filed it."}};
  for (TaxiiCollection& it : all)
    it.id = crypto::to_text(
        crypto::uuid_v5(url_namespace(),
                        fmt::format("https://{}/taxii2/public/collections/{}/", origin, it.alias)));
  return all;
}

const TaxiiCollection* find_collection(std::span<const TaxiiCollection> collections,
                                       std::string_view name) {
  const auto found = std::ranges::find_if(
      collections, [name](const auto& it) { return it.id == name || it.alias == name; });
  return found == collections.end() ? nullptr : &*found;
}

}  // namespace comity::views
