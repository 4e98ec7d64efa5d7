#pragma once

#include <cstddef>
#include <deque>
#include <mutex>
#include <unordered_set>

#include "base/bytes.h"
#include "crypto/merkle.h"

namespace comity::filing {

/// The statements whose signatures this process has verified of late, so that the record, which
/// checks again what the same process has put into the log, needn't verify them a second time. A
/// leaf hash stands for all that decides about a signature: the thumbprint of the key, the
/// protected header, the payload and the signature itself. Any thread.
class VerifiedStatements {
 public:
  /// The oldest are forgotten beyond that: some 5 MB.
  static constexpr std::size_t kMost = 65'536;

  /// REQUIRES: the signature of the statement with that leaf has been verified.
  void add(const crypto::LeafHash& leaf);
  [[nodiscard]] bool contains(const crypto::LeafHash& leaf) const;

 private:
  mutable std::mutex mutex_;  // guards what follows
  std::unordered_set<crypto::LeafHash, DigestHash> leaves_;
  std::deque<crypto::LeafHash> oldest_first_;
};

}  // namespace comity::filing
