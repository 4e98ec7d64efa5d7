#include "filing/verified_statements.h"

namespace comity::filing {

void VerifiedStatements::add(const crypto::LeafHash& leaf) {
  const std::scoped_lock lock(mutex_);
  if (!leaves_.insert(leaf).second) return;
  oldest_first_.push_back(leaf);
  if (oldest_first_.size() <= kMost) return;
  leaves_.erase(oldest_first_.front());
  oldest_first_.pop_front();
}

bool VerifiedStatements::contains(const crypto::LeafHash& leaf) const {
  const std::scoped_lock lock(mutex_);
  return leaves_.contains(leaf);
}

}  // namespace comity::filing
