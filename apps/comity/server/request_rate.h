#pragma once

#include <chrono>

namespace comity::server {

/// How often somebody may ask.
struct RequestRate {
  double per_second = 0;  ///< on average; 0 = any number
  double burst = 0;       ///< that may be saved up; at least 1, or none is ever answered
};

/// What somebody has saved up: a bucket of `burst` requests that fills by `per_second`. It is given
/// the same rate each time, or a new one from some time on. One thread at a time.
class RequestBucket {
 public:
  using Clock = std::chrono::steady_clock;

  RequestBucket(const RequestRate& rate, Clock::time_point now) : saved_(rate.burst), at_(now) {}

  /// Takes one request out of it; false where there is none.
  [[nodiscard]] bool take(const RequestRate& rate, Clock::time_point now);
  [[nodiscard]] bool is_full(const RequestRate& rate, Clock::time_point now) const {
    return filled(rate, now) >= rate.burst;
  }

 private:
  [[nodiscard]] double filled(const RequestRate& rate, Clock::time_point now) const;

  double saved_;
  Clock::time_point at_;
};

}  // namespace comity::server
