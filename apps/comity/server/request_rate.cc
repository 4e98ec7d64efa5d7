#include "server/request_rate.h"

#include <algorithm>

namespace comity::server {

bool RequestBucket::take(const RequestRate& rate, Clock::time_point now) {
  if (rate.per_second <= 0) return true;
  saved_ = filled(rate, now);
  at_ = now;
  if (saved_ < 1) return false;
  saved_ -= 1;
  return true;
}

double RequestBucket::filled(const RequestRate& rate, Clock::time_point now) const {
  const double passed = std::chrono::duration<double>(now - at_).count();
  return std::min(rate.burst, saved_ + passed * rate.per_second);
}

}  // namespace comity::server
