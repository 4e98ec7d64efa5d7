#include "views/published_checkpoint.h"

#include "base/limits.h"
#include "log/layout.h"

namespace comity::views {

Result<std::shared_ptr<const Published>> PublishedCheckpoint::read() {
  COMITY_TRY(const auto bytes, files_->read(log::kCheckpointPath, limits::kNoteBytes));
  if (!bytes)
    return refuse("log-missing", "The directory holds no checkpoint; restore it from a mirror.");
  const std::string_view note = as_text(*bytes);
  {
    const std::scoped_lock lock(mutex_);
    if (last_ && last_->note == note) return last_;
  }
  COMITY_TRY(const auto opened, crypto::open_checkpoint(note, log_));
  auto published = std::make_shared<const Published>(
      Published{.note = std::string(note), .head = opened.checkpoint.head()});
  const std::scoped_lock lock(mutex_);
  last_ = published;
  return published;
}

}  // namespace comity::views
