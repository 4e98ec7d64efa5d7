#pragma once

#include <algorithm>
#include <cerrno>
#include <utility>

#include "server/http_connection.h"
#include "server/request_count.h"

/// The first half of HttpConnection: from the first byte of a request to its handler.
namespace comity::server {

inline Error body_too_large() {
  return Refusal{"body-too-large", "The body of the request is larger than what is read here."};
}

template <class Derived>
void HttpConnection<Derived>::wait_for_request() {
  parser_.emplace();
  parser_->header_limit(static_cast<std::uint32_t>(limits().header_bytes));
  parser_->body_limit(boost::none);  // make_room knows it
  release(request_);
  client_ = peer_;  // until a header says more
  body_size_ = 0;
  if (environment_->draining) return derived().end();
  if (buffer_.size() > 0) return read_header();
  waiting_ = true;
  lowest().expires_after(limits().idle_time);
  derived().stream().async_read_some(buffer_.prepare(4096),
                                     [self = self()](beast::error_code error, std::size_t count) {
                                       self->waiting_ = false;
                                       if (error) return self->on_read_error(error);
                                       self->buffer_.commit(count);
                                       self->read_header();
                                     });
}

template <class Derived>
void HttpConnection<Derived>::read_header() {
  began_ = Clock::now();
  lowest().expires_after(limits().header_time);
  http::async_read_header(
      derived().stream(), buffer_, *parser_,
      [self = self()](beast::error_code error, std::size_t) { self->on_header(error); });
}

template <class Derived>
void HttpConnection<Derived>::on_header(beast::error_code error) {
  if (error) return on_read_error(error);
  const auto& header = parser_->get();
  keep_alive_ = false;  // until the request is known to be whole and sound
  request_ = request_of(header);
  client_ = environment_->proxies.client_of(peer_, forwarded_of(header));
  if (auto checked = check_header(header, limits()); !checked)
    return refuse_request(checked.error());
  request_.client = limit_key(client_);
  if (auto counted = count_request(bearer_token_of(header), request_.client, environment_->tokens,
                                   environment_->addresses);
      !counted)
    return refuse_request(counted.error());
  if (auto begun = begin_request(); !begun) return refuse_request(begun.error());
  // No route has these methods, whatever their body is.
  if (request_.method == views::Method::other) return hand_over();
  body_limit_ = request_.method == views::Method::post ? limits().body_bytes : 0;
  const auto length = parser_->content_length();
  if ((length && *length > body_limit_) || (parser_->chunked() && body_limit_ == 0))
    return refuse_request(body_too_large());
  read_body();
}

/// The connections of a proxy are those of all its clients, so that what one of them takes is known
/// by its requests alone.
template <class Derived>
Result<void> HttpConnection<Derived>::begin_request() {
  if (!counted_as_.empty()) return {};
  counted_ = environment_->addresses.began(request_.client);
  if (counted_) return {};
  return refuse("too-many-requests",
                "This address has more requests under way than it may; let earlier ones end.");
}

template <class Derived>
void HttpConnection<Derived>::read_body() {
  lowest().expires_after(limits().body_time);
  // HTTP/1.0 knows no answer before the answer (RFC 9110 section 10.1.1).
  const auto& header = parser_->get();
  const bool waits =
      header.version() >= 11 && beast::iequals(header[http::field::expect], "100-continue");
  if (parser_->is_done() || !waits) return read_some_body();
  http::response_header<> go_on;
  go_on.version(11);
  go_on.result(http::status::continue_);
  make_response(std::move(go_on));
  write(&HttpConnection::on_continue_written);
}

template <class Derived>
void HttpConnection<Derived>::on_continue_written(beast::error_code error) {
  if (error) return on_read_error(error);
  read_some_body();
}

/// Reads until the room for the body is full, makes more, and so on to its end.
template <class Derived>
void HttpConnection<Derived>::read_some_body() {
  if (body_size_ > body_limit_) return refuse_request(body_too_large());
  if (parser_->is_done()) return hand_over();
  if (body_size_ == request_.body.size())
    if (auto made = make_room(); !made) return refuse_request(made.error());
  auto& room = parser_->get().body();
  room.data = request_.body.data() + body_size_;
  room.size = request_.body.size() - body_size_;
  http::async_read(
      derived().stream(), buffer_, *parser_, [self = self()](beast::error_code error, std::size_t) {
        self->body_size_ = self->request_.body.size() - self->parser_->get().body().size;
        if (error && error != http::error::need_buffer) return self->on_read_error(error);
        self->read_some_body();
      });
}

/// Twice as much as there is, so that who announces much and sends little has little. A chunked
/// body gets a byte more than it may have, by which one that is too large is known.
template <class Derived>
Result<void> HttpConnection<Derived>::make_room() {
  const auto length = parser_->content_length();
  const std::size_t most = length ? static_cast<std::size_t>(*length) : body_limit_ + 1;
  const std::size_t room = std::min(most, std::max(kPiece, 2 * body_size_));
  COMITY_CHECK(environment_->bodies.take(limit_key(client_), room - body_taken_));
  body_taken_ = room;
  request_.body.resize(room);
  return {};
}

template <class Derived>
void HttpConnection<Derived>::hand_over() {
  keep_alive_ = parser_->is_done() && parser_->get().keep_alive();
  request_.body.resize(body_size_);
  lowest().expires_never();
  auto answer = [self = self()] {
    self->environment_->router.answer(self->request_, [self](views::Response response) {
      net::post(
          self->derived().stream().get_executor(),
          [self, answer = std::move(response)]() mutable { self->respond(std::move(answer)); });
    });
  };
  if (environment_->router.answers_at_once(request_)) return answer();
  WorkerPool& pool =
      request_.method == views::Method::post ? environment_->writers : environment_->readers;
  const bool posted = pool.try_post(std::move(answer));
  if (!posted) refuse_request(Fault{"more requests wait than may", EAGAIN});
}

template <class Derived>
void HttpConnection<Derived>::on_read_error(beast::error_code error) {
  keep_alive_ = false;
  if (error == http::error::header_limit)
    return refuse_request(
        Refusal{"fields-too-large", "The header of the request is longer than what is read."});
  const bool begun = parser_ && buffer_.size() + request_.target.size() > 0;
  if (error == beast::error::timeout) return close_now();
  if (error == http::error::end_of_stream || error == net::error::eof) return derived().end();
  const bool is_http = error.category() == make_error_code(http::error::bad_target).category();
  if (!is_http || error == http::error::partial_message || !begun) return close_now();
  refuse_request(Refusal{"request-malformed",
                         "The request is not HTTP/1.1 as it should be: " + error.message() + "."});
}

template <class Derived>
void HttpConnection<Derived>::refuse_request(const Error& error) {
  views::Response response = environment_->router.error(request_.target, error);
  // RFC 9110 section 15.5.16.
  if (error.code() == "content-encoding-unsupported")
    response.fields.add("accept-encoding", "identity");
  // RFC 6750 section 3.
  if (error.code() == "token-unknown")
    response.fields.add("www-authenticate", "Bearer error=\"invalid_token\"");
  // What is left of the request is not read, unless all of it was.
  respond(std::move(response));
}

}  // namespace comity::server
