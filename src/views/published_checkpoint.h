#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "crypto/merkle.h"

namespace comity::views {

/// A checkpoint that the log has promised: it is on disk for good.
struct Published {
  std::string note;
  crypto::TreeHead head;
};

/// The newest checkpoint that is durable. What a reader may see of a log ends at its size. The file
/// is not asked: while it is replaced it names a checkpoint that a power cut could still take back.
/// Any thread.
class PublishedCheckpoint {
 public:
  /// `first`: the one at which the log was opened.
  explicit PublishedCheckpoint(Published first)
      : newest_(std::make_shared<const Published>(std::move(first))) {}

  /// The log has that checkpoint, for good. An earlier one than is known changes nothing.
  void advance(Published next);

  [[nodiscard]] std::shared_ptr<const Published> newest() const;

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const Published> newest_;
};

}  // namespace comity::views
