#pragma once

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/write.hpp>

#include "server/connection.h"
#include "server/exchange.h"

namespace comity::server {

namespace beast = boost::beast;
namespace net = boost::asio;

/// Leaves nothing of it, its memory included, which assigning {} may keep: a connection that waits
/// for its next request holds nothing of the last.
template <class T>
void release(T& it) {
  T nothing{};
  std::swap(it, nothing);
}

/// HTTP/1.1 on a stream, plain or under TLS: `Derived` has `stream()`, `begin()`, which calls
/// `wait_for_request()`, and `end()`, which closes. The handlers of one connection follow one
/// another; each holds the connection alive.
template <class Derived>
class HttpConnection : public Connection, public std::enable_shared_from_this<Derived> {
  friend Derived;
  HttpConnection(const Accepted& accepted, Environment& environment)
      : environment_(&environment), peer_(accepted.peer), counted_as_(accepted.counted_as) {}

 public:
  // NOLINTNEXTLINE(bugprone-exception-escape): of a mutex alone, and then the server may end
  ~HttpConnection() override {
    give_back_body();
    end_request();
    environment_->addresses.closed(counted_as_);
  }

  void start() override {
    net::dispatch(derived().stream().get_executor(), [self = self()] { self->begin(); });
  }
  void drain() override {
    net::post(derived().stream().get_executor(), [self = self()] {
      if (self->waiting_) self->close_now();
    });
  }

 protected:
  using Clock = std::chrono::steady_clock;
  using Parser = http::request_parser<http::buffer_body>;
  using Written = http::response<http::buffer_body>;

  /// Above it a text goes in pieces too, so that a slow reader must show that it goes on reading.
  static constexpr std::size_t kPiece = std::size_t{64} * 1024;
  static constexpr std::size_t kDiscarded = std::size_t{1024} * 1024;
  static constexpr seconds kDiscardTime{2};

  [[nodiscard]] const Limits& limits() const { return environment_->settings.limits; }
  [[nodiscard]] std::shared_ptr<Derived> self() { return this->shared_from_this(); }
  Derived& derived() { return static_cast<Derived&>(*this); }
  auto& lowest() { return beast::get_lowest_layer(derived().stream()); }

  void close_now() {
    beast::error_code ignored;
    lowest().socket().shutdown(net::ip::tcp::socket::shutdown_both, ignored);
    lowest().close();
  }

  void wait_for_request();
  void read_header();
  void on_header(beast::error_code error);
  Result<void> begin_request();
  void read_body();
  void on_continue_written(beast::error_code error);
  void read_some_body();
  Result<void> make_room();
  void hand_over();
  void on_read_error(beast::error_code error);

  /// Answers without a handler; the connection ends where the body was not read.
  void refuse_request(const Error& error);
  void respond(views::Response response);
  void begin_write() {
    lowest().expires_at(std::min(Clock::now() + limits().write_time, response_end_));
  }
  using Then = void (HttpConnection::*)(beast::error_code);
  /// Begins a response: `written_` with this header and, until it is given one, no body.
  void make_response(http::response_header<> header);
  /// Writes what there is of `written_`. Everything is written here, with one type of body: what
  /// Beast makes of each takes a compiler long.
  void write(Then then);
  void write_text(views::Response response);
  void write_head_only(const views::Response& response);
  void write_source(views::Response response);
  void read_piece();
  void write_piece(Result<std::size_t> count);
  void on_piece_written(beast::error_code error);
  void on_written(beast::error_code error);
  void account(beast::error_code error);
  void discard();

  void give_back_body() {
    if (body_taken_ == 0) return;
    environment_->bodies.give_back(limit_key(client_), std::exchange(body_taken_, 0));
  }
  void end_request() {
    if (std::exchange(counted_, false)) environment_->addresses.ended(limit_key(client_));
  }

  Environment* environment_;
  net::ip::address peer_;
  std::string counted_as_;  ///< empty where the peer is a proxy
  beast::flat_buffer buffer_{2 * kMostHeaderBytes};
  std::optional<Parser> parser_;
  bool waiting_ = false;  ///< for the first byte of a request

  // Of the request under way.
  views::Request request_;
  net::ip::address client_;
  Clock::time_point began_;
  bool counted_ = false;  ///< as one of client_
  std::size_t body_limit_ = 0;
  std::size_t body_taken_ = 0;  ///< of the budget, by client_
  std::size_t body_size_ = 0;   ///< that has come, at the front of request_.body
  bool keep_alive_ = false;

  // Of its response.
  Clock::time_point response_end_;  ///< when it has taken too long in all
  unsigned status_ = 0;
  std::uint64_t sent_ = 0;
  std::string text_;  ///< its body, where that is no source
  std::unique_ptr<views::BodySource> source_;
  std::optional<Written> written_;
  std::optional<http::response_serializer<http::buffer_body>> serializer_;
  std::vector<char> piece_;  ///< empty but while something goes through it
  std::size_t discarded_ = 0;
};

}  // namespace comity::server
