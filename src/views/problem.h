#pragma once

#include "base/error.h"
#include "views/message.h"

/// Errors as responses: the status of status.h, with Retry-After where it makes sense to ask again.
/// A fault's sentence is for the journal; the client gets a general one.
namespace comity::views {

/// application/problem+json, RFC 9457: type, title, status, detail, and the refusal's `code`.
[[nodiscard]] Response problem(const Error& error);

/// application/concise-problem-details+cbor, RFC 9290: title (the refusal's code), detail and
/// response code. For SCRAPI.
[[nodiscard]] Response concise_problem(const Error& error);

/// The sentence that a client is told.
[[nodiscard]] std::string detail_of(const Error& error);

/// A response of that status without a body, Retry-After included.
[[nodiscard]] Response status_response(unsigned status);

}  // namespace comity::views
