#include "views/target.h"

#include <algorithm>
#include <string>

#include <boost/url/authority_view.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include "base/bytes.h"

namespace comity::views {
namespace {

namespace urls = boost::urls;

/// In a text that was decoded.
bool is_plain(std::string_view text) { return !text.contains('\0') && is_utf8(text); }

std::unexpected<Error> malformed_target() {
  return refuse("target-malformed",
                "The target of the request is not a path with an optional query, percent-encoded "
                "UTF-8 without NUL; correct it.");
}

/// The text with the brackets of its query percent-encoded. RFC 3986 has none there, but TAXII's
/// match[type] does, and clients send it as it is written.
std::string without_brackets(std::string_view text) {
  const std::size_t query = std::min(text.find('?'), text.size());
  std::string plain(text.substr(0, query));
  for (const char c : text.substr(query)) {
    if (c == '[')
      plain += "%5B";
    else if (c == ']')
      plain += "%5D";
    else
      plain += c;
  }
  return plain;
}

/// The library lets a whole text be decoded at once, for which its encoding was checked.
template <class Encoded>
std::string decode(const Encoded& text, bool plus_is_space) {
  urls::encoding_opts options;
  options.space_as_plus = plus_is_space;
  return text.decode(options);
}

/// Where the authority begins, or 0.
std::size_t end_of_scheme(std::string_view text) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    const auto same = [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b + 32 : b); };
    if (std::ranges::equal(scheme, text.substr(0, scheme.size()), same)) return scheme.size();
  }
  return 0;
}

}  // namespace

std::string origin_form(std::string_view target) {
  const std::size_t begin = end_of_scheme(target);
  const std::size_t end = std::min(target.find_first_of("/?#", begin), target.size());
  const std::string_view name = target.substr(begin, end - begin);
  const auto authority = urls::parse_authority({name.data(), name.size()});
  if (begin == 0 || !authority || authority->host().empty() || authority->has_userinfo())
    return std::string(target);
  const std::string_view rest = target.substr(end);
  return rest.starts_with('/') ? std::string(rest) : "/" + std::string(rest);
}

Result<Target> parse_target(std::string_view text) {
  if (text.size() > kTargetBytes)
    return refuse("target-too-long",
                  "The target of the request has more than 8,192 bytes; shorten the query.");
  const std::string plain = without_brackets(text);
  const auto url = urls::parse_origin_form({plain.data(), plain.size()});
  if (!url) return malformed_target();
  Target target;
  const std::string_view path = text.substr(0, url->encoded_path().size());
  target.trailing_slash = path.ends_with('/');
  std::string_view rest = path.substr(1);
  if (target.trailing_slash && !rest.empty()) rest.remove_suffix(1);
  if (path != "/") {
    while (true) {
      const std::size_t end = std::min(rest.find('/'), rest.size());
      const auto segment = urls::make_pct_string_view({rest.data(), end});
      if (!segment) return malformed_target();
      target.path.push_back(decode(*segment, false));
      if (!is_plain(target.path.back())) return malformed_target();
      if (end == rest.size()) break;
      rest.remove_prefix(end + 1);
    }
  }
  for (const auto& param : url->encoded_params()) {
    if (param.key.empty() && !param.has_value) continue;  // "?", "a=1&"
    target.query.emplace_back(decode(param.key, true), decode(param.value, true));
    const auto& [name, value] = target.query.back();
    if (!is_plain(name) || !is_plain(value)) return malformed_target();
  }
  return target;
}

}  // namespace comity::views
