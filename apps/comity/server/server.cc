#include "server/server.h"

#include <algorithm>
#include <csignal>
#include <deque>
#include <list>
#include <mutex>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>

#include "server/connection.h"
#include "server/tls.h"

namespace comity::server {
namespace {

namespace net = boost::asio;
using net::ip::tcp;

constexpr std::chrono::milliseconds kPause{100};
constexpr std::size_t kTurnedAway = 64;
constexpr std::string_view kBusy =
    "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\n"
    "Connection: close\r\n\r\n";

/// "127.0.0.1:8080" or "[::1]:8080".
Result<tcp::endpoint> parse_endpoint(const std::string& text) {
  const auto malformed = [&] {
    return refuse("config-malformed", "The configuration: " + text +
                                          " is no ADDRESS:PORT, such as 127.0.0.1:8080 or "
                                          "[::1]:8080.");
  };
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos || colon + 1 == text.size()) return malformed();
  std::string host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  boost::system::error_code error;
  const auto address = net::ip::make_address(host, error);
  const std::string port = text.substr(colon + 1);
  const bool digits = std::ranges::all_of(port, [](char c) { return c >= '0' && c <= '9'; });
  if (error || !digits || port.size() > 5 || std::stoul(port) > 65'535) return malformed();
  return tcp::endpoint(address, static_cast<std::uint16_t>(std::stoul(port)));
}

std::string print(const tcp::endpoint& endpoint, bool tls) {
  const std::string host = endpoint.address().to_string();
  return std::string(tls ? "https://" : "http://") +
         (endpoint.address().is_v6() ? "[" + host + "]" : host) + ":" +
         std::to_string(endpoint.port());
}

}  // namespace

class Server::Impl {
 public:
  explicit Impl(Environment& environment) : environment_(&environment) {}

  Result<void> open();
  [[nodiscard]] std::vector<std::string> addresses() const;
  void run();

 private:
  struct Listener {
    tcp::acceptor acceptor;
    net::steady_timer pause;
  };

  Result<void> listen(const std::string& text);
  void accept(Listener& listener);
  void accepted(tcp::socket socket);
  void turn_away(tcp::socket socket);
  void wait_for_signal();
  void begin_drain();
  void wait_for_drain(std::chrono::steady_clock::time_point end);
  Result<std::size_t> load_tokens();
  void reload();
  void reload_tokens();
  [[nodiscard]] bool tls() const { return environment_->settings.tls(); }

