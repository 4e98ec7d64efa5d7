#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "base/error.h"
#include "views/target.h"

#include "query/published.h"

namespace comity::views {

/// Items of a page where the client names no limit, or a greater one.
inline constexpr std::size_t kTaxiiPage = 1000;

/// The parameters of a request for objects, manifest or versions: TAXII 2.1 section 3.4.
struct TaxiiFilters {
  query::PublishedFilter published;  ///< its shelf is not set here
  std::size_t limit = kTaxiiPage;    ///< 1 to kTaxiiPage
  bool other_spec_version = false;   ///< none is to be STIX 2.1, as all of the record is
};

/// Reads them. `fields` are those that `match[...]` may have at that endpoint ("id", "type").
/// Parameters of other names mean nothing, as anywhere in HTTP, nor does a match of a field that
/// the standard does not define.
///
/// Refuses `taxii-filter-malformed`: a parameter that stands there twice, a match of a field that
/// other endpoints have, an empty value, a version twice or beside `all`, a limit that is no
/// positive number, a time that is none, a `next` that no answer had.
[[nodiscard]] Result<TaxiiFilters> parse_taxii_filters(const Target& target,
                                                       std::span<const std::string_view> fields);

/// The place as `next` has it: "17-3", or "17-3-2" with a part. It says where a client is, and
/// nothing is kept of it.
[[nodiscard]] std::string print_next(const query::FeedPlace& place);

}  // namespace comity::views
