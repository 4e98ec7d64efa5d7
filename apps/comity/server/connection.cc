#include "server/connection.h"

#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include "server/http_connection.h"
#include "server/http_reading.h"
#include "server/http_writing.h"

namespace comity::server {
namespace {

class PlainConnection final : public HttpConnection<PlainConnection> {
 public:
  PlainConnection(Accepted accepted, Environment& environment)
      : HttpConnection(accepted, environment), stream_(std::move(accepted.socket)) {}

  beast::tcp_stream& stream() { return stream_; }
  void begin() { wait_for_request(); }
  void end() { close_now(); }

 private:
  friend class HttpConnection<PlainConnection>;
  beast::tcp_stream stream_;
};

class TlsConnection final : public HttpConnection<TlsConnection> {
 public:
  TlsConnection(Accepted accepted, Environment& environment,
                std::shared_ptr<net::ssl::context> context)
      : HttpConnection(accepted, environment),
        context_(std::move(context)),
        stream_(std::move(accepted.socket), *context_) {}

  beast::ssl_stream<beast::tcp_stream>& stream() { return stream_; }

  void begin() {
    lowest().expires_after(limits().tls_time);
    stream_.async_handshake(net::ssl::stream_base::server,
                            [self = self()](beast::error_code error) {
                              if (error) return self->close_now();
                              self->wait_for_request();
                            });
  }

  /// With TLS's own farewell, so that the client knows that nothing was cut off.
  void end() {
    lowest().expires_after(kDiscardTime);
    stream_.async_shutdown([self = self()](beast::error_code) { self->close_now(); });
  }

 private:
  friend class HttpConnection<TlsConnection>;
  std::shared_ptr<net::ssl::context> context_;
  beast::ssl_stream<beast::tcp_stream> stream_;
};

}  // namespace

std::shared_ptr<Connection> make_connection(Accepted accepted, Environment& environment) {
  return std::make_shared<PlainConnection>(std::move(accepted), environment);
}

std::shared_ptr<Connection> make_tls_connection(
    Accepted accepted, Environment& environment,
    std::shared_ptr<boost::asio::ssl::context> context) {
  return std::make_shared<TlsConnection>(std::move(accepted), environment, std::move(context));
}

}  // namespace comity::server
