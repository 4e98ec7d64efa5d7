#include "audit/key_book.h"

namespace comity::audit {

void KeyBook::learn(const rules::Changes& changes) {
  if (changes.keys.empty() && changes.announced_keys.empty()) return;
  const std::scoped_lock lock(mutex_);
  for (const auto& key : changes.keys) keys_.insert_or_assign(key.kid, key.key);
  for (const auto& announced : changes.announced_keys)
    keys_.insert_or_assign(announced.note.kid, *announced.note.key);
}

filing::FindKey KeyBook::finder() const {
  return [this](const codec::KeyId& kid) -> Result<crypto::PublicKey> {
    const std::scoped_lock lock(mutex_);
    if (const auto found = keys_.find(kid); found != keys_.end()) return found->second;
    return refuse("key-unknown", "The log has registered no key of the kid " +
                                     to_base64url(kid.view()) + " before this entry.");
  };
}

}  // namespace comity::audit
