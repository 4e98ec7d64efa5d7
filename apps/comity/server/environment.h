#pragma once

#include <atomic>
#include <string>

#include "views/metrics.h"
#include "views/router.h"

#include "server/address_limits.h"
#include "server/body_budget.h"
#include "server/client_address.h"
#include "server/journal.h"
#include "server/settings.h"
#include "server/token_limits.h"
#include "server/worker_pool.h"

namespace comity::server {

/// What all connections share. Outlives them.
struct Environment {
  const Settings& settings;
  const views::Router& router;
  views::Metrics& metrics;
  Journal& journal;
  WorkerPool& readers;
  WorkerPool& writers;
  TrustedProxies proxies;
  std::string token_file = {};  ///< empty where there are no tokens
  AddressLimits addresses{settings.limits};
  TokenLimits tokens{settings.limits};
  BodyBudget bodies{settings.limits};
  std::atomic<bool> draining = false;
};

}  // namespace comity::server
