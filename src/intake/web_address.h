#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace comity::intake {

/// The host of a web address, which names the source; nothing where it is not a plain address:
/// http or https, characters of an address (RFC 3986), a host with a dot, no user or port.
[[nodiscard]] std::optional<std::string> host_of(std::string_view url);

}  // namespace comity::intake
