#pragma once

#include <vector>

#include "base/error.h"
#include "rules/governance.h"

namespace comity::rules {

/// A key that its party holds itself and that no entry has revoked.
[[nodiscard]] bool is_own_and_unrevoked(const Key& key);

/// What a key note changes: `docs/formats/charter.md`, key.
///
/// A party adds and revokes its own keys. For another party a key is only announced, and only
/// beside an admission in the same filing that names it; the admission makes it active when it
/// takes effect. The same key announced for the same party again is no change, so that each sponsor
/// may file its own copy.
///
/// Refuses `key-note-not-partys`, `custody-limited` (a key in custody announced by another),
/// `key-proof-invalid` and `key-taken`; a revocation `key-unknown`, `key-not-issuers` and
/// `key-revoked`.
[[nodiscard]] Result<Changes> apply_key_note(const KeyNote& note, const Filer& filer,
                                             const std::vector<AdmissionNote>& beside,
                                             const State& now);

}  // namespace comity::rules
