#include "views/metrics.h"

#include <iterator>

#include <fmt/format.h>

namespace comity::views {
namespace {

void print_head(std::string& to, std::string_view name, std::string_view help,
                std::string_view type) {
  fmt::format_to(std::back_inserter(to), "# HELP {0} {1}\n# TYPE {0} {2}\n", name, help, type);
}

/// A pattern of ours as a label: none has a quote, a backslash or a new line.
std::string_view label(std::string_view route) { return route.empty() ? "none" : route; }

}  // namespace

void Metrics::add_gauge(std::string name, std::string help, Value value) {
  read_.push_back({std::move(name), std::move(help), "gauge", std::move(value)});
}

void Metrics::add_counter(std::string name, std::string help, Value value) {
  read_.push_back({std::move(name), std::move(help), "counter", std::move(value)});
}

void Metrics::count(const Exchange& exchange) {
  const std::scoped_lock lock(mutex_);
  ++requests_[Key(label(exchange.route), exchange.method, exchange.status)];
  Duration& duration = durations_[std::string(label(exchange.route))];
  for (std::size_t i = 0; i < kBounds.size(); ++i)
    if (exchange.seconds <= kBounds[i]) ++duration.within[i];
  ++duration.count;
  duration.sum += exchange.seconds;
  request_bytes_ += exchange.request_bytes;
  response_bytes_ += exchange.response_bytes;
}

std::string Metrics::print() const {
  std::string text;
  const auto out = std::back_inserter(text);
  for (const Read& read : read_) {
    print_head(text, read.name, read.help, read.type);
    fmt::format_to(out, "{} {}\n", read.name, read.value());
  }
  const std::scoped_lock lock(mutex_);
  print_head(text, "http_requests_total", "Requests answered, by route, method and status.",
             "counter");
  for (const auto& [key, count] : requests_)
    fmt::format_to(out, "http_requests_total{{route=\"{}\",method=\"{}\",code=\"{}\"}} {}\n",
                   std::get<0>(key), std::get<1>(key), std::get<2>(key), count);
  print_head(text, "http_request_duration_seconds",
             "From the first byte of a request to the last of its response.", "histogram");
  for (const auto& [route, duration] : durations_) {
    for (std::size_t i = 0; i < kBounds.size(); ++i)
      fmt::format_to(out, "http_request_duration_seconds_bucket{{route=\"{}\",le=\"{}\"}} {}\n",
                     route, kBounds[i], duration.within[i]);
    fmt::format_to(out,
                   "http_request_duration_seconds_bucket{{route=\"{0}\",le=\"+Inf\"}} {1}\n"
                   "http_request_duration_seconds_sum{{route=\"{0}\"}} {2}\n"
                   "http_request_duration_seconds_count{{route=\"{0}\"}} {1}\n",
                   route, duration.count, duration.sum);
  }
  print_head(text, "http_request_bytes_total", "Bytes of bodies received.", "counter");
  fmt::format_to(out, "http_request_bytes_total {}\n", request_bytes_);
  print_head(text, "http_response_bytes_total", "Bytes of bodies sent.", "counter");
  fmt::format_to(out, "http_response_bytes_total {}\n", response_bytes_);
  return text;
}

}  // namespace comity::views
