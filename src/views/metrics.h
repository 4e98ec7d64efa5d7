#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace comity::views {

/// What one request came to.
struct Exchange {
  std::string_view route;   ///< the router's pattern, "" where none fits: never what a client wrote
  std::string_view method;  ///< "GET", "HEAD", "POST" or "other"
  unsigned status = 0;
  double seconds = 0;  ///< from the first byte of the request to the last of the response
  std::uint64_t request_bytes = 0;
  std::uint64_t response_bytes = 0;
};

/// Counts for Prometheus, in its text format (version 0.0.4), with its names: base units, counters
/// that end in _total. Any thread.
class Metrics {
 public:
  using Value = std::function<double()>;

  /// A gauge or a counter that is read when it is asked for. Before the metrics are used.
  void add_gauge(std::string name, std::string help, Value value);
  void add_counter(std::string name, std::string help, Value value);

  void count(const Exchange& exchange);

  [[nodiscard]] std::string print() const;

 private:
  static constexpr std::array<double, 9> kBounds{0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30};

  struct Read {
    std::string name;
    std::string help;
    std::string_view type;
    Value value;
  };
  struct Duration {
    std::array<std::uint64_t, kBounds.size()> within{};  ///< each bound counts those below it too
    std::uint64_t count = 0;
    double sum = 0;
  };
  using Key = std::tuple<std::string, std::string, unsigned>;  // route, method, status

  std::vector<Read> read_;
  mutable std::mutex mutex_;  // guards what follows
  std::map<Key, std::uint64_t> requests_;
  std::map<std::string, Duration, std::less<>> durations_;  // by route
  std::uint64_t request_bytes_ = 0;
  std::uint64_t response_bytes_ = 0;
};

/// CPU, memory, open files and start of this process, under Prometheus's own names.
void add_process_metrics(Metrics& metrics);

}  // namespace comity::views
