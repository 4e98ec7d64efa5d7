#include "server/address_limits.h"

namespace comity::server {

bool AddressLimits::opened(const std::string& address) {
  const std::scoped_lock lock(mutex_);
  if (open_ >= limits_.connections) return false;
  if (!address.empty() && !add(connections_, address)) return false;
  ++open_;
  return true;
}

void AddressLimits::closed(const std::string& address) {
  const std::scoped_lock lock(mutex_);
  --open_;
  if (!address.empty()) take_away(connections_, address);
}

bool AddressLimits::began(const std::string& address) {
  const std::scoped_lock lock(mutex_);
  return add(requests_, address);
}

void AddressLimits::ended(const std::string& address) {
  const std::scoped_lock lock(mutex_);
  take_away(requests_, address);
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

bool AddressLimits::add(Counts& counts, const std::string& address) const {
  std::size_t& count = counts[address];  // which is not 0 where it is refused: limits are not
  if (count >= limits_.connections_per_address) return false;
  ++count;
  return true;
}

void AddressLimits::take_away(Counts& counts, const std::string& address) {
  const auto found = counts.find(address);
  if (--found->second == 0) counts.erase(found);
}

/// A full bucket says nothing that a new one would not. Where none is full, all are forgotten: who
/// has so many addresses is not held back by this anyway.
void AddressLimits::make_room(Clock::time_point now) {
  std::erase_if(buckets_, [&](const auto& it) { return it.second.is_full(rate(), now); });
  if (buckets_.size() >= kAddresses) buckets_.clear();
}

}  // namespace comity::server
