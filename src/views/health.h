#pragma once

#include <functional>

#include "base/error.h"
#include "views/metrics.h"
#include "views/router.h"

namespace comity::views {

/// /healthz: the process answers. /readyz: it may be sent traffic; 503 says in a sentence why not.
/// Both answer at once, however many requests wait. /metrics: for Prometheus.
struct HealthParts {
  std::function<Result<void>()> ready;  ///< any thread; never waits
  const Metrics& metrics;
};

/// What the parts refer to outlives the router.
void add_health(Router& router, const HealthParts& parts);

}  // namespace comity::views
