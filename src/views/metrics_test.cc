#include "views/metrics.h"

#include <gtest/gtest.h>

namespace comity::views {
namespace {

TEST(Metrics, ArePrometheusText) {
  Metrics metrics;
  metrics.add_gauge("comity_log_entries", "Entries.", [] { return 7.0; });
  const Exchange exchange{.route = "/entries",
                          .method = "POST",
                          .status = 201,
                          .seconds = 0.007,
                          .request_bytes = 100,
                          .response_bytes = 30};
  metrics.count(exchange);
  metrics.count(exchange);
  metrics.count({.route = "", .method = "GET", .status = 404, .seconds = 40});
  const std::string text = metrics.print();
  for (const std::string_view line :
       {"# TYPE comity_log_entries gauge\ncomity_log_entries 7\n",
        "http_requests_total{route=\"/entries\",method=\"POST\",code=\"201\"} 2\n",
        "http_requests_total{route=\"none\",method=\"GET\",code=\"404\"} 1\n",
        "http_request_duration_seconds_bucket{route=\"/entries\",le=\"0.005\"} 0\n",
        "http_request_duration_seconds_bucket{route=\"/entries\",le=\"0.01\"} 2\n",
        "http_request_duration_seconds_bucket{route=\"none\",le=\"30\"} 0\n",
        "http_request_duration_seconds_bucket{route=\"none\",le=\"+Inf\"} 1\n",
        "http_request_duration_seconds_sum{route=\"/entries\"} 0.014\n",
        "http_request_duration_seconds_count{route=\"/entries\"} 2\n",
        "http_request_bytes_total 200\n", "http_response_bytes_total 60\n"})
    EXPECT_NE(text.find(line), std::string::npos) << line << "\n" << text;
}

TEST(Metrics, KnowTheProcess) {
  Metrics metrics;
  add_process_metrics(metrics);
  const std::string text = metrics.print();
  const auto value = [&](const std::string& name) {
    return std::stod(text.substr(text.find("\n" + name + " ") + name.size() + 2));
  };
  EXPECT_GT(value("process_resident_memory_bytes"), 1e6);
  EXPECT_GE(value("process_open_fds"), 3);
  EXPECT_GT(value("process_start_time_seconds"), 1.7e9);
}

}  // namespace
}  // namespace comity::views