  Environment* environment_;
  net::io_context context_;
  // What accepts, and what signals do, is on one strand.
  net::strand<net::io_context::executor_type> strand_ = net::make_strand(context_);
  net::signal_set signals_{strand_, SIGTERM, SIGINT, SIGHUP};
  net::steady_timer timer_{strand_};
  std::list<Listener> listeners_;
  TlsContext tls_;
  std::deque<tcp::socket> turned_away_;               ///< kTurnedAway at most
  std::list<std::weak_ptr<Connection>> connections_;  ///< some of them gone
  std::size_t swept_ = 0;                             ///< how many were left at the last sweep
};

Result<void> Server::Impl::open() {
  if (tls())
    COMITY_CHECK(tls_.load(environment_->settings.certificate, environment_->settings.key));
  COMITY_CHECK(load_tokens());
  for (const std::string& text : environment_->settings.listen) COMITY_CHECK(listen(text));
  return {};
}

Result<void> Server::Impl::listen(const std::string& text) {
  COMITY_TRY(const auto endpoint, parse_endpoint(text));
  Listener& listener = listeners_.emplace_back(
      Listener{.acceptor = tcp::acceptor(strand_), .pause = net::steady_timer(strand_)});
  tcp::acceptor& acceptor = listener.acceptor;
  boost::system::error_code error;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(net::socket_base::reuse_address(true), error);
  if (!error && endpoint.address().is_v6()) acceptor.set_option(net::ip::v6_only(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(net::socket_base::max_listen_connections, error);
  if (error) return fail("Listening on " + text, error.value());
  return {};
}

std::vector<std::string> Server::Impl::addresses() const {
  std::vector<std::string> addresses;
  for (const Listener& listener : listeners_) {
    boost::system::error_code error;
    addresses.push_back(print(listener.acceptor.local_endpoint(error), tls()));
  }
  return addresses;
}

void Server::Impl::accept(Listener& listener) {
  listener.acceptor.async_accept(
      net::make_strand(context_),
      [this, &listener](boost::system::error_code error, tcp::socket socket) {
        if (error == net::error::operation_aborted || environment_->draining) return;
        if (!error) {
          accepted(std::move(socket));
          return accept(listener);
        }
        // Too many open files, or a connection that is gone already: others go on meanwhile.
        listener.pause.expires_after(kPause);
        listener.pause.async_wait([this, &listener](boost::system::error_code ended) {
          if (!ended) accept(listener);
        });
      });
}

void Server::Impl::accepted(tcp::socket socket) {
  boost::system::error_code error;
  const auto peer = socket.remote_endpoint(error).address();
  if (error) return;
  std::string counted_as = environment_->proxies.contains(peer) ? std::string{} : limit_key(peer);
  if (!environment_->addresses.opened(counted_as)) return turn_away(std::move(socket));
  socket.set_option(tcp::no_delay(true), error);
  Accepted taken{.socket = std::move(socket), .peer = peer, .counted_as = std::move(counted_as)};
  const auto connection = tls()
                              ? make_tls_connection(std::move(taken), *environment_, tls_.current())
                              : make_connection(std::move(taken), *environment_);
  if (connections_.size() > 2 * swept_ + 64) {
    std::erase_if(connections_, [](const auto& it) { return it.expired(); });
    swept_ = connections_.size();
  }
  connections_.push_back(connection);
  connection->start();
}

/// The answer is lost to many a client where a reset follows it, which a close with bytes unread
/// sends. So it is only said that no more comes, and the socket is kept until others need the
/// place.
void Server::Impl::turn_away(tcp::socket socket) {
  if (tls()) return;
  boost::system::error_code error;
  socket.non_blocking(true, error);
  socket.write_some(net::buffer(kBusy), error);
  socket.shutdown(tcp::socket::shutdown_send, error);
  turned_away_.push_back(std::move(socket));
  if (turned_away_.size() > kTurnedAway) turned_away_.pop_front();
}

void Server::Impl::wait_for_signal() {
  signals_.async_wait([this](boost::system::error_code error, int signal) {
    if (error) return;
    if (signal == SIGHUP)
      reload();
    else if (environment_->draining)
      return context_.stop();
    else
      begin_drain();
    wait_for_signal();
  });
}

/// How many there are. Where they can't be read, those that are known stay.
Result<std::size_t> Server::Impl::load_tokens() {
  if (environment_->token_file.empty()) return 0;
  COMITY_TRY(const auto tokens, cli::read_tokens(environment_->token_file));
  environment_->tokens.replace(tokens);
  return tokens.size();
}

void Server::Impl::reload_tokens() {
  const auto loaded = load_tokens();
  if (loaded)
    environment_->journal.write("tokens-reloaded", {{"tokens", *loaded}});
  else
    environment_->journal.write("tokens-kept", {{"detail", loaded.error().sentence()}});
}

void Server::Impl::reload() {
  reload_tokens();
  if (!tls()) return;
  const auto loaded = tls_.load(environment_->settings.certificate, environment_->settings.key);
  if (loaded)
    environment_->journal.write("certificate-reloaded");
  else
    environment_->journal.write("certificate-kept", {{"detail", loaded.error().sentence()}});
}

void Server::Impl::begin_drain() {
  environment_->draining = true;
  environment_->journal.write("draining", {{"connections", environment_->addresses.connections()}});
  for (Listener& listener : listeners_) {
    boost::system::error_code ignored;
    listener.acceptor.close(ignored);
    listener.pause.cancel();
  }
  turned_away_.clear();
  for (const auto& weak : connections_)
    if (const auto connection = weak.lock()) connection->drain();
  wait_for_drain(std::chrono::steady_clock::now() + environment_->settings.drain_time);
}

void Server::Impl::wait_for_drain(std::chrono::steady_clock::time_point end) {
  if (environment_->addresses.connections() == 0 || std::chrono::steady_clock::now() >= end)
    return context_.stop();
  timer_.expires_after(std::chrono::milliseconds(20));
  timer_.async_wait([this, end](boost::system::error_code error) {
    if (!error) wait_for_drain(end);
  });
}

void Server::Impl::run() {
  net::post(strand_, [this] {
    wait_for_signal();
    for (Listener& listener : listeners_) accept(listener);
  });
  std::vector<std::thread> threads;
  for (unsigned i = 1; i < environment_->settings.io_threads; ++i)
    threads.emplace_back([this] { context_.run(); });
  context_.run();
  for (auto& thread : threads) thread.join();
  // Nobody takes signals here any more, so that one more ends the process, whatever it waits for.
  boost::system::error_code ignored;
  signals_.remove(SIGTERM, ignored);
  signals_.remove(SIGINT, ignored);
}

Server::Server(Environment& environment) : impl_(std::make_unique<Impl>(environment)) {}
Server::~Server() = default;
Result<void> Server::open() { return impl_->open(); }
std::vector<std::string> Server::addresses() const { return impl_->addresses(); }
void Server::run() { impl_->run(); }

}  // namespace comity::server
