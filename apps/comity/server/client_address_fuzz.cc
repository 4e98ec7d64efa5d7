#include <algorithm>
#include <cstdint>

#include "server/client_address.h"
#include "tests/fuzz_target.h"

// Whatever a Forwarded field says: the client is the peer, or one of the addresses in it, and a
// peer that is no proxy is the client itself.
COMITY_FUZZ_TARGET(server_client_address_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  const std::string_view field(reinterpret_cast<const char*>(data), size);
  static const auto proxies = server::TrustedProxies::parse({"10.0.0.0/8", "fd00::/8"}).value();
  const auto address = [](const char* text) { return boost::asio::ip::make_address(text); };
  const auto said = server::forwarded_for(field);
  COMITY_ASSERT(said.size() <= 1 + static_cast<std::size_t>(std::ranges::count(field, ',')));
  const auto peer = address("10.0.0.1");
  const auto client = proxies.client_of(peer, {field});
  COMITY_ASSERT(client == peer || std::ranges::find(said, client) != said.end());
  COMITY_ASSERT(!server::limit_key(client).empty());
  const auto stranger = address("192.0.2.1");
  COMITY_ASSERT(proxies.client_of(stranger, {field}) == stranger);
  return 0;
}
