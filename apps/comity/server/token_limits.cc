#include "server/token_limits.h"

#include <utility>

namespace comity::server {
namespace {

RequestRate rate_of(const cli::Token& token, const Limits& limits) {
  const auto or_else = [](const std::optional<std::uint64_t>& own, double other) {
    return own ? static_cast<double>(*own) : other;
  };
  return {.per_second = or_else(token.requests_per_second, limits.token_requests_per_second),
          .burst = or_else(token.burst, limits.token_burst)};
}

}  // namespace

void TokenLimits::replace(std::span<const cli::Token> tokens, Clock::time_point now) {
  std::unordered_map<cli::TokenHash, Known, DigestHash> known;
  const std::scoped_lock lock(mutex_);
  for (const auto& token : tokens) {
    const RequestRate rate = rate_of(token, limits_);
    const auto before = known_.find(token.hash);
    const RequestBucket bucket =
        before == known_.end() ? RequestBucket(rate, now) : before->second.bucket;
    known.emplace(token.hash, Known{rate, bucket});
  }
  known_ = std::move(known);
}

TokenLimits::Answer TokenLimits::asked(const cli::TokenHash& token, Clock::time_point now) {
  const std::scoped_lock lock(mutex_);
  const auto found = known_.find(token);
  if (found == known_.end()) return Answer::unknown;
  return found->second.bucket.take(found->second.rate, now) ? Answer::within : Answer::beyond;
}

}  // namespace comity::server
