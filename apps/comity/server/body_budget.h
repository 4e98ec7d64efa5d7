#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>

#include "base/error.h"

#include "server/settings.h"

namespace comity::server {

/// Memory for the bodies of requests: `body_bytes_in_flight` for all, `body_bytes_per_address` of
/// it for one address. Taken as bodies arrive, not as they are announced. Any thread.
class BodyBudget {
 public:
  explicit BodyBudget(const Limits& limits) : limits_(limits) {}

  /// Refuses `too-many-requests` where the address would hold more than its share; a fault of
  /// EAGAIN where all would hold too much.
  Result<void> take(const std::string& address, std::size_t bytes);
  void give_back(const std::string& address, std::size_t bytes);

 private:
  Limits limits_;
  std::mutex mutex_;  // guards what follows
  std::size_t taken_ = 0;
  std::unordered_map<std::string, std::size_t> of_address_;  ///< none has 0
};

}  // namespace comity::server
