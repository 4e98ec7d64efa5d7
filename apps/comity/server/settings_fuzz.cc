#include <cstdint>

#include "server/client_address.h"
#include "server/settings.h"
#include "tests/fuzz_target.h"

// Whatever a configuration says, it is refused by the one code, or within its bounds.
COMITY_FUZZ_TARGET(server_settings_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto settings = server::parse_settings(text);
  const auto checked =
      settings ? server::check_settings(*settings) : std::unexpected(settings.error());
  if (!checked) {
    COMITY_ASSERT(checked.error().code() == "config-malformed");
    return 0;
  }
  const server::Limits& limits = settings->limits;
  COMITY_ASSERT(!settings->listen.empty() && settings->io_threads > 0 && settings->readers > 0);
  COMITY_ASSERT(limits.header_bytes <= server::kMostHeaderBytes && limits.connections > 0);
  COMITY_ASSERT(limits.body_bytes < limits.body_bytes_in_flight);
  COMITY_ASSERT(limits.requests_per_second >= 0 && limits.burst >= 1);
  const auto proxies = server::TrustedProxies::parse(settings->proxies);
  COMITY_ASSERT(proxies || proxies.error().code() == "config-malformed");
  return 0;
}
