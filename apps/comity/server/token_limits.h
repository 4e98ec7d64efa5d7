#pragma once

#include <cstdint>
#include <mutex>
#include <span>
#include <unordered_map>

#include "server/request_rate.h"
#include "server/settings.h"
#include "token_file.h"

namespace comity::server {

/// The tokens that are known, and how many requests each has. Any thread.
class TokenLimits {
 public:
  using Clock = RequestBucket::Clock;
  enum class Answer : std::uint8_t { within, beyond, unknown };

  explicit TokenLimits(const Limits& limits) : limits_(limits) {}

  /// Knows these from now on and no other. Of one that it has known it keeps what is saved up.
  void replace(std::span<const cli::Token> tokens, Clock::time_point now = Clock::now());

  /// Whether one more request with the token of that hash may be answered now. The time that it
  /// takes to find it tells of the hash, from which nobody gets to a token.
  [[nodiscard]] Answer asked(const cli::TokenHash& token, Clock::time_point now = Clock::now());

 private:
  struct Known {
    RequestRate rate;
    RequestBucket bucket;
  };

  Limits limits_;
  std::mutex mutex_;  // guards what follows
  std::unordered_map<cli::TokenHash, Known, DigestHash> known_;
};

}  // namespace comity::server
