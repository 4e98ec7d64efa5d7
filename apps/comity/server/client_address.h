#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/ip/address.hpp>

#include "base/error.h"

namespace comity::server {

/// The proxies whose word about their clients is taken.
class TrustedProxies {
 public:
  /// From addresses and networks: "10.0.0.1", "10.0.0.0/8", "fd00::/8". Refuses `config-malformed`.
  [[nodiscard]] static Result<TrustedProxies> parse(const std::vector<std::string>& texts);

  [[nodiscard]] bool contains(const boost::asio::ip::address& address) const;

  /// Who asks: the peer, or where that is a trusted proxy, the last address in the Forwarded
  /// fields (RFC 7239, read from the end) that is none. What can't be read ends the search.
  [[nodiscard]] boost::asio::ip::address client_of(
      const boost::asio::ip::address& peer, const std::vector<std::string_view>& forwarded) const;

 private:
  struct Network {
    boost::asio::ip::address_v6 address;  ///< an IPv4 address is mapped
    unsigned bits = 128;
  };
  std::vector<Network> networks_;
};

/// The `for` addresses of one Forwarded field in their order; nothing for one that is unknown,
/// obfuscated or malformed, a quote that is never closed among that.
[[nodiscard]] std::vector<std::optional<boost::asio::ip::address>> forwarded_for(
    std::string_view field);

/// What limits count by: an IPv4 address, or the /64 of an IPv6 address.
[[nodiscard]] std::string limit_key(const boost::asio::ip::address& address);

}  // namespace comity::server
