#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/message.hpp>

#include "views/message.h"

#include "server/settings.h"

/// Between the library's messages and those of the views.
namespace comity::server {

namespace http = boost::beast::http;

/// The head of a request as handlers see it. Fields of one name that are lists are joined, and
/// Authorization is left out: it is nobody's business but that of who counts requests.
[[nodiscard]] views::Request request_of(const http::request_header<>& header);

/// What must hold of a header before anything is done with it, beyond what the library's parser
/// has seen to. Refuses `fields-too-large`, and `request-malformed` for a missing or second Host, a
/// second Content-Type or Authorization, or a body whose end is said in two ways or in one that is
/// not known here; `content-encoding-unsupported` for what is posted in any coding but identity.
[[nodiscard]] Result<void> check_header(const http::request_header<>& header, const Limits& limits);

/// The values of the Forwarded fields, in their order.
[[nodiscard]] std::vector<std::string_view> forwarded_of(const http::request_header<>& header);

/// The bearer token that the request comes with; nothing where it has none.
[[nodiscard]] std::optional<std::string_view> bearer_token_of(const http::request_header<>& header);

/// "GET", "HEAD", "POST" or "other".
[[nodiscard]] std::string_view name_of(views::Method method);

struct ResponseOptions {
  unsigned version = 11;
  bool keep_alive = true;
};

/// Status line and fields: those of the response, and those that are of the connection or of every
/// response. Without what says how long the body is.
[[nodiscard]] http::response_header<> header_of(const views::Response& response,
                                                const ResponseOptions& options);

/// How many bytes the body has, where that is known.
[[nodiscard]] std::optional<std::uint64_t> size_of(const views::Body& body);

/// A text as a body that is sent in pieces.
[[nodiscard]] std::unique_ptr<views::BodySource> source_of(std::string text);

}  // namespace comity::server
