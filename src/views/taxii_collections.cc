#include "views/taxii_collections.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/bytes.h"
#include "crypto/sha256.h"
#include "crypto/uuid.h"

namespace comity::views {
namespace {

/// A UUID of version 4, as section 2 has `identifier`. Its 122 bits are pseudo-random by a hash of
/// the name instead of a generator, so that the same name has the same for ever.
std::string identifier_of(std::string_view name) {
  crypto::Uuid id;
  const auto hash = crypto::sha256(as_bytes(name));
  std::ranges::copy_n(hash.begin(), id.bytes.size(), id.bytes.begin());
  id.bytes[6] = (id.bytes[6] & std::byte{0x0f}) | std::byte{0x40};
  id.bytes[8] = (id.bytes[8] & std::byte{0x3f}) | std::byte{0x80};
  return crypto::to_text(id);
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
    it.id =
        identifier_of(fmt::format("https://{}/taxii2/public/collections/{}/", origin, it.alias));
  return all;
}

const TaxiiCollection* find_collection(std::span<const TaxiiCollection> collections,
                                       std::string_view name) {
  const auto found = std::ranges::find_if(
      collections, [name](const auto& it) { return it.id == name || it.alias == name; });
  return found == collections.end() ? nullptr : &*found;
}

}  // namespace comity::views
