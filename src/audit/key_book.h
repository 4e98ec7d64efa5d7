#pragma once

#include <mutex>
#include <unordered_map>

#include "base/bytes.h"
#include "filing/check.h"
#include "rules/state.h"

namespace comity::audit {

/// The public keys that the log has registered or announced so far, for workers that check ahead of
/// admission. A kid names the key's bytes, so an entry checked early is checked right; a key that
/// is not here yet makes the worker leave the entry to the admitting thread. Any thread.
class KeyBook {
 public:
  void learn(const rules::Changes& changes);
  /// Refuses `key-unknown`.
  [[nodiscard]] filing::FindKey finder() const;

 private:
  mutable std::mutex mutex_;
  std::unordered_map<codec::KeyId, crypto::PublicKey, DigestHash> keys_;
};

}  // namespace comity::audit
