#include "views/api_answer.h"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/bytes.h"
#include "views/accept.h"

namespace comity::views {
namespace {

/// Whether the list of tags has it; those of ours have no commas.
bool has_tag(std::string_view list, std::string_view tag) {
  const auto opaque = [](std::string_view text) {
    return text.starts_with("W/") ? text.substr(2) : text;
  };
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    std::string_view one = list.substr(0, comma);
    list.remove_prefix(std::min(comma + 1, list.size()));
    while (!one.empty() && (one.front() == ' ' || one.front() == '\t')) one.remove_prefix(1);
    while (!one.empty() && (one.back() == ' ' || one.back() == '\t')) one.remove_suffix(1);
    if (one == "*" || opaque(one) == opaque(tag)) return true;
  }
  return false;
}

}  // namespace

std::string entity_tag(const query::Snapshot& snapshot, std::string_view maker) {
  constexpr std::size_t kDigestBytes = 8;
  const record::Stamp& stamp = snapshot.stamp();
  return fmt::format("W/\"{}-{}-{}\"", stamp.size,
                     to_hex(ByteView(stamp.digest.view()).first(kDigestBytes)), maker);
}

Result<void> check_accept(const Request& request, std::string_view type) {
  const std::array<std::string_view, 1> offered{type};
  if (choose(request.fields.find("accept"), offered)) return {};
  return refuse("media-type-unacceptable",
                fmt::format("Answers here are {}; name it in the Accept field.", type));
}

std::optional<Response> not_modified(const Request& request, const std::string& tag) {
  const auto known = request.fields.find("if-none-match");
  if (!known || !has_tag(*known, tag)) return std::nullopt;
  Response response{.status = 304, .fields = {}, .body = {}};
  response.fields.add("etag", tag);
  response.fields.add("cache-control", "no-cache");
  return response;
}

Response tagged(std::string_view type, const std::string& tag, Body body) {
  Response response{.status = 200, .fields = {}, .body = std::move(body)};
  response.fields.add("content-type", std::string(type));
  response.fields.add("etag", tag);
  response.fields.add("cache-control", "no-cache");
  return response;
}

std::string text_of(const query::Json& json) {
  return json.dump(-1, ' ', false, query::Json::error_handler_t::replace) + "\n";
}

}  // namespace comity::views
