#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace comity::server {

using std::chrono::seconds;

/// The most that header_bytes may be: half of what a connection's buffer holds.
inline constexpr std::size_t kMostHeaderBytes = std::size_t{64} * 1024;

/// What a client may use of us. Every limit is enforced before the memory or time is spent.
struct Limits {
  std::size_t connections = 4096;
  std::size_t connections_per_address = 128;  ///< and requests of a proxy's client under way
  std::size_t header_bytes = std::size_t{16} * 1024;  ///< request line and fields together
  std::size_t header_fields = 100;
  std::size_t body_bytes = std::size_t{34} * 1024 * 1024;  ///< a filing has at most 32 MiB
  std::size_t body_bytes_in_flight = std::size_t{512} * 1024 * 1024;  ///< of all requests together
  std::size_t body_bytes_per_address = std::size_t{128} * 1024 * 1024;  ///< of the requests of one
  std::size_t queued_requests = 1024;  ///< waiting for a worker, of either kind
  std::size_t queued_filings = 16384;  ///< checked, and waiting for the log
  seconds tls_time{10};                ///< for a TLS handshake
  seconds header_time{10};     ///< from the first byte of a request to the end of its header
  seconds body_time{60};       ///< for a body
  seconds idle_time{60};       ///< from one request to the next
  seconds write_time{30};      ///< for each 64 KiB of a response
  seconds response_time{900};  ///< for a response in all
  std::size_t exports = 8;     ///< at a time
  std::size_t exports_per_address = 4;
  seconds question_time{30};               ///< for an answer of the record, or a part of an export
  double requests_per_second = 500;        ///< of an address, on average; 0 = any number
  double burst = 2000;                     ///< that it may save up
  double token_requests_per_second = 500;  ///< the same of a token that has no rate of its own
  double token_burst = 2000;

  bool operator==(const Limits&) const = default;
};

/// How a server is run: docs/operating/configuration.md.
struct Settings {
  std::vector<std::string> listen{"127.0.0.1:8080"};  ///< ADDRESS:PORT, [V6]:PORT
  std::string public_url;                             ///< "https://registry.example", or empty
  std::string contact;                                ///< whom to ask about the registry, or empty
  std::string certificate;                            ///< PEM files; both or neither
  std::string key;
  std::vector<std::string> proxies;  ///< addresses and networks whose Forwarded is believed
  unsigned io_threads = 1;
  unsigned readers = 2;  ///< threads for requests that read
  unsigned writers = 2;  ///< threads for requests that file
  seconds drain_time{30};
  bool journal_requests = false;  ///< a line for each request, not for failures alone
  Limits limits;

  bool operator==(const Settings&) const = default;
  [[nodiscard]] bool tls() const { return !certificate.empty(); }
};

/// Reads a TOML file over the given settings. Refuses `config-malformed`, naming line and key, for
/// what is no TOML, a key that there isn't, and a value of the wrong kind or out of bounds.
[[nodiscard]] Result<Settings> parse_settings(std::string_view toml, Settings settings = {});

/// What holds for settings whatever they come from. Refuses `config-malformed`.
[[nodiscard]] Result<void> check_settings(const Settings& settings);

}  // namespace comity::server
