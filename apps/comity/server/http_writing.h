#pragma once

#include "server/http_connection.h"

/// The second half of HttpConnection: from the response to the next request.
namespace comity::server {

template <class Derived>
void HttpConnection<Derived>::respond(views::Response response) {
  release(request_.body);
  give_back_body();
  if (environment_->draining) keep_alive_ = false;
  response_end_ = Clock::now() + limits().response_time;
  status_ = response.status;
  sent_ = 0;
  if (request_.method == views::Method::head || response.status == 304 || response.status == 204)
    return write_head_only(response);
  if (auto* text = std::get_if<std::string>(&response.body)) {
    if (text->size() <= kPiece) return write_text(std::move(response));
    response.body = source_of(std::move(*text));
  }
  write_source(std::move(response));
}

template <class Derived>
void HttpConnection<Derived>::make_response(http::response_header<> header) {
  serializer_.reset();
  written_.emplace(std::move(header));
  written_->body() = {.data = nullptr, .size = 0, .more = false};
  serializer_.emplace(*written_);
}

template <class Derived>
void HttpConnection<Derived>::write(Then then) {
  http::async_write(derived().stream(), *serializer_,
                    [self = self(), then](beast::error_code error, std::size_t) {
                      // The body, which goes on, has nothing at hand.
                      if (error == http::error::need_buffer) error = {};
                      ((*self).*then)(error);
                    });
}

template <class Derived>
void HttpConnection<Derived>::write_text(views::Response response) {
  make_response(header_of(response, {parser_->get().version(), keep_alive_}));
  text_ = std::move(std::get<std::string>(response.body));
  sent_ = text_.size();
  written_->content_length(sent_);
  if (sent_ > 0) written_->body() = {.data = text_.data(), .size = text_.size(), .more = false};
  begin_write();
  write(&HttpConnection::on_written);
}

template <class Derived>
void HttpConnection<Derived>::write_head_only(const views::Response& response) {
  make_response(header_of(response, {parser_->get().version(), keep_alive_}));
  const auto size = size_of(response.body);
  if (size && response.status != 304 && response.status != 204) written_->content_length(*size);
  begin_write();
  write(&HttpConnection::on_written);
}

template <class Derived>
void HttpConnection<Derived>::write_source(views::Response response) {
  const auto size = size_of(response.body);
  // HTTP/1.0 knows no chunks: there the end of the connection is the end of the body.
  if (!size && parser_->get().version() < 11) keep_alive_ = false;
  source_ = std::move(std::get<std::unique_ptr<views::BodySource>>(response.body));
  piece_.resize(kPiece);
  make_response(header_of(response, {parser_->get().version(), keep_alive_}));
  if (size) written_->content_length(*size);
  if (!size && parser_->get().version() >= 11) written_->chunked(true);
  written_->body().more = true;
  serializer_->split(true);  // the header at once
  begin_write();
  write(&HttpConnection::on_piece_written);
}

template <class Derived>
void HttpConnection<Derived>::read_piece() {
  if (source_->is_at_hand()) return write_piece(source_->read(piece_));
  // A response that has begun is read to its end, however many wait: it is bounded by the
  // connections.
  lowest().expires_never();
  environment_->readers.post([self = self()] {
    auto count = self->source_->read(self->piece_);
    net::post(self->derived().stream().get_executor(),
              [self, read = std::move(count)]() mutable { self->write_piece(std::move(read)); });
  });
}

template <class Derived>
void HttpConnection<Derived>::write_piece(Result<std::size_t> count) {
  if (!count) {
    // Half of it is sent: all that can still be said is that it is not whole.
    environment_->journal.write("fault", {{"detail", count.error().sentence()}});
    return on_written(net::error::connection_aborted);
  }
  if (Clock::now() >= response_end_) return on_written(beast::error::timeout);
  auto& body = written_->body();
  body.data = *count > 0 ? piece_.data() : nullptr;
  body.size = *count;
  body.more = *count > 0;
  sent_ += *count;
  begin_write();
  write(&HttpConnection::on_piece_written);
}

template <class Derived>
void HttpConnection<Derived>::on_piece_written(beast::error_code error) {
  if (!error && written_->body().more) return read_piece();
  on_written(error);
}

template <class Derived>
void HttpConnection<Derived>::on_written(beast::error_code error) {
  account(error);
  end_request();
  source_.reset();
  serializer_.reset();
  written_.reset();
  release(text_);
  release(piece_);
  if (error) return close_now();
  if (keep_alive_) return wait_for_request();
  if (parser_->is_done()) return derived().end();
  discard();
}

template <class Derived>
void HttpConnection<Derived>::account(beast::error_code error) {
  const std::chrono::duration<double> taken = Clock::now() - began_;
  environment_->metrics.count({.route = environment_->router.pattern_of(request_.target),
                               .method = name_of(request_.method),
                               .status = status_,
                               .seconds = taken.count(),
                               .request_bytes = body_size_,
                               .response_bytes = sent_});
  if (!environment_->settings.journal_requests && status_ < 500) return;
  environment_->journal.write("request", {{"address", client_.to_string()},
                                          {"method", name_of(request_.method)},
                                          {"target", request_.target},
                                          {"status", status_},
                                          {"bytes", sent_},
                                          {"milliseconds", taken.count() * 1000},
                                          {"whole", !error}});
}

/// Says that no more is sent, and reads a while what the client still sends, so that it reads the
/// answer before a reset (RFC 9112 section 9.6).
template <class Derived>
void HttpConnection<Derived>::discard() {
  beast::error_code ignored;
  if (discarded_ == 0) {
    piece_.resize(kPiece);
    lowest().socket().shutdown(net::ip::tcp::socket::shutdown_send, ignored);
    lowest().expires_after(kDiscardTime);
  }
  lowest().async_read_some(net::buffer(piece_),
                           [self = self()](beast::error_code error, std::size_t count) {
                             self->discarded_ += count;
                             if (error || self->discarded_ > kDiscarded) return self->close_now();
                             self->discard();
                           });
}

}  // namespace comity::server
