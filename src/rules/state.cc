#include "rules/state.h"

namespace comity::rules {

filing::FindKey find_key_in(const State& state) {
  return [&state](const codec::KeyId& kid) -> Result<crypto::PublicKey> {
    COMITY_TRY(const auto key, state.key(kid));
    if (key) return key->key;
    COMITY_TRY(const auto announced, state.announced_key(kid));
    if (announced) return *announced->note.key;
    return refuse("key-unknown", "No key " + to_base64url(kid.view()) +
                                     " is registered here; have it added by its party.");
  };
}

}  // namespace comity::rules
