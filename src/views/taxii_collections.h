#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "query/published.h"

namespace comity::views {

/// A collection of the public API root: a shelf of the record, or its cases. TAXII 2.1 section
/// 5.2.1.
struct TaxiiCollection {
  std::string id;  ///< the same for the same registry for ever
  std::string_view alias;
  std::string_view title;
  std::string_view description;
  std::optional<query::Shelf> shelf = {};  ///< nothing: cases
};

/// Those of the registry of that origin, in their order.
[[nodiscard]] std::vector<TaxiiCollection> taxii_collections(std::string_view origin);

/// The collection of that id or alias, or null.
[[nodiscard]] const TaxiiCollection* find_collection(std::span<const TaxiiCollection> collections,
                                                     std::string_view name);

}  // namespace comity::views
