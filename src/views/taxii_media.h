#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "views/message.h"

/// What all TAXII 2.1 answers have in common: their media type and their errors.
namespace comity::views {

/// TAXII 2.1 section 3.1, which takes it from 1.6.8.1.
inline constexpr std::string_view kTaxiiType = "application/taxii+json;version=2.1";

/// A response of that JSON, to be asked for again before it is used another time.
[[nodiscard]] Response taxii_response(std::string json);

/// An error message, section 3.6.1.
[[nodiscard]] Response taxii_error(const Error& error);

/// Refuses `media-type-unacceptable` where the Accept field takes no TAXII 2.1, section 3.1: a
/// range without version means any.
[[nodiscard]] Result<void> check_taxii_accept(const Request& request);

/// Refuses `media-type-unknown` where the body is no TAXII 2.1.
[[nodiscard]] Result<void> check_taxii_content(const Request& request);

}  // namespace comity::views
