#pragma once

#include <atomic>
#include <cstddef>
#include <functional>

#include "views/metrics.h"
#include "views/router.h"

#include "server/address_limits.h"
#include "server/client_address.h"
#include "server/journal.h"
#include "server/settings.h"
#include "server/worker_pool.h"

namespace comity::server {

/// Bytes of bodies that all connections may hold at once.
class BodyBudget {
 public:
  explicit BodyBudget(std::size_t bytes) : left_(static_cast<std::int64_t>(bytes)) {}

  [[nodiscard]] bool take(std::size_t bytes) {
    if (left_.fetch_sub(static_cast<std::int64_t>(bytes)) >= static_cast<std::int64_t>(bytes))
      return true;
    give_back(bytes);
    return false;
  }
  void give_back(std::size_t bytes) { left_.fetch_add(static_cast<std::int64_t>(bytes)); }

 private:
  std::atomic<std::int64_t> left_;
};

/// What all connections share. Outlives them.
struct Environment {
  const Settings& settings;
  const views::Router& router;
  views::Metrics& metrics;
  Journal& journal;
  WorkerPool& readers;
  WorkerPool& writers;
  TrustedProxies proxies;
  AddressLimits addresses{settings.limits};
  BodyBudget bodies{settings.limits.body_bytes_in_flight};
  std::atomic<bool> draining = false;
};

}  // namespace comity::server
