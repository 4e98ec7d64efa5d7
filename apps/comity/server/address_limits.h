#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>

#include "server/request_rate.h"
#include "server/settings.h"

namespace comity::server {

/// How many connections and requests each address has. Bounded itself: it remembers kAddresses at
/// most. Any thread.
class AddressLimits {
 public:
  using Clock = RequestBucket::Clock;
  static constexpr std::size_t kAddresses = 65'536;

  explicit AddressLimits(const Limits& limits) : limits_(limits) {}

  /// Whether one more connection may be had from there; then `closed` is owed.
  [[nodiscard]] bool opened(const std::string& address);
  void closed(const std::string& address);

  /// Whether one more request may be answered now, by `requests_per_second` and `burst`.
  [[nodiscard]] bool asked(const std::string& address, Clock::time_point now = Clock::now());

  /// All that are open.
  [[nodiscard]] std::size_t connections() const;

 private:
  void make_room(Clock::time_point now);
  [[nodiscard]] RequestRate rate() const { return {limits_.requests_per_second, limits_.burst}; }

  Limits limits_;
  mutable std::mutex mutex_;  // guards what follows
  std::size_t open_ = 0;
  std::unordered_map<std::string, std::size_t> connections_;
  std::unordered_map<std::string, RequestBucket> buckets_;
};

}  // namespace comity::server
