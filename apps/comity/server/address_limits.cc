#include "server/address_limits.h"

namespace comity::server {

bool AddressLimits::opened(const std::string& address) {
  const std::scoped_lock lock(mutex_);
  if (open_ >= limits_.connections) return false;
  std::size_t& count = connections_[address];
  if (count >= limits_.connections_per_address) return false;
  ++count;
  ++open_;
  return true;
}

void AddressLimits::closed(const std::string& address) {
  const std::scoped_lock lock(mutex_);
  --open_;
  const auto found = connections_.find(address);
  if (--found->second == 0) connections_.erase(found);
}

bool AddressLimits::asked(const std::string& address, Clock::time_point now) {
  if (limits_.requests_per_second <= 0) return true;
  const std::scoped_lock lock(mutex_);
  if (buckets_.size() >= kAddresses && !buckets_.contains(address)) make_room(now);
  return buckets_.try_emplace(address, rate(), now).first->second.take(rate(), now);
}

std::size_t AddressLimits::connections() const {
  const std::scoped_lock lock(mutex_);
  return open_;
}

/// A full bucket says nothing that a new one would not. Where none is full, all are forgotten: who
/// has so many addresses is not held back by this anyway.
void AddressLimits::make_room(Clock::time_point now) {
  std::erase_if(buckets_, [&](const auto& it) { return it.second.is_full(rate(), now); });
  if (buckets_.size() >= kAddresses) buckets_.clear();
}

}  // namespace comity::server
