#include "server/body_budget.h"

#include <cerrno>

namespace comity::server {

Result<void> BodyBudget::take(const std::string& address, std::size_t bytes) {
  if (bytes == 0) return {};
  const std::scoped_lock lock(mutex_);
  const auto found = of_address_.find(address);
  const std::size_t held = found == of_address_.end() ? 0 : found->second;
  if (held + bytes > limits_.body_bytes_per_address)
    return refuse("too-many-requests",
                  "This address sends more at once than it may; let earlier requests end.");
  if (taken_ + bytes > limits_.body_bytes_in_flight)
    return fail("bodies of requests fill the memory set aside for them", EAGAIN);
  taken_ += bytes;
  of_address_[address] = held + bytes;
  return {};
}

void BodyBudget::give_back(const std::string& address, std::size_t bytes) {
  if (bytes == 0) return;
  const std::scoped_lock lock(mutex_);
  taken_ -= bytes;
  const auto found = of_address_.find(address);
  if ((found->second -= bytes) == 0) of_address_.erase(found);
}

}  // namespace comity::server
