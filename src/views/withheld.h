#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <vector>

#include "base/files.h"
#include "crypto/merkle.h"
#include "log/held_items.h"
#include "views/byte_range.h"

namespace comity::views {

/// Which bytes of the public segments are on legal hold and go to nobody. Any thread. `files` must
/// outlive it.
class Withheld {
 public:
  Withheld(const Files& files, log::HeldItems held) : files_(&files), held_(std::move(held)) {}

  /// The ranges in that segment, ascending, as of now, in a log of that size.
  [[nodiscard]] Result<std::vector<ByteRange>> in_segment(std::uint32_t segment,
                                                          crypto::TreeSize size);

 private:
  Result<void> find(const std::vector<log::HeldItem>& items, crypto::TreeSize size);

  const Files* files_;
  std::mutex mutex_;  // guards what follows
  log::HeldItems held_;
  std::vector<log::HeldItem> found_;  ///< what `ranges_` was made of
  std::map<std::uint32_t, std::vector<ByteRange>> ranges_;
};

}  // namespace comity::views
