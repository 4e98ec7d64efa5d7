#include "server/exchange.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <ctime>
#include <iterator>

#include <boost/beast/core/string.hpp>

#include "views/status.h"
#include "views/target.h"

#include "bearer_token.h"

namespace comity::server {
namespace {

/// Fields that are lists, so that several of a name are one (RFC 9110 section 5.3).
constexpr std::array kLists{http::field::accept, http::field::accept_encoding,
                            http::field::cache_control, http::field::if_none_match};

std::string in_lower_case(std::string_view name) {
  std::string lowered(name);
  for (char& c : lowered)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lowered;
}

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

views::Method method_of(http::verb verb) {
  switch (verb) {
    case http::verb::get:
      return views::Method::get;
    case http::verb::head:
      return views::Method::head;
    case http::verb::post:
      return views::Method::post;
    case http::verb::delete_:
      return views::Method::remove;
    default:
      return views::Method::other;
  }
}

/// "Sun, 06 Nov 1994 08:49:37 GMT", the same in any locale.
std::string date_field() {
  static constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02d %s %d %02d:%02d:%02d GMT",
                kDays.at(static_cast<std::size_t>(utc.tm_wday)), utc.tm_mday,
                kMonths.at(static_cast<std::size_t>(utc.tm_mon)), utc.tm_year + 1900, utc.tm_hour,
                utc.tm_min, utc.tm_sec);
  return text.data();
}

std::unexpected<Error> malformed_request(const std::string& what) {
  return refuse("request-malformed", "The request is not HTTP/1.1 as it should be: " + what + ".");
}

/// Nobody before us may see the end of the body elsewhere than we do: what a proxy takes for a body
/// would be a request of its own here. RFC 9112 sections 6.1 and 6.3.
Result<void> check_framing(const http::request_header<>& header) {
  const auto codings = header.count(http::field::transfer_encoding);
  const auto lengths = header.count(http::field::content_length);
  if (lengths > 1) return malformed_request("it has two lengths");
  if (codings == 0) return {};
  if (lengths > 0) return malformed_request("it has both Content-Length and Transfer-Encoding");
  if (header.version() < 11) return malformed_request("HTTP/1.0 has no Transfer-Encoding");
  if (codings > 1 || !boost::beast::iequals(header[http::field::transfer_encoding], "chunked"))
    return malformed_request(
        "its Transfer-Encoding is not chunked alone, which is all that is read here");
  return {};
}

/// Nothing is unpacked here: what a packed body becomes has no bound that could be known before.
Result<void> check_coding(const http::request_header<>& header) {
  if (header.method() != http::verb::post) return {};
  const auto [first, last] = header.equal_range(http::field::content_encoding);
  const bool is_plain = std::all_of(first, last, [](const auto& field) {
    return field.value().empty() || boost::beast::iequals(field.value(), "identity");
  });
  if (is_plain) return {};
  return refuse("content-encoding-unsupported",
                "Bodies are read as they are and unpacked by nobody; send it without "
                "Content-Encoding.");
}

class Text final : public views::BodySource {
 public:
  explicit Text(std::string text) : text_(std::move(text)) {}

  Result<std::size_t> read(std::span<char> buffer) override {
    const std::size_t count = std::min(buffer.size(), text_.size() - position_);
    std::memcpy(buffer.data(), text_.data() + position_, count);
    position_ += count;
    return count;
  }
  [[nodiscard]] bool is_at_hand() const override { return true; }
  [[nodiscard]] std::optional<std::uint64_t> size() const override { return text_.size(); }

 private:
  std::string text_;
  std::size_t position_ = 0;
};

}  // namespace

views::Request request_of(const http::request_header<>& header) {
  views::Request request{.method = method_of(header.method()),
                         .target = views::origin_form(view(header.target())),
                         .fields = {},
                         .body = {}};
  for (const auto& field : header) {
    if (field.name() == http::field::authorization) continue;
    if (std::ranges::find(kLists, field.name()) != kLists.end()) continue;
    request.fields.add(in_lower_case(view(field.name_string())), std::string(view(field.value())));
  }
  for (const http::field list : kLists) {
    std::string joined;
    const auto [first, last] = header.equal_range(list);
    for (auto it = first; it != last; ++it)
      joined.append(it == first ? "" : ", ").append(view(it->value()));
    if (first != last) request.fields.add(in_lower_case(view(http::to_string(list))), joined);
  }
  return request;
}

Result<void> check_header(const http::request_header<>& header, const Limits& limits) {
  const auto fields = static_cast<std::size_t>(std::distance(header.begin(), header.end()));
  if (fields > limits.header_fields)
    return refuse("fields-too-large", "The request has more fields than are read; send fewer.");
  if (header.count(http::field::host) > 1 ||
      (header.version() > 10 && header.count(http::field::host) == 0))
    return malformed_request("it needs one Host field");
  if (header.count(http::field::content_type) > 1)
    return malformed_request("it has two Content-Types");
  if (header.count(http::field::authorization) > 1)
    return malformed_request("it has two Authorizations");
  COMITY_CHECK(check_framing(header));
  return check_coding(header);
}

std::vector<std::string_view> forwarded_of(const http::request_header<>& header) {
  std::vector<std::string_view> values;
  const auto [first, last] = header.equal_range(http::field::forwarded);
  for (auto it = first; it != last; ++it) values.push_back(view(it->value()));
  return values;
}

std::optional<std::string_view> bearer_token_of(const http::request_header<>& header) {
  const auto found = header.find(http::field::authorization);
  if (found == header.end()) return std::nullopt;
  return cli::bearer_token_in(view(found->value()));
}

std::string_view name_of(views::Method method) {
  switch (method) {
    case views::Method::get:
      return "GET";
    case views::Method::head:
      return "HEAD";
    case views::Method::post:
      return "POST";
    case views::Method::remove:
      return "DELETE";
    case views::Method::other:
      break;
  }
  return "other";
}

http::response_header<> header_of(const views::Response& response, const ResponseOptions& options) {
  http::response_header<> header;
  header.version(options.version);
  header.result(response.status);
  const std::string_view phrase = views::phrase_of(response.status);
  header.reason({phrase.data(), phrase.size()});
  for (const auto& [name, value] : response.fields) header.insert(name, value);
  header.set(http::field::date, date_field());
  header.set(http::field::server, "comity");
  header.set("x-content-type-options", "nosniff");
  // All that is served is public, and no cookie is ever asked for.
  header.set(http::field::access_control_allow_origin, "*");
  if (!options.keep_alive) header.set(http::field::connection, "close");
  if (options.keep_alive && options.version == 10)
    header.set(http::field::connection, "keep-alive");
  return header;
}

std::optional<std::uint64_t> size_of(const views::Body& body) {
  if (const auto* text = std::get_if<std::string>(&body)) return text->size();
  return std::get<std::unique_ptr<views::BodySource>>(body)->size();
}

std::unique_ptr<views::BodySource> source_of(std::string text) {
  return std::make_unique<Text>(std::move(text));
}

}  // namespace comity::server
