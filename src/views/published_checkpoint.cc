#include "views/published_checkpoint.h"

namespace comity::views {

void PublishedCheckpoint::advance(Published next) {
  auto published = std::make_shared<const Published>(std::move(next));
  const std::scoped_lock lock(mutex_);
  if (newest_->head.size < published->head.size) newest_ = std::move(published);
}

std::shared_ptr<const Published> PublishedCheckpoint::newest() const {
  const std::scoped_lock lock(mutex_);
  return newest_;
}

}  // namespace comity::views
