#pragma once

#include <cerrno>

#include "server/http_connection.h"

/// The first half of HttpConnection: from the first byte of a request to its handler.
namespace comity::server {

template <class Derived>
void HttpConnection<Derived>::wait_for_request() {
  parser_.emplace();
  parser_->header_limit(static_cast<std::uint32_t>(limits().header_bytes));
  parser_->body_limit(boost::none);  // set once the header is known
  release(request_);
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
  if (!environment_->addresses.asked(limit_key(client_)))
    return refuse_request(
        Refusal{"too-many-requests", "This address asks too often; ask again after a pause."});
  const std::size_t limit = request_.method == views::Method::post ? limits().body_bytes : 0;
  const auto length = parser_->content_length();
  if ((length && *length > limit) || (parser_->chunked() && limit == 0))
    return refuse_request(
        Refusal{"body-too-large", "The body of the request is larger than what is read here."});
  const std::size_t taken =
      parser_->chunked() ? limit : static_cast<std::size_t>(length.value_or(0));
  if (!environment_->bodies.take(taken))
    return refuse_request(Fault{"bodies of requests fill the memory set aside for them", EAGAIN});
  body_taken_ = taken;
  read_body(limit);
}

template <class Derived>
void HttpConnection<Derived>::read_body(std::size_t limit) {
  if (parser_->is_done()) return on_body({});
  parser_->body_limit(limit);
  lowest().expires_after(limits().body_time);
  const auto read = [self = self()] {
    http::async_read(self->derived().stream(), self->buffer_, *self->parser_,
                     [self](beast::error_code error, std::size_t) { self->on_body(error); });
  };
  const auto expect = parser_->get()[http::field::expect];
  if (!beast::iequals(expect, "100-continue")) return read();
  head_.emplace(http::status::continue_, 11);
  http::async_write(derived().stream(), *head_,
                    [self = self(), read](beast::error_code error, std::size_t) {
                      if (error) return self->on_read_error(error);
                      read();
                    });
}

template <class Derived>
void HttpConnection<Derived>::on_body(beast::error_code error) {
  if (error) return on_read_error(error);
  keep_alive_ = parser_->get().keep_alive();
  request_.body = std::move(parser_->get().body());
  body_size_ = request_.body.size();
  hand_over();
}

template <class Derived>
void HttpConnection<Derived>::hand_over() {
  lowest().expires_never();
  WorkerPool& pool =
      request_.method == views::Method::post ? environment_->writers : environment_->readers;
  const bool posted = pool.try_post([self = self()] {
    self->environment_->router.answer(self->request_, [self](views::Response response) {
      net::post(
          self->derived().stream().get_executor(),
          [self, answer = std::move(response)]() mutable { self->respond(std::move(answer)); });
    });
  });
  if (!posted) refuse_request(Fault{"more requests wait than may", EAGAIN});
}

template <class Derived>
void HttpConnection<Derived>::on_read_error(beast::error_code error) {
  keep_alive_ = false;
  if (error == http::error::header_limit)
    return refuse_request(
        Refusal{"fields-too-large", "The header of the request is longer than what is read."});
  if (error == http::error::body_limit)
    return refuse_request(
        Refusal{"body-too-large", "The body of the request is larger than what is read here."});
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
  // What is left of the request is not read, unless all of it was.
  respond(environment_->router.error(request_.target, error));
}

}  // namespace comity::server
