#pragma once

#include <string_view>

#include "base/error.h"

/// The one place where errors become HTTP status codes.
namespace comity::views {

/// 4xx for a refusal, by its code, 400 where none is listed; 500 for a fault, 503 for one that says
/// that we are overloaded (error_number EAGAIN).
[[nodiscard]] unsigned status_of(const Error& error);

/// "Not Found": the phrase of RFC 9110 section 15, "" where it has none.
[[nodiscard]] std::string_view phrase_of(unsigned status);

/// Seconds after which it makes sense to ask again, for Retry-After; 0 where it doesn't.
[[nodiscard]] unsigned retry_after(unsigned status);

}  // namespace comity::views
