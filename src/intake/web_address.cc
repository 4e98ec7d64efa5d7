#include "intake/web_address.h"

#include <algorithm>

namespace comity::intake {

std::optional<std::string> host_of(std::string_view url) {
  // The characters that RFC 3986 lets stand in an address.
  const bool printable = std::ranges::all_of(url, [](char c) {
    return c > ' ' && c < 0x7f && !std::string_view("\"<>\\^`{|}").contains(c);
  });
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!url.starts_with(scheme)) continue;
    const std::string_view rest = url.substr(scheme.size());
    const std::string_view host = rest.substr(0, rest.find('/'));
    if (printable && host.contains('.') && host.find_first_of("@:?#") == host.npos)
      return std::string(host);
  }
  return std::nullopt;
}

}  // namespace comity::intake
