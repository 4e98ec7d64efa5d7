#pragma once

#include <memory>
#include <string>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include "server/environment.h"

namespace comity::server {

/// One connection from its beginning to its end, on its own, as long as something is under way on
/// it. Reads a request within the limits, has a worker answer it, writes the answer, and begins
/// again. Everything but `drain` is on the executor of its socket.
class Connection {
 public:
  Connection() = default;
  virtual ~Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  virtual void start() = 0;
  /// Ends it at once where it waits for a request, else after the answer. Any thread.
  virtual void drain() = 0;
};

/// A socket that was accepted, its place among the limits taken, which the connection gives back.
struct Accepted {
  boost::asio::ip::tcp::socket socket;
  boost::asio::ip::address peer;
  std::string counted_as;  ///< among the limits: empty where the peer is a proxy
};

[[nodiscard]] std::shared_ptr<Connection> make_connection(Accepted accepted,
                                                          Environment& environment);
/// With TLS; the context is the connection's own share, so that another may replace it.
[[nodiscard]] std::shared_ptr<Connection> make_tls_connection(
    Accepted accepted, Environment& environment,
    std::shared_ptr<boost::asio::ssl::context> context);

}  // namespace comity::server
