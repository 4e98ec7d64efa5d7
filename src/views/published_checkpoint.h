#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "base/files.h"
#include "crypto/checkpoint.h"
#include "crypto/vkey.h"

namespace comity::views {

/// A checkpoint as it stands in the log's directory, its signature verified.
struct Published {
  std::string note;
  crypto::TreeHead head;
};

/// The newest checkpoint, verified once however often it is asked for. What a reader may see of a
/// log ends at its size. Any thread.
class PublishedCheckpoint {
 public:
  PublishedCheckpoint(const Files& files, crypto::Vkey log)
      : files_(&files), log_(std::move(log)) {}

  /// Reads the file. Refuses as log::read_checkpoint.
  [[nodiscard]] Result<std::shared_ptr<const Published>> read();

 private:
  const Files* files_;
  crypto::Vkey log_;
  std::mutex mutex_;
  std::shared_ptr<const Published> last_;
};

}  // namespace comity::views
