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

  /// Whether one more connection may be had from there; then `closed` is owed. The empty address
  /// is a proxy's, which has as many as there are in all.
  [[nodiscard]] bool opened(const std::string& address);
  void closed(const std::string& address);

  /// Whether one more request of a proxy's client may be under way, of which an address has as many
  /// as connections; then `ended` is owed.
  [[nodiscard]] bool began(const std::string& address);
  void ended(const std::string& address);

  /// Whether one more request may be answered now, by `requests_per_second` and `burst`.
  [[nodiscard]] bool asked(const std::string& address, Clock::time_point now = Clock::now());

  /// All that are open.
  [[nodiscard]] std::size_t connections() const;

 private:
  using Counts = std::unordered_map<std::string, std::size_t>;  // none of them 0

  [[nodiscard]] bool add(Counts& counts, const std::string& address) const;
  static void take_away(Counts& counts, const std::string& address);
  void make_room(Clock::time_point now);
  [[nodiscard]] RequestRate rate() const { return {limits_.requests_per_second, limits_.burst}; }

  Limits limits_;
  mutable std::mutex mutex_;  // guards what follows
  std::size_t open_ = 0;
  Counts connections_;
  Counts requests_;
  std::unordered_map<std::string, RequestBucket> buckets_;
};

}  // namespace comity::server
